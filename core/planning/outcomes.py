"""What came of an agenda item, and the decisions that become measures or tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.planning.access import actor_of, changes, updatable_measure
from core.planning.deadlines import PlanPeriod, PlanYear, YearKind, read_deadline
from core.planning.editing import save_measures
from core.planning.meeting_snapshots import remember_start
from core.planning.meetings import open_meeting, visible_meeting
from core.planning.owners import working_teachers
from core.planning.tables import AgendaItem, Decision, Measure, Meeting, MeetingState, Task
from core.planning.updating import Update, update_measure
from core.store.base import utc_now
from core.store.edits import CellEdit, EditOutcome, apply_edits
from core.store.grid_changes import GridChanges
from core.store.live import live_row
from core.words import day

_TEXTS = {"text": 2000, "responsible": 500, "deadline_text": 500}
_LOOK_BACK = timedelta(days=400)
"""How far before a meeting the days of a term are looked for, to say that they have passed."""


class Becomes(StrEnum):
    """What a decision becomes besides a line of the minutes."""

    TASK = "поручение"
    MEASURE = "мероприятие карты"
    NOTHING = "только в протокол"


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """What was decided, who answers for it and by when."""

    text: str
    responsible: str = ""
    deadline_text: str = ""
    responsible_teacher_id: int | None = None
    item_id: int | None = None


def record_outcome(
    session: Session, scope: Scope, item_id: int, update: Update | None, version_seen: int, note: str = ""
) -> AgendaItem:
    """Note what the meeting heard on an item; with `update` the measure of the item is changed in the same moment.

    `version_seen` is the version of the measure that was on the screen (of the item, for an item without one). Whoever
    holds the meeting may, and the owner of the measure. Raises as `update_measure` does.
    """
    item = _item(session, item_id)
    meeting = visible_meeting(session, scope, item.meeting_id)
    _require_part(session, scope, meeting, item)
    if meeting.state is MeetingState.CLOSED:
        raise InvalidInput("Заседание закрыто, протокол готов.", "Отметьте ход мероприятия в дорожной карте.")
    if update is not None and item.measure_id is not None:
        measure = session.get(Measure, item.measure_id)
        remember_start(session, scope, meeting)
        before = (None, None) if measure is None else (measure.status, measure.progress)
        changed = update_measure(session, scope, item.measure_id, update, version_seen)
        item.status_before, item.progress_before = before
        item.status_after, item.progress_after = changed.status, changed.progress
        item.note = (update.note or note).strip()[:2000]
    else:
        if item.version != version_seen:
            raise EditConflict("Этот пункт повестки тем временем изменил кто-то другой.", "Посмотрите и повторите.")
        item.note = note.strip()[:2000]
    item.heard_at, item.heard_by = utc_now(), scope.actor_name
    session.add(item)
    session.flush()
    return item


def add_decision(session: Session, scope: Scope, meeting_id: int, draft: DecisionDraft) -> Decision:
    """Note a decision; the same words on the same item once more are the decision that stands there already.

    Raises InvalidInput for an empty one, a term before the meeting, or a teacher who does not work there.
    """
    meeting = open_meeting(session, scope, meeting_id)
    if draft.item_id is not None and _item(session, draft.item_id).meeting_id != meeting_id:
        raise NotFound("Пункт повестки")
    texts = {name: _text(name, getattr(draft, name)) for name in _TEXTS}
    _require_term(texts["deadline_text"], meeting.held_on)
    if draft.responsible_teacher_id is not None:
        _require_worker(session, meeting, draft.responsible_teacher_id)
    known = session.exec(select(Decision).where(Decision.meeting_id == meeting_id)).all()
    for one in known:
        is_same = one.item_id == draft.item_id and all(getattr(one, name) == text for name, text in texts.items())
        if is_same and one.deleted_at is None:
            return one
    decision = Decision(
        organisation_id=meeting.organisation_id, meeting_id=meeting_id, item_id=draft.item_id,
        position=max((one.position for one in known), default=0) + 1, text=texts["text"],
        responsible=texts["responsible"], responsible_teacher_id=draft.responsible_teacher_id,
        deadline_text=texts["deadline_text"],
    )
    session.add(decision)
    session.flush()
    return decision


def decide(
    session: Session, scope: Scope, meeting_id: int, draft: DecisionDraft, becomes: Becomes,
    roadmap_id: int | None = None,
) -> Decision:
    """Note a decision and make of it what was chosen. A measure goes beside the item's own measure where it has one.

    Raises InvalidInput as `add_decision` does, and for a measure without a roadmap.
    """
    decision = add_decision(session, scope, meeting_id, draft)
    if becomes is Becomes.TASK:
        decision_to_task(session, scope, decision.id or 0)
    if becomes is Becomes.MEASURE:
        if roadmap_id is None:
            raise InvalidInput("Не выбрана дорожная карта для мероприятия.", "Выберите карту или дайте поручение.")
        item = _item(session, draft.item_id) if draft.item_id is not None else None
        beside = session.get(Measure, item.measure_id) if item is not None and item.measure_id is not None else None
        parent = beside.parent_id if beside is not None and beside.roadmap_id == roadmap_id else None
        decision_to_measure(session, scope, decision.id or 0, roadmap_id, parent)
    return decision


def change_decisions(session: Session, scope: Scope, meeting_id: int, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save text, responsible and term of decisions; conflicts as in grids."""
    open_meeting(session, scope, meeting_id)
    return apply_edits(
        session, Decision, edits, tuple(_TEXTS), lambda _row, field, value: _text(field, value),
        col(Decision.meeting_id) == meeting_id,
    )


def remove_decision(session: Session, scope: Scope, decision_id: int) -> None:
    """Delete a decision; a measure or task that it became stays."""
    decision = _decision(session, decision_id)
    open_meeting(session, scope, decision.meeting_id)
    decision.deleted_at = utc_now()
    session.add(decision)


def decision_to_measure(
    session: Session, scope: Scope, decision_id: int, roadmap_id: int, parent_id: int | None = None
) -> int:
    """Make the decision a measure of a roadmap, at the end or of a section; return its id. Twice gives the same one."""
    decision = _decision(session, decision_id)
    meeting = visible_meeting(session, scope, decision.meeting_id)
    if decision.measure_id is not None:
        return decision.measure_id
    if meeting.state is not MeetingState.CLOSED:
        remember_start(session, scope, meeting)
    row: dict[str, object] = {
        "title": decision.text, "deadline_text": decision.deadline_text, "owner_post": decision.responsible,
        "owner_teacher_id": decision.responsible_teacher_id, "parent_id": parent_id,
    }
    outcome = save_measures(session, scope, roadmap_id, GridChanges(added=[row]))
    if outcome.refused:
        raise outcome.refused[0].error
    (decision.measure_id,) = outcome.versions
    session.add(decision)
    session.flush()
    return decision.measure_id


def decision_to_task(session: Session, scope: Scope, decision_id: int) -> Task:
    """Make the decision a task with a day, where its term gives one. Twice gives the same one."""
    decision = _decision(session, decision_id)
    meeting = visible_meeting(session, scope, decision.meeting_id)
    if not changes(scope, Action.HOLD_MEETINGS, meeting.organisation_id, meeting.association_id):
        raise NotAllowed("Поручения по решениям даёт тот, кто ведёт заседание.")
    if decision.task_id is not None:
        return session.get_one(Task, decision.task_id)
    task = Task(
        organisation_id=meeting.organisation_id, association_id=meeting.association_id, meeting_id=meeting.id,
        text=decision.text, responsible=decision.responsible, teacher_id=decision.responsible_teacher_id,
        deadline_text=decision.deadline_text, due_on=due_day(decision.deadline_text, meeting.held_on),
    )
    session.add(task)
    session.flush()
    decision.task_id = task.id
    session.add(decision)
    session.flush()
    return task


def due_day(deadline_text: str, since: date) -> date | None:
    """Return the first day on which the term ends after a day; None for a term without one."""
    year = PlanYear.of(YearKind.SCHOOL, since)
    period = PlanPeriod(since, PlanYear(year.kind, year.number + 1).last)
    dates = [one for one in read_deadline(deadline_text, since).check_dates(period) if one >= since]
    return dates[0] if dates else None


def _require_part(session: Session, scope: Scope, meeting: Meeting, item: AgendaItem) -> None:
    """Raise NotAllowed unless the actor holds the meeting or answers for the measure of the item."""
    if changes(scope, Action.HOLD_MEETINGS, meeting.organisation_id, meeting.association_id):
        return
    if item.measure_id is not None:
        _roadmap, measure = updatable_measure(session, scope, item.measure_id)
        if actor_of(session, scope).owns(measure):
            return
    raise NotAllowed("Пункт отмечает тот, кто ведёт заседание, или исполнитель мероприятия.")


def _require_term(deadline_text: str, since: date) -> None:
    """Raise InvalidInput for a day that does not exist and for a term whose days all lie before the meeting."""
    term = read_deadline(deadline_text, since)
    if term.impossible:
        raise InvalidInput(f"Срок решения: {term.impossible}", "Исправьте срок.")
    past = term.check_dates(PlanPeriod(since - _LOOK_BACK, since - timedelta(days=1)))
    if past and due_day(deadline_text, since) is None:
        raise InvalidInput(
            f"Срок «{deadline_text}» ({day(past[-1])}) раньше дня заседания {day(since)}.", "Исправьте срок решения."
        )


def _require_worker(session: Session, meeting: Meeting, teacher_id: int) -> None:
    if teacher_id not in working_teachers(session, meeting.organisation_id, meeting.held_on):
        raise InvalidInput(
            "Этот ответственный больше не работает в организации или удалён.",
            "Выберите другого или впишите должность.",
        )


def _item(session: Session, item_id: int) -> AgendaItem:
    return live_row(session, AgendaItem, item_id, "Пункт повестки")


def _decision(session: Session, decision_id: int) -> Decision:
    return live_row(session, Decision, decision_id, "Решение")


def _text(field: str, value: object) -> str:
    text = "" if value is None or value != value else str(value).strip()
    if field == "text" and not text:
        raise InvalidInput("Решение пустое.", "Напишите, что решили.")
    return require_length(text, _TEXTS[field])
