"""The end of a meeting: minutes kept, and the next meeting prepared from what is left."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.errors import InvalidInput
from core.people.scope import Scope
from core.planning.agenda import add_question, prepare_meeting
from core.planning.bodies import suggest_meeting
from core.planning.meetings import TEACHERS_COUNCIL, MeetingDraft, view_meeting, visible_meeting
from core.planning.minutes import close_meeting
from core.planning.tables import AgendaItem, AgendaKind, Meeting
from core.words import day


def finish_meeting(
    session: Session, scope: Scope, meeting_id: int, version_seen: int, next_on: date | None = None
) -> Meeting | None:
    """Close the meeting (`close_meeting`) and prepare the next one on a day; return that one, None without a day.

    Raises as `close_meeting` and `prepare_next` do; nothing is closed then.
    """
    close_meeting(session, scope, meeting_id, version_seen)
    return prepare_next(session, scope, meeting_id, next_on) if next_on is not None else None


def prepare_next(session: Session, scope: Scope, meeting_id: int, on: date) -> Meeting:
    """Make the next meeting of the same body with an agenda: overdue, due and new things, and questions left over.

    The one that is planned for this day already is returned. Raises InvalidInput for a day that is not later.
    """
    before = visible_meeting(session, scope, meeting_id)
    if on <= before.held_on:
        raise InvalidInput(
            f"Следующее заседание ({day(on)}) должно быть позже этого ({day(before.held_on)}).", "Исправьте дату."
        )
    there = _planned(session, before, on)
    if there is not None:
        return there
    suggested = suggest_meeting(session, scope, before.organisation_id, before.association_id, on, before.body)
    draft = MeetingDraft(
        before.organisation_id, on, before.roadmap_ids, before.association_id, body=before.body,
        number=suggested.number, place=before.place, chair=before.chair, secretary=before.secretary,
    )
    meeting = prepare_meeting(session, scope, draft)
    for item in view_meeting(session, scope, meeting_id).items:
        if item.kind is AgendaKind.QUESTION and item.heard_at is None:
            add_question(session, scope, meeting.id or 0, item.title, item.speaker)
    return meeting


def next_of(session: Session, scope: Scope, meeting_id: int) -> Meeting | None:
    """Return the nearest later meeting of the same body that the actor sees, None for none."""
    before = visible_meeting(session, scope, meeting_id)
    query = _same_body(before).where(Meeting.held_on > before.held_on)
    return session.exec(query.order_by(col(Meeting.held_on), col(Meeting.id)).limit(1)).first()


def not_heard(items: tuple[AgendaItem, ...]) -> list[AgendaItem]:
    """Return the items that the meeting has not been through with."""
    return [item for item in items if item.heard_at is None]


def _planned(session: Session, before: Meeting, on: date) -> Meeting | None:
    return session.exec(_same_body(before).where(Meeting.held_on == on).limit(1)).first()


def _same_body(meeting: Meeting) -> SelectOfScalar[Meeting]:
    """Return the query of the meetings of an association, or of one of an organisation's councils."""
    query = select(Meeting).where(
        Meeting.organisation_id == meeting.organisation_id, col(Meeting.deleted_at).is_(None), Meeting.id != meeting.id
    )
    if meeting.association_id is None:
        is_same = col(Meeting.body) == TEACHERS_COUNCIL
        if meeting.body != TEACHERS_COUNCIL:
            is_same = ~is_same
        return query.where(col(Meeting.association_id).is_(None), is_same)
    return query.where(Meeting.association_id == meeting.association_id)
