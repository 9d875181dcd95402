"""A SQLite file on the disk: private to its owner, and looked over before anybody trusts it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from core.errors import StoreUnavailable

APPLICATION_ID = 0x51435943
"""«QCYC» in the header of our SQLite files (bytes 68..71)."""

_SHOWN_FAULTS = 3
_OUT_OF_REACH = frozenset({"BUSY", "LOCKED", "CANTOPEN", "READONLY", "PERM"})


def database_path(database: str | None) -> Path | None:
    """Return the file of a SQLite database, None for one in memory."""
    return Path(database) if database and database != ":memory:" else None


def backup_directory(path: Path) -> Path:
    """Return the folder of the copies that are made by themselves, beside the database."""
    return path.parent / "backups"


def make_private_directory(path: Path) -> None:
    """Make the folder with its parents; only its owner may look into what is new."""
    if path.is_dir():
        return
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"Не удалось создать папку «{path}».", "Проверьте права на запись или выберите другую папку."
        ) from error


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner may read. Raises StoreUnavailable where the folder forbids it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreUnavailable(
            f"Не удалось создать файл «{path}».", "Проверьте права на запись в папку и место на диске."
        ) from error


def remove_database(path: Path) -> None:
    """Remove a SQLite file together with its journals; what does not exist is no fault."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def set_aside(path: Path) -> Path:
    """Rename a database that cannot be used, with its journals, and return its new name."""
    moment = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S-%f")
    aside = path.with_name(f"{path.name}.unusable-{moment}")
    for suffix in ("-wal", "-shm", "-journal", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    return aside


def settle(path: Path) -> None:
    """Put everything of a closed SQLite file on the disk for certain."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle_directory(path: Path) -> None:
    """Put a renaming in the folder on the disk for certain; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def connect_plainly(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Return the driver's own connection to an existing file, never making one; `mode` is "rw" or "ro"."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=30)


def require_sound(path: Path, *, thoroughly: bool = False, advice: str = "") -> None:
    """Raise StoreUnavailable unless the file is a whole database of this program.

    Caught are an empty file, a file of another program, and damage (SQLite itself would open all three, F11).
    `thoroughly` compares the indexes with their tables too (integrity_check), as is due for a backup. `advice` is what
    the user can do; by default, which backup to put back.
    """
    advice = advice or _advice(path)
    size = path.stat().st_size
    if size == 0:
        raise StoreUnavailable(f"Файл базы данных «{path}» пуст (0 байт).", advice)
    # Never opened by ourselves: closing a file drops the locks that SQLite holds on it in this process, and another
    # process would then take away the journal from under us (sqlite.org/howtocorrupt.html, 2.2).
    try:
        with closing(connect_plainly(path)) as connection:
            faults = _faults(connection, thoroughly=thoroughly)
            identity = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError as error:
        kind = getattr(error, "sqlite_errorname", "SQLITE_ERROR").split("_")[1]
        if kind == "NOTADB":
            raise StoreUnavailable(
                f"Файл «{path}» не является базой данных или повреждён в самом начале.", advice
            ) from error
        if kind in _OUT_OF_REACH:
            raise StoreUnavailable(
                f"Файл базы данных «{path}» не открывается: он занят другой программой или закрыт для записи.",
                "Проверьте права на файл и его папку и повторите.",
            ) from error
        raise _damaged(path, "проверка целостности не пройдена", advice) from error
    if faults:
        raise _damaged(path, "; ".join(faults), advice)
    if identity != APPLICATION_ID:
        raise StoreUnavailable(f"Файл «{path}» – база данных другой программы.", advice)


def _faults(connection: sqlite3.Connection, *, thoroughly: bool) -> list[str]:
    """Return in words what is wrong in the file, the first faults only. SQLite's own words are English: left out."""
    check = "integrity_check" if thoroughly else "quick_check"
    if connection.execute(f"PRAGMA {check}(1)").fetchone() != ("ok",):
        return ["проверка целостности не пройдена"]
    orphans = connection.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN_FAULTS)
    return [f"{table}, строка {row}: нет записи в {parent}" for table, row, parent, _key in orphans]


def _damaged(path: Path, faults: str, advice: str) -> StoreUnavailable:
    """Return the refusal of a damaged file."""
    return StoreUnavailable(
        f"База данных «{path}» повреждена: {faults}. Программа не работает с ней, чтобы не ухудшить состояние.",
        advice,
    )


def _advice(path: Path) -> str:
    """Say which copy can be put back and how."""
    copies = sorted(backup_directory(path).glob("*.db"), key=lambda copy: copy.stat().st_mtime)
    if not copies:
        return "Верните файл базы из резервной копии: python -m core restore ФАЙЛ."
    newest = copies[-1]
    return f'Последняя резервная копия: «{newest}». Восстановление: python -m core restore "{newest}".'
