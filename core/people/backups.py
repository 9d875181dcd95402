"""Backups as administrators of the whole system meet them: made, listed and looked over in one folder."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from core.errors import NotFound
from core.people.scope import Action, Scope
from core.store.audit import record_event
from core.store.backup import BackupSummary, backup, verify
from core.store.scheduled import backups_of, copy_name
from core.store.unit_of_work import writing

_NAME = re.compile(r"[\w.-]+\.db")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One copy in the folder of backups: name, time of writing (UTC), size in bytes. Copies are checked when made.

    `lost` are attached files that could not be copied with it.
    """

    name: str
    made_at: datetime
    size: int
    lost: tuple[str, ...] = ()


def list_backups(engine: Engine, scope: Scope) -> list[BackupFile]:
    """Return the copies, the newest first."""
    scope.require_everywhere(Action.MANAGE)
    folder = backups_of(engine)
    files = [path for path in folder.glob("*.db") if path.is_file()] if folder.is_dir() else []
    return sorted((_described(path) for path in files), key=lambda copy: copy.made_at, reverse=True)


def make_backup(engine: Engine, scope: Scope) -> BackupFile:
    """Make a copy now, checked before it gets its name; return it. Others go on working meanwhile."""
    scope.require_everywhere(Action.MANAGE)
    target = backups_of(engine) / copy_name(datetime.now(), "manual")
    summary = backup(engine, target)
    with writing(engine, scope.actor_name, scope.actor_id) as session:
        record_event(session, "резервная копия сделана", "store", new=target.name)
    return replace(_described(target), lost=summary.lost)


def check_backup(engine: Engine, scope: Scope, name: str) -> BackupSummary:
    """Look a copy with its attached files over thoroughly and return what it holds.

    Raises StoreUnavailable when it is not sound.
    """
    scope.require_everywhere(Action.MANAGE)
    path = backups_of(engine) / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise NotFound("Резервная копия")
    return verify(path)


def _described(path: Path) -> BackupFile:
    facts = path.stat()
    return BackupFile(path.name, datetime.fromtimestamp(facts.st_mtime).astimezone(), facts.st_size)
