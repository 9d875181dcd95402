"""Backups: a SQLite file that holds the whole database, from either kind, put back into either, and attached files.

The files lie in a folder beside the copy, which all copies of one folder share (`core.store.attached_files`). A lost
file never stands in the way of a copy or of putting one back: it is named, the rest is saved.
Secrets of the installation (`core.store.secrets`) lie outside the database and are never part of a backup.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from core.errors import StoreUnavailable
from core.store import files
from core.store.attached_files import copy_files, files_beside, named_in_copy, named_in_store, require_files
from core.store.attachments import attachments_directory
from core.store.copies import copy_before, copy_sqlite, overwrite_sqlite
from core.store.data_version import EVERY_TABLE
from core.store.engine import database_address, engine_for, open_engine
from core.store.faults import understood
from core.store.locks import exclusive
from core.store.portable import dump_postgresql, load_postgresql, read_everything
from core.store.revisions import VERSION_TABLE, known_revisions, newest_revision
from core.store.settings import store_directory
from core.store.upgrade import create_sqlite, prepare_store, upgrade_without_copy


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a sound backup is: revision of the schema, size in bytes, time of writing (UTC), rows by table.

    `files` counts the attached files that it names; `lost` are those that could not be copied with it.
    """

    revision: str
    size: int
    written_at: datetime
    rows: dict[str, int]
    files: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """What putting a backup back has left: the copy of the database as it was before, and files that were not found."""

    previous: Path | None
    lost: tuple[str, ...] = ()


def backup(engine: Engine, target: Path) -> BackupSummary:
    """Write the store as it is at one moment to a file of its own, while others go on writing; return what it holds.

    The file is readable by its owner only and replaces an existing one only after it was found sound. Attached files
    are copied after it: whatever its rows name is there by then. Raises StoreUnavailable when there is no room, no
    right to write, or the database is damaged.
    """
    with understood():
        source = files.database_path(engine.url.database)
        if engine.dialect.name != "sqlite":
            _dump(engine, target)
        elif source is None or not source.exists():
            raise StoreUnavailable("Базы данных ещё нет, копировать нечего.", "Создайте её: python -m core init.")
        else:
            files.require_sound(source)
            copy_sqlite(source, target)
    lost = copy_files(named_in_copy(target), attachments_directory(), files_beside(target), trust_size=True)
    return replace(_summary(target), lost=tuple(lost))


def verify(path: Path) -> BackupSummary:
    """Look a backup over thoroughly, with the attached files beside it, and return what it holds.

    Raises StoreUnavailable when it is missing, empty, damaged, of another program or newer than this program, or when
    a file is missing or damaged.
    """
    summary = _summary(path)
    require_files(named_in_copy(path), files_beside(path), f"копия «{path.name}»")
    return summary


def _summary(path: Path) -> BackupSummary:
    """Look the database of a backup over and return what it holds."""
    if not path.is_file():
        raise StoreUnavailable(f"Файла «{path}» нет.", "Проверьте имя файла и папку.")
    files.require_sound(path, thoroughly=True, advice="Выберите другую копию.")
    with closing(files.connect_plainly(path, "ro")) as connection:
        names = [
            str(row[0])
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            )
        ]
        if VERSION_TABLE not in names:
            raise StoreUnavailable(f"В файле «{path}» нет данных этой программы.", "Выберите другую копию.")
        revision = str(connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()[0])
        rows = {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names}
    if revision not in known_revisions():
        raise StoreUnavailable(
            f"Копия «{path}» сделана более новой версией программы (версия схемы {revision}, "
            f"эта программа знает {newest_revision()}).",
            "Обновите программу.",
        )
    rows.pop(VERSION_TABLE)
    facts = path.stat()
    written = datetime.fromtimestamp(facts.st_mtime).astimezone()
    return BackupSummary(revision, facts.st_size, written, rows, len(named_in_copy(path)))


def verify_database(engine: Engine) -> None:
    """Look the store itself over: on SQLite the whole file, on PostgreSQL every row is read once, and attached files.

    Raises StoreUnavailable when something is wrong.
    """
    with understood():
        path = files.database_path(engine.url.database)
        if engine.dialect.name != "sqlite":
            read_everything(engine)
        elif path is None or not path.exists():
            raise StoreUnavailable("Базы данных ещё нет.", "Создайте её: python -m core init.")
        else:
            files.require_sound(path, thoroughly=True)
        require_files(named_in_store(engine), attachments_directory(), "хранилище")


def restore(source: Path, url: str) -> Restored:
    """Put a backup in place of the database at the address; return the copy of the database as it was before.

    A backup whose database is not sound is refused and nothing changes. A backup of an older schema is upgraded on the
    way. An open store sees the restored data with its next query. The former database is kept in the folder of backups
    (a damaged one beside its place, as it was). Attached files come first and none is removed, so that at no moment
    a row names a file that could be there and is not.
    """
    _summary(source)
    lost = copy_files(named_in_copy(source), files_beside(source), attachments_directory(), trust_size=False)
    return Restored(_restore_database(source, url), tuple(lost))


def _restore_database(source: Path, url: str) -> Path | None:
    """Put the database of a sound backup in place; return the copy of the one before, None when there was none."""
    address = database_address(url)
    with understood(), tempfile.TemporaryDirectory(prefix="quality-restore-") as folder:
        staged = Path(folder) / "quality.db"
        copy_sqlite(source, staged)
        upgrade_without_copy(staged)
        if address.get_backend_name() != "sqlite":
            return _load(staged, engine_for(url))
        path = files.database_path(address.database)
        if path is None:
            raise StoreUnavailable("База данных в памяти не восстанавливается.", "Укажите файл базы данных.")
        files.make_private_directory(path.parent)
        with exclusive(path.with_name(path.name + ".lock")):
            return _replace_sqlite(staged, path)


def _replace_sqlite(staged: Path, path: Path) -> Path | None:
    """Put the staged database in place of the file; what was there is kept."""
    previous: Path | None = None
    if path.exists():
        try:
            files.require_sound(path)
        except StoreUnavailable:
            previous = files.set_aside(path)
        else:
            previous = copy_before(path, "before-restore")
            _outgrow(staged, path)
            overwrite_sqlite(staged, path)
            return previous
    _outgrow(staged, None)
    copy_sqlite(staged, path)
    return previous


def _outgrow(staged: Path, current: Path | None) -> None:
    """Make the data version of the staged database greater than any that caches may know.

    A write a second since 1970 would be needed to overtake the seconds of the clock.
    """
    versions = [int(datetime.now().timestamp())]
    for path in (staged, current):
        if path is not None:
            with closing(files.connect_plainly(path)) as connection:
                versions.extend(int(row[0]) for row in connection.execute("SELECT value FROM data_version"))
    value = max(versions) + 1
    with closing(files.connect_plainly(staged)) as connection:
        connection.execute(
            "INSERT INTO data_version (id, value) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET value = excluded.value",
            (value,),
        )
        connection.execute(
            "INSERT INTO table_version (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (EVERY_TABLE, value),
        )


def _dump(engine: Engine, target: Path) -> None:
    """Write a PostgreSQL store to a SQLite file."""
    with tempfile.TemporaryDirectory(prefix="quality-backup-") as folder:
        staged = Path(folder) / "quality.db"
        create_sqlite(staged)
        copy = open_engine(f"sqlite:///{staged}")
        try:
            dump_postgresql(engine, copy)
        finally:
            copy.dispose()
        copy_sqlite(staged, target)


def _load(staged: Path, engine: Engine) -> Path | None:
    """Put a SQLite file in place of the contents of a PostgreSQL store, which is backed up before."""
    prepare_store(engine)
    moment = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S-%f")
    previous = store_directory() / "backups" / f"{moment}_before-restore.db"
    _dump(engine, previous)
    _outgrow(staged, previous)
    copy = open_engine(f"sqlite:///{staged}")
    try:
        load_postgresql(copy, engine)
    finally:
        copy.dispose()
    return previous
