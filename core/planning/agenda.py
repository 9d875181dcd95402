"""The agenda of a meeting: built from what is overdue, due and new, and changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.analysis.loading import load_work
from core.analysis.tables import FieldReview, ReviewState
from core.errors import InvalidInput, NotFound
from core.intake.tables import Assessment
from core.people.access import organisations_below
from core.people.association_tables import Association
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.planning.due import due_measures, overdue_measures
from core.planning.field_links import words_of
from core.planning.field_measures import about
from core.planning.measures import MeasureRow
from core.planning.meetings import MeetingDraft, create_meeting, open_meeting
from core.planning.recommendations.meeting_items import unanswered_items
from core.planning.tables import AgendaItem, AgendaKind, Meeting, MeetingState, Roadmap
from core.store.base import utc_now
from core.store.edits import CellEdit, EditOutcome, apply_edits
from core.words import day

_FIRST_LOOK_BACK = timedelta(days=180)
"""How old a confirmed field may be for the first meeting of an association."""
_TEXTS = {"title": 4000, "speaker": 300, "discussion": 4000, "note": 2000}
_VOTES = ("votes_for", "votes_against", "votes_abstained")


def build_agenda(session: Session, scope: Scope, meeting_id: int) -> list[AgendaItem]:
    """Add what the meeting has to look at, as `SOURCES` know it: overdue measures, due ones, new problem fields, …

    What stands on the agenda already stays where it is, so that it can be called again. Returns the new items.
    """
    meeting = open_meeting(session, scope, meeting_id)
    present = _items(session, meeting_id)
    known = {_reference(item) for item in present}
    found = [item for source in SOURCES for item in source(session, scope, meeting)]
    made = [item for item in found if _reference(item) not in known]
    last = max((item.position for item in present), default=0)
    for number, item in enumerate(made, start=last + 1):
        item.position = number
    session.add_all(made)
    session.flush()
    return made


def prepare_meeting(session: Session, scope: Scope, draft: MeetingDraft) -> Meeting:
    """Store a meeting together with its agenda. Raises as `create_meeting` does."""
    meeting = create_meeting(session, scope, draft)
    build_agenda(session, scope, meeting.id or 0)
    return meeting


def add_question(session: Session, scope: Scope, meeting_id: int, title: str, speaker: str = "") -> AgendaItem:
    """Put a question of people's own at the end of the agenda; one that stands there already is not put twice."""
    meeting = open_meeting(session, scope, meeting_id)
    present = _items(session, meeting_id)
    wording = str(_value("title", title))
    same = next((one for one in present if one.kind is AgendaKind.QUESTION and one.title == wording), None)
    if same is not None:
        return same
    item = AgendaItem(
        organisation_id=meeting.organisation_id, meeting_id=meeting_id,
        position=max((one.position for one in present), default=0) + 1, kind=AgendaKind.QUESTION,
        title=wording, speaker=speaker.strip()[:300],
    )
    session.add(item)
    session.flush()
    return item


def change_items(session: Session, scope: Scope, meeting_id: int, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save texts and votes of items: title, speaker, discussion, note, votes_for, votes_against, votes_abstained."""
    open_meeting(session, scope, meeting_id)
    return apply_edits(
        session, AgendaItem, edits, (*_TEXTS, *_VOTES), lambda _item, field, value: _value(field, value),
        col(AgendaItem.meeting_id) == meeting_id,
    )


def move_item(session: Session, scope: Scope, meeting_id: int, item_id: int, place: int) -> list[AgendaItem]:
    """Put an item at a place counted from 1; return the agenda in its new order."""
    open_meeting(session, scope, meeting_id)
    items = _items(session, meeting_id)
    moved = _item_in(items, item_id)
    others = [item for item in items if item.id != item_id]
    others.insert(max(0, min(place - 1, len(others))), moved)
    for number, item in enumerate(others, start=1):
        item.position = number
        session.add(item)
    session.flush()
    return others


def remove_item(session: Session, scope: Scope, meeting_id: int, item_id: int) -> None:
    """Take an item off the agenda; building the agenda again brings it back."""
    open_meeting(session, scope, meeting_id)
    item = _item_in(_items(session, meeting_id), item_id)
    item.deleted_at = utc_now()
    session.add(item)
    session.flush()


def last_closed(session: Session, meeting: Meeting) -> Meeting | None:
    """Return the latest closed meeting of the same association or council; None for the first one."""
    same = (
        col(Meeting.association_id) == meeting.association_id
        if meeting.association_id is not None
        else col(Meeting.association_id).is_(None)
    )
    query = select(Meeting).where(
        Meeting.organisation_id == meeting.organisation_id, same, Meeting.state == MeetingState.CLOSED,
        col(Meeting.deleted_at).is_(None), col(Meeting.id) != meeting.id,
    )
    return session.exec(query.order_by(col(Meeting.closed_at).desc()).limit(1)).first()


def _overdue(session: Session, scope: Scope, meeting: Meeting) -> list[AgendaItem]:
    """Return items for the measures that are overdue on the day of the meeting, the longest overdue first."""
    pairs = overdue_measures(session, scope, meeting.held_on, meeting.roadmap_ids)
    return [_about_measure(meeting, AgendaKind.OVERDUE, roadmap, row) for roadmap, row in pairs]


def _due(session: Session, scope: Scope, meeting: Meeting) -> list[AgendaItem]:
    """Return items for the measures that are checked within a month of the meeting, the nearest first."""
    pairs = due_measures(session, scope, meeting.held_on, meeting.roadmap_ids)
    return [_about_measure(meeting, AgendaKind.DUE, roadmap, row) for roadmap, row in pairs]


def _about_measure(meeting: Meeting, kind: AgendaKind, roadmap: Roadmap, row: MeasureRow) -> AgendaItem:
    term = " ".join(row.deadline_text.split())
    late = f"; просрочено с {day(row.overdue_since)}" if row.overdue_since is not None else ""
    title = " ".join(row.title.split()).rstrip(".:;")
    card = f"дорожной карты «{roadmap.title}»" if len(meeting.roadmap_ids) > 1 else "дорожной карты"
    return AgendaItem(
        organisation_id=meeting.organisation_id, meeting_id=meeting.id or 0, kind=kind, measure_id=row.id,
        title=f"Пункт {row.number.rstrip('.')} {card}: {title} (срок: {term}{late})",
        speaker=row.owner_name or row.owner_post[:300],
        status_before=row.status, progress_before=row.progress,
    )


def _new_fields(session: Session, scope: Scope, meeting: Meeting) -> list[AgendaItem]:
    """Return items for the problem fields confirmed since the last meeting that the actor may see."""
    if not scope.allows(Action.VIEW):
        return []
    viewing = scope.require(Action.VIEW)
    association = session.get(Association, meeting.association_id) if meeting.association_id is not None else None
    subjects = set(association.subjects) if association is not None else set()
    query = (
        select(FieldReview, Assessment)
        .join(Assessment, col(Assessment.id) == FieldReview.assessment_id)
        .where(
            FieldReview.state == ReviewState.CONFIRMED,
            col(FieldReview.deleted_at).is_(None),
            FieldReview.decided_at > _since(session, meeting),
            col(FieldReview.organisation_id).in_(
                organisations_below(session, meeting.organisation_id, meeting.held_on)
            ),
        )
        .order_by(col(FieldReview.id))
    )
    found: list[AgendaItem] = []
    for review, assessment in session.exec(query).all():
        if subjects and assessment.subject not in subjects:
            continue
        if viewing.sees_organisation(review.organisation_id) and _is_seen(session, viewing, review):
            words = words_of(session, viewing, review)
            found.append(
                AgendaItem(
                    organisation_id=meeting.organisation_id, meeting_id=meeting.id or 0,
                    kind=AgendaKind.PROBLEM_FIELD, review_id=review.id,
                    title=f"Проблемное поле {about(words)}: {words.work}, {words.unit}"
                    + (f". Причина: {words.cause}" if words.cause else ""),
                )
            )
    return found


Source = Callable[[Session, Scope, Meeting], list[AgendaItem]]
"""Takes a meeting and returns items for everything of one kind that it has to look at, also what stands there already.

A new item has no position yet and holds one of `REFERENCES`.
"""

SOURCES: tuple[Source, ...] = (_overdue, _due, _new_fields, unanswered_items)
"""Where the agenda comes from, in the order in which it is built."""

REFERENCES = ("measure_id", "review_id", "recommendation_id")
"""Columns of an item that say what it is about: the same thing does not come twice."""


def _reference(item: AgendaItem) -> tuple[object, ...]:
    """Return what an item is about; a question of people's own is about itself."""
    about_what = tuple(getattr(item, name) for name in REFERENCES)
    return about_what if any(about_what) else (item.id, item.title)


def _is_seen(session: Session, scope: Scope, review: FieldReview) -> bool:
    try:
        load_work(session, scope, review.assessment_id)
    except NotFound:
        return False
    return True


def _since(session: Session, meeting: Meeting) -> datetime:
    last = last_closed(session, meeting)
    if last is not None and last.closed_at is not None:
        return last.closed_at
    return utc_now() - _FIRST_LOOK_BACK


def _items(session: Session, meeting_id: int) -> list[AgendaItem]:
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.deleted_at).is_(None))
    return list(session.exec(query.order_by(col(AgendaItem.position), col(AgendaItem.id))))


def _item_in(items: Sequence[AgendaItem], item_id: int) -> AgendaItem:
    item = next((one for one in items if one.id == item_id), None)
    if item is None:
        raise NotFound("Пункт повестки")
    return item


def _value(field: str, value: object) -> object:
    if field in _VOTES:
        if value is None or value == "" or value != value:
            return None
        text = str(value).removesuffix(".0")
        if not text.isdecimal() or int(text) > 1000:
            raise InvalidInput(f"Число голосов «{value}» не бывает.", "Введите целое число.")
        return int(text)
    text = "" if value is None or value != value else str(value).strip()
    if field == "title" and not text:
        raise InvalidInput("Вопрос повестки пустой.", "Впишите его.")
    return require_length(text, _TEXTS[field])
