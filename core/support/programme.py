"""The personalised programme of a mentorship: head, goals from the mentee's deficits, plan by directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.cell_values import date_of_cell, number_of_cell
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.support.access import knows_deficits, require_managed
from core.support.cells import deadline_cell, long_text, past_day_cell, position_cell
from core.support.mentorship_cards import MentorshipCard, get_mentorship, may_manage, require_reads_work, side_of
from core.support.mentorship_tables import MentorshipProgramme, MentorshipState, ProgrammeGoal, ProgrammeStep, Side
from core.support.mentorship_words import mentorship_words

STEP_FIELDS = (
    "goal_id", "position", "direction", "content", "form", "deadline_text", "planned_result", "actual_result",
    "done_on",
)
OWN_FIELDS = ("actual_result", "done_on")
"""What the mentor writes into an approved plan."""
_HEAD_FIELDS = ("relevance", "aim", "tasks", "expected_result", "regulation", "agreed_by", "agreed_on")
_LONGEST = {"direction": 300, "form": 120}


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as it stands; `shares` are the parts of the most points (0..1) by goal that the actor may know."""

    card: MentorshipCard
    head: MentorshipProgramme
    goals: tuple[ProgrammeGoal, ...]
    steps: tuple[ProgrammeStep, ...]
    shares: dict[int, float] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """Return how many steps have a day on which they were done."""
        return sum(step.done_on is not None for step in self.steps)


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A deficit that becomes a goal; `share` is the part of the most points (0..1) on that day, None if unknown."""

    mentee_teacher_id: int
    text: str
    competence_id: int | None = None
    share: float | None = None


def get_programme(session: Session, scope: Scope, mentorship_id: int) -> Programme:
    """Return the programme of a mentorship that the actor may read, empty where nothing is written yet."""
    card = get_mentorship(session, scope, mentorship_id)
    require_reads_work(session, scope, card)
    head = _head(session, mentorship_id) or MentorshipProgramme(
        organisation_id=card.row.organisation_id, mentorship_id=mentorship_id
    )
    goals = session.exec(
        select(ProgrammeGoal)
        .where(ProgrammeGoal.mentorship_id == mentorship_id, col(ProgrammeGoal.deleted_at).is_(None))
        .order_by(col(ProgrammeGoal.position), col(ProgrammeGoal.id))
    ).all()
    steps = session.exec(
        select(ProgrammeStep)
        .where(ProgrammeStep.mentorship_id == mentorship_id, col(ProgrammeStep.deleted_at).is_(None))
        .order_by(col(ProgrammeStep.position), col(ProgrammeStep.id))
    )
    return Programme(card, head, tuple(goals), tuple(steps), _shares(session, scope, card, goals))


def draft_programme(
    session: Session, scope: Scope, mentorship_id: int, goals: Sequence[GoalDraft], deadlines: Sequence[str] = ()
) -> Programme:
    """Write goals from deficits and two steps for each: a joint one and one at the mentee's lesson.

    Only into a programme without goals, so that nothing written by hand is lost. `deadlines` are given to the steps in
    their order, the last one to the rest. Raises InvalidInput without goals or for people of other pairs.
    """
    card = _writable(session, scope, mentorship_id)
    programme = get_programme(session, scope, mentorship_id)
    if programme.goals:
        raise InvalidInput("В программе уже есть цели.", "Дополните её вручную.")
    if not goals:
        raise InvalidInput("Не выбран ни один дефицит.", "Выберите, над чем будете работать.")
    if any(goal.mentee_teacher_id not in card.mentees for goal in goals):
        raise InvalidInput("Этого педагога в паре нет.", "Обновите страницу.")
    words = mentorship_words()
    head = programme.head
    head.aim = head.aim or f"Преодолеть затруднения: {'; '.join(goal.text for goal in goals)}."
    session.add(head)
    for number, goal in enumerate(goals, start=1):
        row = ProgrammeGoal(
            organisation_id=card.row.organisation_id, mentorship_id=mentorship_id,
            mentee_teacher_id=goal.mentee_teacher_id, competence_id=goal.competence_id, text=goal.text.strip()[:1000],
            share_before=goal.share, position=float(number),
        )
        session.add(row)
        session.flush()
        for offset, (content, form, result) in enumerate(_steps(goal.text)):
            place = (number - 1) * 2 + offset
            session.add(
                ProgrammeStep(
                    organisation_id=card.row.organisation_id, mentorship_id=mentorship_id, goal_id=row.id,
                    position=float(place + 1), direction=words.directions[1 if goal.competence_id else 2],
                    content=content, form=form, planned_result=result,
                    deadline_text=deadlines[min(place, len(deadlines) - 1)] if deadlines else "",
                )
            )
    session.flush()
    return get_programme(session, scope, mentorship_id)


def save_head(
    session: Session, scope: Scope, mentorship_id: int, values: dict[str, object], version_seen: int
) -> MentorshipProgramme:
    """Save the texts of the programme's head. Raises EditConflict when somebody else changed it meanwhile."""
    card = _writable(session, scope, mentorship_id)
    unknown = values.keys() - set(_HEAD_FIELDS)
    if unknown:
        raise InvalidInput("Такого раздела в программе нет.", "Обновите страницу.")
    head = _head(session, mentorship_id)
    if head is not None and head.approved_on is not None and not may_manage(scope, card):
        raise NotAllowed("Тексты утверждённой программы меняет методист.", "Обратитесь к методисту.")
    if head is None:
        head = MentorshipProgramme(organisation_id=card.row.organisation_id, mentorship_id=mentorship_id)
    elif head.version != version_seen:
        raise EditConflict("Программу тем временем изменил кто-то другой.", "Обновите страницу и внесите правку снова.")
    for name, value in values.items():
        if name == "agreed_on":
            head.agreed_on = date_of_cell(value)
        else:
            setattr(head, name, str(value or "").strip())
    session.add(head)
    session.flush()
    return head


def save_steps(session: Session, scope: Scope, mentorship_id: int, changes: GridChanges) -> EditOutcome:
    """Save the plan of the programme, new and deleted rows too; conflicts and refusals as in every grid."""
    card = _writable(session, scope, mentorship_id)
    programme = get_programme(session, scope, mentorship_id)
    goals = {goal.id for goal in programme.goals}
    fields = writable_fields(scope, programme)
    if fields == OWN_FIELDS and (changes.added or changes.deleted):
        raise NotAllowed("В утверждённой программе строки меняет методист.", "Обратитесь к методисту.")

    def validate(_row: ProgrammeStep, field: str, value: object) -> object:
        return _step_value(field, value, goals, card)

    fixed = {"organisation_id": card.row.organisation_id, "mentorship_id": mentorship_id}
    here = col(ProgrammeStep.mentorship_id) == mentorship_id
    return save_changes(session, ProgrammeStep, changes, fields, validate, fixed, here)


def writable_fields(scope: Scope, programme: Programme) -> tuple[str, ...]:
    """Return the cells of the plan that may be changed: after the approval the mentor writes results only."""
    is_free = programme.head.approved_on is None or may_manage(scope, programme.card)
    return STEP_FIELDS if is_free else OWN_FIELDS


def judge_goal(session: Session, scope: Scope, goal_id: int, is_reached: bool | None) -> ProgrammeGoal:
    """Say whether a goal was reached, or that it is not judged yet."""
    goal = session.get(ProgrammeGoal, goal_id)
    if goal is None or goal.deleted_at is not None:
        raise InvalidInput("Этой цели больше нет.", "Обновите страницу.")
    _writable(session, scope, goal.mentorship_id)
    goal.is_reached = is_reached
    session.add(goal)
    session.flush()
    return goal


def approve_programme(
    session: Session, scope: Scope, mentorship_id: int, order: str, on: date, today: date | None = None
) -> MentorshipProgramme:
    """Approve the programme by an order. Raises InvalidInput for an empty programme or a day to come."""
    card = get_mentorship(session, scope, mentorship_id)
    require_managed(scope, card.row.organisation_id, Action.APPROVE_HELP)
    programme = get_programme(session, scope, mentorship_id)
    if not programme.goals or not programme.steps:
        raise InvalidInput("В программе нет целей или плана.", "Сначала составьте их.")
    if programme.head.approved_on is not None:
        raise InvalidInput(
            f"Программа уже утверждена приказом № {programme.head.approval_order}.", "Обновите страницу."
        )
    if not order.strip():
        raise InvalidInput("Не указан номер приказа.", "Впишите его.")
    if on > (today or date.today()):
        raise InvalidInput(f"Приказ от {on:%d.%m.%Y} ещё не издан.", "Исправьте дату.")
    head = programme.head
    head.approved_by, head.approved_on, head.approval_order = scope.actor_name[:200], on, order.strip()[:60]
    session.add(head)
    session.flush()
    return head


def _head(session: Session, mentorship_id: int) -> MentorshipProgramme | None:
    return session.exec(
        select(MentorshipProgramme).where(
            MentorshipProgramme.mentorship_id == mentorship_id, col(MentorshipProgramme.deleted_at).is_(None)
        )
    ).first()


def _shares(
    session: Session, scope: Scope, card: MentorshipCard, goals: Sequence[ProgrammeGoal]
) -> dict[int, float]:
    """Return the shares of the diagnostics by goal: for the mentor, and for whom the mentee's deficits are open."""
    actor, is_mentor = actor_of(session, scope), side_of(session, scope, card) is Side.MENTOR
    school = card.row.organisation_id
    return {
        goal.id or 0: goal.share_before
        for goal in goals
        if goal.share_before is not None
        and (is_mentor or knows_deficits(scope, actor, goal.mentee_teacher_id, school))
    }


def _writable(session: Session, scope: Scope, mentorship_id: int) -> MentorshipCard:
    card = get_mentorship(session, scope, mentorship_id)
    if not may_manage(scope, card) and side_of(session, scope, card) is not Side.MENTOR:
        raise NotAllowed("Программу ведут наставник и методист.", "Обратитесь к ним.")
    if card.row.state in (MentorshipState.FINISHED, MentorshipState.ENDED_EARLY):
        raise InvalidInput("Наставничество закрыто, программу менять нельзя.", "Создайте новую пару.")
    return card


def _steps(deficit: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Return content, form and planned result of the two steps that a goal begins with."""
    return (
        (
            f"Разобрать с наставником: {deficit}; подобрать задания и подготовить урок",
            "совместная подготовка урока",
            "Сценарий урока с заданиями",
        ),
        (
            f"Провести урок, на котором отрабатывается: {deficit}; обсудить, что получилось",
            "посещение урока наставляемого",
            "Лист наблюдения и выводы обоих",
        ),
    )


def _step_value(field: str, value: object, goals: set[int | None], card: MentorshipCard) -> object:
    if field == "goal_id":
        goal = number_of_cell(value, "цель")
        if goal is not None and goal not in goals:
            raise InvalidInput("Этой цели нет в программе.", "Выберите другую.")
        return goal
    if field == "position":
        return position_cell(value)
    if field == "done_on":
        return past_day_cell(value, card.row.starts_on, "Выполнено раньше начала наставничества.")
    if field == "deadline_text":
        return deadline_cell(value)
    return long_text(field, value, _LONGEST, {"content": "Не указано содержание работы."})
