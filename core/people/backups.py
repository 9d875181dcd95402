"""Backups as administrators of the whole system meet them: made, listed and looked over in one folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from core.errors import NotFound
from core.people.scope import Action, Scope
from core.store.audit import record_event
from core.store.backup import BackupSummary, backup, verify
from core.store.files import backup_directory, database_path
from core.store.settings import store_directory
from core.store.unit_of_work import writing

_NAME = re.compile(r"[\w.-]+\.db")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One copy in the folder of backups: name, time of writing (UTC), size in bytes. Copies are checked when made."""

    name: str
    made_at: datetime
    size: int


def list_backups(engine: Engine, scope: Scope) -> list[BackupFile]:
    """Return the copies, the newest first."""
    scope.require_everywhere(Action.MANAGE)
    folder = _folder(engine)
    files = [path for path in folder.glob("*.db") if path.is_file()] if folder.is_dir() else []
    return sorted((_described(path) for path in files), key=lambda copy: copy.made_at, reverse=True)


def make_backup(engine: Engine, scope: Scope) -> BackupFile:
    """Make a copy now, checked before it gets its name; return it. Others go on working meanwhile."""
    scope.require_everywhere(Action.MANAGE)
    moment = datetime.now().astimezone().strftime("%Y-%m-%d_%H-%M-%S-%f")
    target = _folder(engine) / f"{moment}_manual.db"
    backup(engine, target)
    with writing(engine, scope.actor_name, scope.actor_id) as session:
        record_event(session, "резервная копия сделана", "store", new=target.name)
    return _described(target)


def check_backup(engine: Engine, scope: Scope, name: str) -> BackupSummary:
    """Look a copy over thoroughly and return what it holds. Raises StoreUnavailable when it is not sound."""
    scope.require_everywhere(Action.MANAGE)
    path = _folder(engine) / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound("Резервная копия")
    return verify(path)


def _folder(engine: Engine) -> Path:
    path = database_path(engine.url.database) if engine.dialect.name == "sqlite" else None
    return backup_directory(path) if path is not None else store_directory() / "backups"


def _described(path: Path) -> BackupFile:
    facts = path.stat()
    return BackupFile(path.name, datetime.fromtimestamp(facts.st_mtime).astimezone(), facts.st_size)
