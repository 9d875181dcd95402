"""What a database file still holds of texts put out of use: free places in pages, old pages in the journal."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, text
from sqlmodel import Session

from core.store import files
from core.store.queue import BUSY_SECONDS, queue_for

_KEY = "sweep_traces"


def sweep_after_commit(session: Session) -> None:
    """Ask for `sweep` as soon as the writing unit of work has been committed."""
    session.info[_KEY] = True


def is_sweep_asked(session: Session) -> bool:
    """Say once whether the unit of work asked for it."""
    return bool(session.info.pop(_KEY, False))


def sweep(engine: Engine) -> bool:
    """Write the database anew without what was erased, and empty its journal; say whether it could be done now.

    SQLite: VACUUM and a checkpoint that cuts the journal to nothing. PostgreSQL: VACUUM of every table; the server's
    own journal and the free places on its disks are its administrator's. It cannot be done while others keep old states
    open; then it is left to the next time (`core.web.housekeeping`).
    """
    if engine.dialect.name == "sqlite":
        path = files.database_path(engine.url.database)
        return path is None or _sweep_sqlite(path)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT", writes=False) as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM"))
    return True


def cut_journal(engine: Engine) -> None:
    """Empty the journal of a SQLite database, as far as nobody reads in it."""
    path = files.database_path(engine.url.database) if engine.dialect.name == "sqlite" else None
    if path is not None:
        with closing(files.connect_plainly(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _sweep_sqlite(path: Path) -> bool:
    queue = queue_for(str(path.resolve()))
    queue.enter(BUSY_SECONDS)
    try:
        with closing(files.connect_plainly(path)) as connection:
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    finally:
        queue.leave()
    return not busy
