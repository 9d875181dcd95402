"""Visits of the first screen: since when something is new to a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.people.scope import Scope
from core.people.visit_tables import Visit
from core.store.base import utc_now

FIRST = timedelta(days=7)
"""How far back somebody looks who comes for the first time."""
PAUSE = timedelta(hours=1)
"""After so long without a look a new visit begins where nobody signs in: as long as a session may stand idle."""
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LastVisit:
    """When the visit before this one ended: for the first visit of all a week ago. `note_visit` may be due."""

    since: datetime
    is_first: bool
    is_due: bool


def last_visit(session: Session, scope: Scope, session_id: int | None, now: datetime | None = None) -> LastVisit:
    """Return since when something is new to the person; `session_id` is that of the sign-in."""
    now = now or utc_now()
    row = _row(session, scope)
    if row is not None and is_new_visit(row, session_id, now):
        return LastVisit(row.seen_at, False, True)
    if row is not None and row.since is not None:
        return LastVisit(row.since, False, now - row.seen_at > _NOTED_EVERY)
    # From the beginning of a day, so that the answer is the same for all of it.
    week = (now - FIRST).replace(hour=0, minute=0, second=0, microsecond=0)
    return LastVisit(week, True, row is None or now - row.seen_at > _NOTED_EVERY)


def note_visit(session: Session, scope: Scope, session_id: int | None, now: datetime | None = None) -> None:
    """Note that the screen is being looked at; a new session begins a new visit, a reload does not."""
    now = now or utc_now()
    row = _row(session, scope)
    if row is None:
        row = Visit(account_id=scope.actor_id, session_id=session_id)
    elif is_new_visit(row, session_id, now):
        row.since, row.session_id = row.seen_at, session_id
    row.seen_at = now
    session.add(row)


def is_new_visit(row: Visit, session_id: int | None, now: datetime) -> bool:
    """Say whether a look at the screen begins a new visit: another session, or none and a long pause."""
    if session_id != row.session_id:
        return True
    return session_id is None and now - row.seen_at > PAUSE


def _row(session: Session, scope: Scope) -> Visit | None:
    if scope.actor_id is None:
        query = select(Visit).where(col(Visit.account_id).is_(None)).order_by(col(Visit.id)).limit(1)
    else:
        query = select(Visit).where(Visit.account_id == scope.actor_id)
    return session.exec(query).first()
