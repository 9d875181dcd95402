"""Visits of the first screen: since when something is new to a person."""

from __future__ import annotations

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


def last_visit(
    session: Session, scope: Scope, session_id: int | None, now: datetime | None = None
) -> tuple[datetime, bool]:
    """Return when the visit before this one ended, and whether `note_visit` is due.

    `session_id` is that of the sign-in. For the first visit of all it is a week ago.
    """
    now = now or utc_now()
    row = _row(session, scope)
    if row is None:
        return now - FIRST, True
    if is_new_visit(row, session_id, now):
        return row.seen_at, True
    return row.since or now - FIRST, now - row.seen_at > _NOTED_EVERY


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
