"""Meetings that were deleted, and how they come back."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.people.scope import Action, Scope
from core.planning.access import changes
from core.planning.meetings import open_meeting
from core.planning.tables import Meeting
from core.store.base import utc_now


def delete_meeting(session: Session, scope: Scope, meeting_id: int) -> Meeting:
    """Delete a meeting that is not closed, with what was prepared for it; it can be restored."""
    meeting = open_meeting(session, scope, meeting_id)
    meeting.deleted_at = utc_now()
    session.add(meeting)
    return meeting


def deleted_meetings(session: Session, scope: Scope) -> list[Meeting]:
    """Return the deleted meetings that the actor may restore, the latest first; none without the right to hold them."""
    if not scope.allows(Action.HOLD_MEETINGS):
        return []
    query = select(Meeting).where(col(Meeting.deleted_at).is_not(None))
    rows = session.exec(query.order_by(col(Meeting.held_on).desc(), col(Meeting.id).desc()))
    return [row for row in rows if changes(scope, Action.HOLD_MEETINGS, row.organisation_id, row.association_id)]


def restore_meeting(session: Session, scope: Scope, meeting_id: int) -> Meeting:
    """Bring a deleted meeting back with its agenda; NotFound for one that the actor does not hold."""
    meeting = next((row for row in deleted_meetings(session, scope) if row.id == meeting_id), None)
    if meeting is None:
        raise NotFound("Удалённое заседание")
    meeting.deleted_at = None
    session.add(meeting)
    session.flush()
    return meeting
