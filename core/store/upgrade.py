"""Make the store ready: create it, look it over, bring its schema to this program's revision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from core.errors import StoreUnavailable
from core.store import files
from core.store.copies import copy_before
from core.store.data_version import EVERY_TABLE, note_changed
from core.store.engine import open_engine, open_migration_engine
from core.store.faults import understood
from core.store.locks import exclusive
from core.store.revisions import known_revisions, migrate, newest_revision, revision_of

_POSTGRESQL_LOCK = 0x51435943
"""Key of the advisory lock that lets one process at a time prepare a PostgreSQL database."""


def prepare_store(engine: Engine) -> None:
    """Create the store or bring it to this program's schema; to be called once at the start of a process.

    Raises StoreUnavailable, with the database as it was, when the file is empty, damaged, of another program, or
    newer than this program, and when the migration fails.
    """
    with understood():
        path = files.database_path(engine.url.database)
        if engine.dialect.name != "sqlite":
            _prepare_postgresql(engine)
        elif path is None:
            with _migration(engine) as connection:
                migrate(connection)
        else:
            _prepare_sqlite(engine, path)


def _prepare_sqlite(engine: Engine, path: Path) -> None:
    """Create or upgrade the file while no other process does so."""
    files.make_private_directory(path.parent)
    with exclusive(path.with_name(path.name + ".lock")):
        if not path.exists():
            create_sqlite(path)
            return
        files.require_sound(path)
        if _pending(engine, f"«{path}»"):
            copy = copy_before(path, f"before-{newest_revision()}")
            _upgrade(engine, f"Резервная копия, сделанная перед обновлением: «{copy}».")


def create_sqlite(path: Path) -> None:
    """Build the new database under another name and rename it when it is whole: a killed start leaves nothing."""
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise StoreUnavailable(
            f"Файла базы данных «{path}» нет, но рядом остался его журнал «{journal.name}».",
            "Верните файл базы на место или уберите журнал, если база больше не нужна.",
        )
    files.remove_database(path)
    fresh = path.with_name(path.name + ".new")
    files.remove_database(fresh)
    files.make_private_file(fresh)
    maker = open_engine(f"sqlite:///{fresh}")
    try:
        with maker.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {files.APPLICATION_ID}")
            migrate(connection)
    finally:
        maker.dispose()
    files.settle(fresh)
    fresh.replace(path)
    files.settle_directory(path.parent)


def upgrade_without_copy(path: Path) -> None:
    """Bring a SQLite file that is itself a copy to this program's schema."""
    engine = open_engine(f"sqlite:///{path}")
    try:
        if _pending(engine, f"«{path}»"):
            _upgrade(engine, "Копия осталась прежней.")
    finally:
        engine.dispose()


def _prepare_postgresql(engine: Engine) -> None:
    """Create or upgrade the tables; other processes wait meanwhile."""
    with engine.connect().execution_options(writes=False) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _POSTGRESQL_LOCK})
        connection.commit()
        try:
            if _pending(engine, "PostgreSQL"):
                _upgrade(engine, "Обратитесь к администратору базы данных.")
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _POSTGRESQL_LOCK})
            connection.commit()


def _pending(engine: Engine, where: str) -> bool:
    """Say whether revisions are missing. Raises StoreUnavailable for a database that is not ours or is newer."""
    with engine.connect().execution_options(writes=False) as connection:
        revision = revision_of(connection)
        if revision is None:
            if inspect(connection).get_table_names():
                raise StoreUnavailable(
                    f"База данных {where} занята таблицами другой программы.", "Укажите пустую базу данных."
                )
            return True
    if revision not in known_revisions():
        raise StoreUnavailable(
            f"База данных {where} создана более новой версией программы (версия схемы {revision}, "
            f"эта программа знает {newest_revision()}).",
            "Обновите программу или верните базу из резервной копии, сделанной этой версией.",
        )
    return revision != newest_revision()


def _upgrade(engine: Engine, copy: str) -> None:
    """Apply the missing revisions in one transaction: all of them or none."""
    try:
        with _migration(engine) as connection:
            is_new = revision_of(connection) is None
            migrate(connection)
            if not is_new:
                # Revisions may change rows of any table.
                note_changed(connection, (EVERY_TABLE,))
            if engine.dialect.name == "sqlite":
                _require_whole(connection)
    except (SQLAlchemyError, CommandError) as error:
        raise StoreUnavailable(
            f"Не удалось обновить базу данных до версии схемы {newest_revision()}. Данные не изменены.", copy
        ) from error


@contextmanager
def _migration(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction for a migration, without the limits of ordinary work."""
    if engine.dialect.name == "sqlite" and files.database_path(engine.url.database) is None:
        with engine.begin() as connection:
            yield connection
        return
    migrator = open_migration_engine(engine)
    try:
        with migrator.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SET LOCAL lock_timeout = '60s'"))
            yield connection
    finally:
        migrator.dispose()


def _require_whole(connection: Connection) -> None:
    """Refuse to commit a migration that left references to nothing or a damaged file."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(3)
    checked = connection.exec_driver_sql("PRAGMA quick_check(3)").scalars().all()
    if orphans or checked != ["ok"]:
        raise StoreUnavailable(
            "Обновление базы данных оставило бы её неисправной, поэтому отменено. Данные не изменены.",
            "Обратитесь к разработчику программы.",
        )
