"""«Журнал изменений»: the audit trail of an object, or of organisations, as a list to read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, SelectBase, and_, false, not_, or_
from sqlmodel import Session, col, select

from core.store.tables import AuditEntry
from core.words import kept_day


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the journal: who did what to which object when (UTC); values as the texts that were kept."""

    id: int
    at: datetime
    actor: str
    action: str
    object_type: str
    object_id: int | None
    field: str | None
    old: str | None
    new: str | None
    reason: str


def history(
    session: Session,
    object_type: str,
    object_id: int | None = None,
    *,
    organisation_ids: Collection[int] | None = None,
    limit: int = 200,
) -> list[HistoryLine]:
    """Return what happened to one object, or to all objects of a table, the latest first.

    `organisation_ids` limits the list to entries that name one of these organisations; None sets no limit. The caller
    checks beforehand that the object lies in the scope.
    """
    query = select(AuditEntry).where(AuditEntry.object_type == object_type)
    if object_id is not None:
        query = query.where(AuditEntry.object_id == object_id)
    if organisation_ids is not None:
        query = query.where(col(AuditEntry.organisation_id).in_(organisation_ids))
    return [_line(entry) for entry in session.exec(query.order_by(col(AuditEntry.id).desc()).limit(limit))]


def history_of(
    session: Session, objects: Mapping[str, Collection[int]], *, limit: int = 200
) -> list[HistoryLine]:
    """Return what happened to the objects (ids by table), the latest first. The caller has checked the scope."""
    wanted = [
        and_(col(AuditEntry.object_type) == table, col(AuditEntry.object_id).in_(ids))
        for table, ids in objects.items()
        if ids
    ]
    query = select(AuditEntry).where(or_(false(), *wanted))
    return [_line(entry) for entry in session.exec(query.order_by(col(AuditEntry.id).desc()).limit(limit))]


def journal(
    session: Session,
    *,
    organisation_ids: Collection[int] | None = None,
    actor: str | None = None,
    since: datetime | None = None,
    before_id: int | None = None,
    limit: int = 200,
    containing: str = "",
    object_types: Collection[str] = (),
    also: Mapping[str, SelectBase] | None = None,
    unread: ColumnElement[bool] | None = None,
) -> list[HistoryLine]:
    """Return what happened in the organisations (None: everywhere), the latest first.

    `before_id` is the id of the last line shown, to turn the page. `since` is a time with its zone. `containing` is a
    part of what happened, of a value, of the name or the reason; changes of `object_types` count as well. `also` names
    objects by table that belong to the organisations although their rows do not say so. `unread` is the condition of
    entries whose values the reader must not know: they come without them, and are not found by them.
    """
    query = select(AuditEntry)
    if organisation_ids is not None:
        own = [
            and_(col(AuditEntry.object_type) == table, col(AuditEntry.object_id).in_(ids))
            for table, ids in (also or {}).items()
        ]
        query = query.where(or_(col(AuditEntry.organisation_id).in_(organisation_ids), *own))
    if actor is not None:
        query = query.where(AuditEntry.actor == actor)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    if before_id is not None:
        query = query.where(col(AuditEntry.id) < before_id)
    if containing:
        query = query.where(or_(*_containing(containing, unread), col(AuditEntry.object_type).in_(object_types)))
    lines = [_line(entry) for entry in session.exec(query.order_by(col(AuditEntry.id).desc()).limit(limit))]
    if unread is None:
        return lines
    kept = set(session.exec(select(AuditEntry.id).where(col(AuditEntry.id).in_([one.id for one in lines]), unread)))
    return [replace(one, old=_masked(one.old), new=_masked(one.new)) if one.id in kept else one for one in lines]


def _masked(value: str | None) -> str | None:
    return "скрыто" if value else value


def _containing(part: str, unread: ColumnElement[bool] | None) -> list[ColumnElement[bool]]:
    """Return conditions of which one holds where the part stands, in small letters, capitals or as the first word."""
    spelled = sorted({part, part.lower(), part.upper(), part.capitalize(), kept_day(part) or part})
    told = [
        col(column).contains(one, autoescape=True)
        for column in (AuditEntry.action, AuditEntry.actor, AuditEntry.reason) for one in spelled
    ]
    values = or_(*(
        col(column).contains(one, autoescape=True) for column in (AuditEntry.old, AuditEntry.new) for one in spelled
    ))
    return [*told, values if unread is None else and_(not_(unread), values)]


def last_change(session: Session, object_type: str, object_id: int, field: str | None = None) -> HistoryLine | None:
    """Return the latest entry of an object, or of one of its fields; None when there is none."""
    query = select(AuditEntry).where(AuditEntry.object_type == object_type, AuditEntry.object_id == object_id)
    if field is not None:
        query = query.where(AuditEntry.field == field)
    entry = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()
    return _line(entry) if entry is not None else None


def _line(entry: AuditEntry) -> HistoryLine:
    """Return the entry as a line that does not change any more."""
    return HistoryLine(
        id=entry.id or 0,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        object_type=entry.object_type,
        object_id=entry.object_id,
        field=entry.field,
        old=entry.old,
        new=entry.new,
        reason=entry.reason,
    )
