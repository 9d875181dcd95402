"""Meetings of the demo: one that was closed with its minutes, and the next one with an agenda that waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlmodel import Session, col, select

from core.people.scope import Scope
from core.planning.agenda import add_question, prepare_meeting
from core.planning.bodies import COUNCIL
from core.planning.measures import tree_of
from core.planning.meeting_snapshots import remember_start
from core.planning.meetings import MeetingDraft, create_meeting, save_attendance
from core.planning.minutes import close_meeting
from core.planning.outcomes import DecisionDraft, add_decision, decision_to_task
from core.planning.statuses import MeasureStatus
from core.planning.tables import (
    AgendaItem,
    AgendaKind,
    Measure,
    Meeting,
    MeetingState,
    Presence,
    Roadmap,
    RoadmapSnapshot,
    RoadmapState,
)
from core.planning.tree import flat
from core.store.grid_changes import GridChanges

SCHOOL = "edu990102"
HELD_ON, NEXT_ON = date(2026, 10, 29), date(2026, 11, 26)
_CLOSED_AT = datetime.combine(HELD_ON, time(12, 40, tzinfo=UTC))
_CHAIR, _SECRETARY = "Лаптева В. С.", "Зимина О. П."
_PEOPLE = (
    (_CHAIR, "заместитель директора", Presence.PRESENT),
    (_SECRETARY, "учитель математики", Presence.PRESENT),
    ("Рогов И. Д.", "руководитель ШМО учителей математики", Presence.PRESENT),
    ("Белова Т. А.", "учитель математики 9А", Presence.PRESENT),
    ("Седых М. Н.", "учитель математики 9Б", Presence.ABSENT),
    ("Громова Л. И.", "методист ММК", Presence.INVITED),
)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the closed meeting heard on a measure: how it stood before and after, and what was said."""

    before: tuple[MeasureStatus, int]
    after: tuple[MeasureStatus, int]
    speaker: str
    note: str
    decision: DecisionDraft | None = None


_HEARD = {
    "2.1": _Heard(
        (MeasureStatus.PLANNED, 0), (MeasureStatus.IN_PROGRESS, 30), "Рогов И. Д.",
        "Задания ОГЭ по геометрии разобраны, рекомендации учителям не написаны.",
        DecisionDraft("Разослать учителям математики подборку задач на готовых чертежах", "Рогов И. Д.",
                      "до 27 ноября 2026 г."),
    ),
    "2.2": _Heard(
        (MeasureStatus.PLANNED, 0), (MeasureStatus.IN_PROGRESS, 25), "Белова Т. А.",
        "Проведён первый открытый урок из четырёх.",
    ),
    "3.2.1": _Heard(
        (MeasureStatus.PLANNED, 0), (MeasureStatus.IN_PROGRESS, 10), "Белова Т. А.",
        "Группа собрана, занятия начались.",
        DecisionDraft("Согласовать с родителями время занятий группы «Шаг к отметке 3»", "Белова Т. А.",
                      "до 20 ноября 2026 г."),
    ),
}
"""By number of the measure; afterwards people went on, so that the next meeting sees changes."""


def add_meetings(session: Session, scope: Scope, units: Mapping[str, int]) -> int:
    """Add the meetings of a school's methodical council on its approved roadmap; return how many.

    `units` are ids of organisations by code. Without an approved roadmap there are none.
    """
    session.flush()
    query = select(Roadmap).where(
        Roadmap.organisation_id == units[SCHOOL], Roadmap.state == RoadmapState.APPROVED,
        col(Roadmap.deleted_at).is_(None),
    )
    roadmap = session.exec(query.limit(1)).first()
    if roadmap is None:
        return 0
    _closed_one(session, scope, roadmap)
    _next_one(session, scope, roadmap)
    return 2


def _closed_one(session: Session, scope: Scope, roadmap: Roadmap) -> None:
    meeting = create_meeting(session, scope, _draft(roadmap, HELD_ON, "2", "Ход дорожной карты за первую четверть"))
    _fill_attendance(session, scope, meeting)
    remember_start(session, scope, meeting)
    measures = {branch.number: branch.row for branch in flat(tree_of(session, roadmap.id or 0))}
    now = {number: (measures[number].status, measures[number].progress, measures[number].value) for number in _HEARD}
    for place, (number, heard) in enumerate(_HEARD.items(), start=1):
        _hear(session, scope, meeting, place, number, measures[number], heard)
    session.flush()
    meeting.state = MeetingState.RUNNING
    session.flush()
    close_meeting(session, scope, meeting.id or 0, meeting.version)
    meeting.closed_at, meeting.closed_by = _CLOSED_AT, "Заместитель директора школы № 2"
    for snapshot in session.exec(select(RoadmapSnapshot).where(RoadmapSnapshot.meeting_id == meeting.id)):
        snapshot.taken_at = _CLOSED_AT
        session.add(snapshot)
    # What people did since stands in the roadmap already; it comes back once the meeting has kept its own state.
    for number, (status, progress, value) in now.items():
        measure = measures[number]
        measure.status, measure.progress, measure.value = status, progress, value
        session.add(measure)
    session.add(meeting)
    session.flush()


def _hear(
    session: Session, scope: Scope, meeting: Meeting, place: int, number: str, measure: Measure, heard: _Heard
) -> None:
    measure.status, measure.progress = heard.after
    measure.value = 1.0 if measure.value is not None else None
    item = AgendaItem(
        organisation_id=meeting.organisation_id, meeting_id=meeting.id or 0, position=place, kind=AgendaKind.DUE,
        measure_id=measure.id, speaker=heard.speaker, note=heard.note,
        title=f"Пункт {number} дорожной карты: {measure.title} (срок: {measure.deadline_text})",
        status_before=heard.before[0], progress_before=heard.before[1],
        status_after=heard.after[0], progress_after=heard.after[1],
        votes_for=4, votes_against=0, votes_abstained=0, heard_at=_CLOSED_AT, heard_by=_CHAIR,
    )
    session.add_all((measure, item))
    session.flush()
    if heard.decision is not None:
        draft = DecisionDraft(
            heard.decision.text, heard.decision.responsible, heard.decision.deadline_text, None, item.id
        )
        decision = add_decision(session, scope, meeting.id or 0, draft)
        task = decision_to_task(session, scope, decision.id or 0)
        task.created_at = _CLOSED_AT
        session.add(task)


def _next_one(session: Session, scope: Scope, roadmap: Roadmap) -> None:
    meeting = prepare_meeting(session, scope, _draft(roadmap, NEXT_ON, "3", "Ход дорожной карты: что не успели"))
    _fill_attendance(session, scope, meeting)
    add_question(session, scope, meeting.id or 0, "О подготовке к пробному ОГЭ по математике", "Рогов И. Д.")


def _draft(roadmap: Roadmap, on: date, number: str, topic: str) -> MeetingDraft:
    return MeetingDraft(
        roadmap.organisation_id, on, [roadmap.id or 0], body=COUNCIL, number=number, topic=topic,
        place="кабинет 21", chair=_CHAIR, secretary=_SECRETARY,
    )


def _fill_attendance(session: Session, scope: Scope, meeting: Meeting) -> None:
    rows: list[dict[str, object]] = [
        {"name": name, "post": post, "presence": presence} for name, post, presence in _PEOPLE
    ]
    save_attendance(session, scope, meeting.id or 0, GridChanges(added=rows))
