"""Attached files in copies of the store: which ones rows name, whether they are whole, copied and put back.

Files never change and are never overwritten, so all copies of one folder share one folder of files beside them
(`files_beside`): a copy adds only the new ones. Rows that name files are those of every table with the columns of
`core.store.evidence.EvidenceColumns`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, inspect, text

from core.errors import StoreUnavailable
from core.store import files
from core.store.attachments import is_name

_COLUMNS = ("stored_name", "sha256", "size", "file_name")
_CHUNK = 1 << 20
_SHOWN = 3


class AttachedFile(NamedTuple):
    """A file as a row names it: our name, checksum, bytes, and the name that its owner gave it."""

    name: str
    sha256: str
    size: int
    shown: str


def files_beside(copy: Path) -> Path:
    """Return the folder of attached files that belongs to a copy of the database."""
    return copy.with_name("backup-attachments")


def named_in_copy(path: Path) -> list[AttachedFile]:
    """Return the files that rows of a SQLite file name, also of an older schema."""
    found: set[AttachedFile] = set()
    with closing(files.connect_plainly(path, "ro")) as connection:
        tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            columns = {str(row[1]) for row in connection.execute(f'PRAGMA table_info("{table}")')}
            if columns.issuperset(_COLUMNS):
                found.update(_files(connection.execute(_query(table))))
    return sorted(found)


def named_in_store(engine: Engine) -> list[AttachedFile]:
    """Return the files that rows of the store name."""
    found: set[AttachedFile] = set()
    with engine.connect().execution_options(writes=False) as connection:
        looked = inspect(connection)
        for table in looked.get_table_names():
            if {column["name"] for column in looked.get_columns(table)}.issuperset(_COLUMNS):
                found.update(_files(connection.execute(text(_query(table))).tuples()))
    return sorted(found)


def require_files(wanted: Iterable[AttachedFile], folder: Path, where: str) -> None:
    """Read every file once; raise StoreUnavailable naming those that are missing or differ from what was kept.

    `where` says whose files they are: «хранилище», «копия …».
    """
    missing: list[str] = []
    damaged: list[str] = []
    for file in wanted:
        path = folder / file.name
        if not path.is_file():
            missing.append(file.shown or file.name)
        elif not _is_whole(path, file):
            damaged.append(file.shown or file.name)
    parts = [
        f"{words}: {_listed(names)}" for words, names in (("не найдены", missing), ("повреждены", damaged)) if names
    ]
    if parts:
        raise StoreUnavailable(
            f"Приложенные файлы, {where}: {'; '.join(parts)}.",
            f"Верните их в папку «{folder}» из более ранней копии или приложите заново.",
        )


def copy_files(wanted: Iterable[AttachedFile], source: Path, target: Path, *, trust_size: bool) -> list[str]:
    """Copy the files that the target lacks, each whole or not at all; return which could not be had.

    With `trust_size` a file of the right size in the target is taken for the right one: files never change.
    """
    lost: list[str] = []
    for file in wanted:
        place = target / file.name
        if place.is_file() and place.stat().st_size == file.size and (trust_size or _is_whole(place, file)):
            continue
        if not _copy(source / file.name, place, file):
            lost.append(file.shown or file.name)
    return lost


def forget_unnamed(folder: Path, named: Collection[str]) -> int:
    """Remove from a folder of copies the files that no copy names any more; return how many."""
    gone = [path for path in folder.glob("*.*") if is_name(path.name) and path.name not in named]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def say_lost(lost: Collection[str]) -> str:
    """Return a sentence about attached files that could not be copied, empty when all were."""
    return f"Приложенных файлов нет или они повреждены: {_listed(list(lost))}." if lost else ""


def _query(table: str) -> str:
    return f"SELECT {', '.join(_COLUMNS)} FROM \"{table}\" WHERE stored_name <> ''"


def _files(rows: Iterable[tuple[object, ...]]) -> Iterator[AttachedFile]:
    for name, sha256, size, shown in rows:
        if is_name(str(name)):
            yield AttachedFile(str(name), str(sha256), int(str(size)), str(shown or ""))


def _is_whole(path: Path, file: AttachedFile) -> bool:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == file.sha256


def _copy(source: Path, target: Path, file: AttachedFile) -> bool:
    """Copy a file piece by piece and give it its name when its checksum is right; say whether that was so."""
    if not source.is_file():
        return False
    files.make_private_directory(target.parent)
    draft = target.with_name(f".{target.name}.partial")
    digest = hashlib.sha256()
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as copy, source.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                copy.write(chunk)
            copy.flush()
            os.fsync(copy.fileno())
        if digest.hexdigest() != file.sha256:
            return False
        draft.replace(target)
        files.settle_directory(target.parent)
    except OSError as error:
        raise StoreUnavailable(
            f"Приложенный файл «{file.shown or file.name}» не удалось скопировать в папку «{target.parent}».",
            "Проверьте место на диске и права на запись.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return True


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"«{name}»" for name in names[:_SHOWN])
    return f"{shown} и ещё {len(names) - _SHOWN}" if len(names) > _SHOWN else shown
