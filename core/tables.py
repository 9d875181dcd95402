"""The tables of all rooms at once: what the migrations and the backup must cover. It stands above the rooms.

Run as a program it writes the next revision of the schema (see `core.store.migrations`):

    python -m core.tables "what changes"

Until a release the revisions since the last one are written afresh, one for each room whose tables changed:

    python -m core.tables --afresh
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

import core.analysis.tables
import core.blueprints.tables
import core.cycle.tables
import core.diagnostics.tables
import core.documents.tables
import core.intake.tables
import core.monitoring.tables
import core.people.tables
import core.planning.tables
import core.practice.tables
import core.store.tables
import core.support.tables  # noqa: F401  importing them all is the purpose
from core.store.engine import open_engine
from core.store.revisions import VERSION_TABLE, differences, forget_known, known_revisions, migrate, write_revision

ROOMS = (
    "store", "people", "blueprints", "intake", "analysis", "diagnostics", "practice", "planning", "support",
    "monitoring", "cycle", "documents",
)
"""Rooms that keep rows, in the order in which data walks through them: a room reads only rooms before it."""

ALL_TABLES = SQLModel.metadata
"""Every table of every room; importing this module is what fills it."""

RELEASED = "0018"
"""Stores with this revision exist: it and those before it are never changed again."""


def add_revision(message: str, rooms: tuple[str, ...] = ROOMS) -> Path:
    """Write the difference between the last revision and the tables of the rooms as a new revision."""
    with _migrated_store() as connection:
        path = write_revision(connection, ALL_TABLES, message, [*tables_of(rooms), *_left_out(connection)])
    for arguments in (["format"], ["check", "--fix", "--quiet"]):
        subprocess.run([sys.executable, "-m", "ruff", *arguments, str(path)], check=True)
    return path


def tables_of(rooms: tuple[str, ...]) -> list[str]:
    """Return the names of the tables that the rooms declare."""
    classes = [mapper.class_ for mapper in SQLModel._sa_registry.mappers]
    return [table.__tablename__ for table in classes if table.__module__.split(".")[1] in rooms]


def write_afresh() -> None:
    """Throw away the revisions since the release and write one for each room in which tables changed since."""
    from core.store import migrations

    for path in Path(migrations.__path__[0], "versions").glob("[0-9]*.py"):
        if path.name[:4] > RELEASED:
            path.unlink()
    for count, room in enumerate(ROOMS, start=1):
        if changed(ROOMS[:count]):
            add_revision(f"tables of {room}", ROOMS[:count])


def changed(rooms: tuple[str, ...]) -> bool:
    """Say whether the tables of the rooms differ from the last revision."""
    with _migrated_store() as connection:
        return bool(differences(connection, ALL_TABLES, [*tables_of(rooms), *_left_out(connection)]))


def _left_out(connection: Connection) -> set[str]:
    """Return the tables of the database that no room declares any more: the next revision drops them."""
    return set(inspect(connection).get_table_names()) - set(ALL_TABLES.tables) - {VERSION_TABLE}


@contextmanager
def _migrated_store() -> Iterator[Connection]:
    """Give a connection to a new store at the newest revision, which goes away afterwards."""
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/schema.db")
        with engine.connect() as connection:
            forget_known()
            if known_revisions():
                migrate(connection)
            yield connection
        engine.dispose()


if __name__ == "__main__":
    if sys.argv[1:] == ["--afresh"]:
        write_afresh()
    elif len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        raise SystemExit(__doc__)
    else:
        add_revision(sys.argv[1])
