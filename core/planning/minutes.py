"""Minutes of a meeting: worked out from what was noted, kept at closing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from core.errors import InvalidInput
from core.people.scope import Scope
from core.people.tables import Organisation
from core.planning.meeting_changes import RoadmapChanges, changes_of, lines_of
from core.planning.meeting_snapshots import meeting_roadmaps
from core.planning.meetings import MeetingView, open_meeting, view_meeting, visible_meeting
from core.planning.snapshots import keep_snapshot
from core.planning.tables import (
    AgendaItem,
    Attendance,
    Decision,
    MeetingState,
    Presence,
    SnapshotReason,
)
from core.store.base import utc_now

_ORDINALS = (
    "первому", "второму", "третьему", "четвёртому", "пятому", "шестому", "седьмому", "восьмому", "девятому",
    "десятому", "одиннадцатому", "двенадцатому", "тринадцатому", "четырнадцатому", "пятнадцатому",
)


class MinutesDecision(BaseModel):
    """One decision; `number` is «1.2»."""

    model_config = ConfigDict(frozen=True)

    number: str
    text: str
    responsible: str
    deadline: str


class MinutesItem(BaseModel):
    """One item of the agenda as the minutes tell it."""

    model_config = ConfigDict(frozen=True)

    number: int
    heading: str
    """«По первому вопросу»."""
    title: str
    speaker: str
    discussion: str
    note: str
    result: str
    """«Статус: в работе → выполнено; выполнение: 40 % → 100 %»."""
    decisions: tuple[MinutesDecision, ...]
    votes: str
    is_heard: bool = True
    """Whether the meeting came to it; kept minutes that do not say so were written before it was told apart."""


class Minutes(BaseModel):
    """Everything that the document says."""

    model_config = ConfigDict(frozen=True)

    organisation: str
    number: str
    body: str
    held_on: date
    place: str
    topic: str
    present: tuple[str, ...]
    invited: tuple[str, ...]
    absent: tuple[str, ...]
    items: tuple[MinutesItem, ...]
    other_decisions: tuple[MinutesDecision, ...]
    changes: tuple[str, ...]
    """What changed in the roadmaps since the meeting before, in sentences.

    Minutes that were kept before `changes_here` was told apart have here what they changed themselves, too.
    """
    changes_here: tuple[str, ...] = ()
    """What this meeting changed in the roadmaps."""
    chair: str
    secretary: str


def minutes_of(session: Session, scope: Scope, meeting_id: int) -> Minutes:
    """Return the minutes: those kept at closing, else what they would say now."""
    meeting = visible_meeting(session, scope, meeting_id)
    if meeting.minutes is not None:
        return Minutes.model_validate(meeting.minutes)
    view = view_meeting(session, scope, meeting_id)
    changed = changes_of(session, scope, meeting_id)
    return _minutes(session.get_one(Organisation, meeting.organisation_id).name, view, changed)


def close_meeting(session: Session, scope: Scope, meeting_id: int, version_seen: int) -> Minutes:
    """End the meeting: the minutes are kept, and the state of its roadmaps for the next one.

    Raises InvalidInput when nobody was present or nothing was heard, EditConflict when somebody closed it meanwhile.
    """
    meeting = open_meeting(session, scope, meeting_id, version_seen)
    view = view_meeting(session, scope, meeting_id)
    if not any(one.presence is Presence.PRESENT for one in view.attendance):
        raise InvalidInput("Никто не отмечен как присутствующий.", "Отметьте участников заседания.")
    if not view.items:
        raise InvalidInput("В повестке нет ни одного вопроса.", "Добавьте вопросы.")
    minutes = minutes_of(session, scope, meeting_id)
    for roadmap in meeting_roadmaps(session, meeting):
        keep_snapshot(session, scope, roadmap, SnapshotReason.MEETING, meeting_id)
    meeting.minutes = minutes.model_dump(mode="json")
    meeting.state, meeting.closed_at, meeting.closed_by = MeetingState.CLOSED, utc_now(), scope.actor_name
    meeting.current_item_id = None
    session.add(meeting)
    session.flush()
    return minutes


def _minutes(organisation: str, view: MeetingView, changed: list[RoadmapChanges]) -> Minutes:
    meeting = view.meeting
    return Minutes(
        organisation=organisation, number=meeting.number, body=meeting.body, held_on=meeting.held_on,
        place=meeting.place, topic=meeting.topic, present=_named(view.attendance, Presence.PRESENT),
        invited=_named(view.attendance, Presence.INVITED), absent=_named(view.attendance, Presence.ABSENT),
        items=tuple(
            _item(number, item, [one for one in view.decisions if one.item_id == item.id])
            for number, item in enumerate(view.items, start=1)
        ),
        other_decisions=_decisions(
            len(view.items) + 1, [one for one in view.decisions if one.item_id not in {item.id for item in view.items}]
        ),
        changes=tuple(lines_of(changed, within=False)), changes_here=tuple(lines_of(changed, within=True)),
        chair=meeting.chair, secretary=meeting.secretary,
    )


def _named(attendance: Sequence[Attendance], presence: Presence) -> tuple[str, ...]:
    chosen = [one for one in attendance if one.presence is presence]
    return tuple(f"{one.name}, {one.post}" if one.post else one.name for one in chosen)


def _item(number: int, item: AgendaItem, decisions: Sequence[Decision]) -> MinutesItem:
    ordinal = f"{_ORDINALS[number - 1]} вопросу" if number <= len(_ORDINALS) else f"вопросу № {number}"
    return MinutesItem(
        number=number, heading=f"По {ordinal}", title=item.title, speaker=item.speaker, discussion=item.discussion,
        note=item.note, result=_result(item), decisions=_decisions(number, decisions), votes=_votes(item),
        is_heard=item.heard_at is not None or bool(decisions or item.discussion or item.note or _votes(item)),
    )


def _decisions(number: int, decisions: Sequence[Decision]) -> tuple[MinutesDecision, ...]:
    return tuple(
        MinutesDecision(
            number=f"{number}.{place}", text=one.text, responsible=one.responsible, deadline=one.deadline_text
        )
        for place, one in enumerate(decisions, start=1)
    )


def _result(item: AgendaItem) -> str:
    """Return what the meeting changed in the measure."""
    if item.status_after is None:
        return ""
    before = f"{item.status_before.value} → " if item.status_before not in (None, item.status_after) else ""
    parts = [f"статус: {before}{item.status_after.value}"]
    if item.progress_after is not None and item.progress_after != item.progress_before:
        parts.append(f"выполнение: {item.progress_before or 0} % → {item.progress_after} %")
    return "; ".join(parts)


def _votes(item: AgendaItem) -> str:
    if item.votes_for is None:
        return ""
    against, abstained = item.votes_against or 0, item.votes_abstained or 0
    return f"за — {item.votes_for}, против — {against}, воздержались — {abstained}"
