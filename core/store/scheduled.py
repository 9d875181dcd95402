"""Copies that are made by themselves: one whenever the newest is too old, thinned out by `core.store.rotation`."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from core.store.attached_files import files_beside, forget_unnamed, named_in_copy
from core.store.backup import backup
from core.store.files import backup_directory, database_path, make_private_directory, remove_database
from core.store.locks import exclusive
from core.store.rotation import kept
from core.store.settings import store_directory

_ENDING = "_scheduled.db"


def backups_of(engine: Engine) -> Path:
    """Return the folder of the store's copies: beside a SQLite database, in the store's folder for PostgreSQL."""
    path = database_path(engine.url.database) if engine.dialect.name == "sqlite" else None
    return backup_directory(path) if path is not None else store_directory() / "backups"


def copy_name(now: datetime, occasion: str) -> str:
    """Return the name of a copy, such as «2026-11-22_06-40-00-000000_manual.db», in the zone of this computer."""
    return f"{now.astimezone():%Y-%m-%d_%H-%M-%S-%f}_{occasion}.db"


def back_up_when_due(engine: Engine, every: timedelta, now: datetime | None = None) -> Path | None:
    """Make a copy if no sound one is younger than `every`, then remove copies that are not kept; return the new one.

    Copies get their names only after they were found sound, so the newest name is the last good copy, whoever made it.
    Several processes of one store take turns: the second finds the copy of the first. Raises StoreUnavailable when
    the copy cannot be made; the older ones stay then.
    """
    now = (now or datetime.now()).astimezone()
    folder = backups_of(engine)
    make_private_directory(folder)
    with exclusive(folder / "scheduled.lock"):
        youngest = max((_made_at(path) for path in folder.glob("*.db")), default=None)
        if youngest is not None and now - youngest < every:
            return None
        for left in folder.glob(f"*{_ENDING}.partial"):  # of a process that was ended while it copied
            remove_database(left)
        target = folder / copy_name(now, _ENDING.strip("_").removesuffix(".db"))
        backup(engine, target)
        thin_out(folder)
    return target


def thin_out(folder: Path) -> list[Path]:
    """Remove scheduled copies that are not kept, and files that no copy in the folder names; return the copies.

    Copies made by hand, before an upgrade or before putting another one back are never removed.
    """
    copies = {path: _made_at(path) for path in folder.glob(f"*{_ENDING}")}
    stay = kept(copies.values())
    gone = [path for path, moment in copies.items() if moment not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    if gone:
        named = {file.name for path in folder.glob("*.db") for file in named_in_copy(path)}
        forget_unnamed(files_beside(gone[0]), named)
    return gone


def _made_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
