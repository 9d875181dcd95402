"""Individual routes (ИОМ): drafted from a teacher's deficits, approved, carried out, closed by a new diagnostics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.support.access import (
    knows_deficits,
    manages,
    names_of,
    require_managed,
    require_teacher,
    sees_teacher,
    workplaces,
)
from core.support.cells import deadline_cell, long_text, past_day_cell, position_cell
from core.support.development_rules import require_order
from core.support.route_tables import IndividualRoute, RouteState, RouteStep

STEP_FIELDS = ("position", "deficit", "task", "activity", "form", "deadline_text", "result_form", "outcome", "done_on")
OWN_FIELDS = ("outcome", "done_on")
"""What the teacher writes into an approved route."""
_LONGEST = {"deficit": 500, "form": 120, "result_form": 500}


@dataclass(frozen=True, slots=True)
class RouteDeficit:
    """A deficit that a route begins with: how it is called, and its competence where there is one."""

    name: str
    competence_id: int | None = None


@dataclass(frozen=True, slots=True)
class RouteDraft:
    """What a route is to be; `level` is the instrument's word on the day of the diagnostics."""

    organisation_id: int
    teacher_id: int
    starts_on: date
    ends_on: date
    deficits: Sequence[RouteDeficit]
    diagnosed_on: date | None = None
    level: str = ""
    tutor: str = ""


@dataclass(frozen=True, slots=True)
class RouteCard:
    """A route as the actor sees it; `levels` are the diagnostics' words before and after, if open to them."""

    row: IndividualRoute
    teacher: str
    steps: tuple[RouteStep, ...]
    levels: tuple[str, str] = ("", "")

    @property
    def done(self) -> int:
        """Return how many steps have a day on which they were done."""
        return sum(step.done_on is not None for step in self.steps)


def list_routes(session: Session, scope: Scope, teacher_id: int | None = None) -> list[RouteCard]:
    """Return the routes of the teachers whom the actor sees, the latest first."""
    scope.require(Action.VIEW_HELP)
    query = select(IndividualRoute).where(col(IndividualRoute.deleted_at).is_(None))
    if teacher_id is not None:
        query = query.where(IndividualRoute.teacher_id == teacher_id)
    actor = actor_of(session, scope)
    rows = [
        row
        for row in session.exec(query.order_by(col(IndividualRoute.starts_on).desc(), col(IndividualRoute.id).desc()))
        if sees_teacher(scope, actor, row.teacher_id, frozenset({row.organisation_id}))
    ]
    steps: dict[int, list[RouteStep]] = {}
    found = session.exec(
        select(RouteStep)
        .where(col(RouteStep.route_id).in_([row.id for row in rows]), col(RouteStep.deleted_at).is_(None))
        .order_by(col(RouteStep.position), col(RouteStep.id))
    )
    for step in found:
        steps.setdefault(step.route_id, []).append(step)
    names = names_of(session, scope, {row.teacher_id for row in rows})
    return [
        RouteCard(
            row, names.get(row.teacher_id, "—"), tuple(steps.get(row.id or 0, ())),
            (row.level_before, row.level_after)
            if knows_deficits(scope, actor, row.teacher_id, row.organisation_id)
            else ("", ""),
        )
        for row in rows
    ]


def get_route(session: Session, scope: Scope, route_id: int) -> RouteCard:
    """Return a route; raise NotFound when there is none or the actor does not see it."""
    row = session.get(IndividualRoute, route_id)
    found = [] if row is None else list_routes(session, scope, row.teacher_id)
    card = next((one for one in found if one.row.id == route_id), None)
    if card is None:
        raise NotFound("Индивидуальный маршрут")
    return card


def draft_route(session: Session, scope: Scope, draft: RouteDraft) -> IndividualRoute:
    """Store a route with three steps for each deficit: learn, try at a lesson, show the result.

    Who arranges the help may, and the teacher for themselves. Raises InvalidInput without deficits, for dates out of
    order, or when the teacher has an open route already.
    """
    require_teacher(session, scope, draft.teacher_id)
    if actor_of(session, scope).teacher_id != draft.teacher_id:
        require_managed(scope, draft.organisation_id)
    if draft.organisation_id not in workplaces(session, draft.teacher_id):
        raise InvalidInput("Педагог не работает в этой организации.", "Выберите место его работы.")
    require_order(draft.starts_on, draft.ends_on, "Маршрут")
    if not draft.deficits:
        raise InvalidInput("Не выбран ни один дефицит.", "Выберите, с чем будет работать педагог.")
    _require_none_open(session, draft.teacher_id)
    row = IndividualRoute(
        organisation_id=draft.organisation_id, teacher_id=draft.teacher_id, diagnosed_on=draft.diagnosed_on,
        level_before=draft.level[:40], starts_on=draft.starts_on, ends_on=draft.ends_on,
        tutor=draft.tutor.strip()[:200],
    )
    session.add(row)
    session.flush()
    steps = [(deficit, *step) for deficit in draft.deficits for step in _steps(deficit.name)]
    for position, (deficit, task, activity, form, result_form) in enumerate(steps, start=1):
        session.add(
            RouteStep(
                organisation_id=draft.organisation_id, route_id=row.id or 0, competence_id=deficit.competence_id,
                position=float(position), deficit=deficit.name[:500], task=task, activity=activity, form=form,
                result_form=result_form,
            )
        )
    session.flush()
    return row


def save_steps(session: Session, scope: Scope, route_id: int, changes: GridChanges) -> EditOutcome:
    """Save the steps of a route. Into an approved one the teacher writes outcomes only, and no new rows."""
    card = get_route(session, scope, route_id)
    fields = _writable_fields(session, scope, card)
    if fields == OWN_FIELDS and (changes.added or changes.deleted):
        raise NotAllowed("В утверждённом маршруте строки меняет методист.", "Обратитесь к методисту.")

    def validate(_row: RouteStep, field: str, value: object) -> object:
        if field == "position":
            return position_cell(value)
        if field == "done_on":
            return past_day_cell(value, card.row.starts_on, "Выполнено раньше начала маршрута.")
        if field == "deadline_text":
            return deadline_cell(value)
        return long_text(field, value, _LONGEST, {"activity": "Не указано мероприятие."})

    fixed = {"organisation_id": card.row.organisation_id, "route_id": route_id}
    return save_changes(session, RouteStep, changes, fields, validate, fixed, col(RouteStep.route_id) == route_id)


def approve_route(
    session: Session, scope: Scope, route_id: int, order: str, on: date, version_seen: int, today: date | None = None
) -> IndividualRoute:
    """Approve a drafted route by an order."""
    row = _moved(session, scope, route_id, RouteState.DRAFT, version_seen)
    if not order.strip():
        raise InvalidInput("Не указан номер приказа.", "Впишите его.")
    if on > (today or date.today()):
        raise InvalidInput(f"Приказ от {on:%d.%m.%Y} ещё не издан.", "Исправьте дату.")
    row.state, row.approval_order, row.approved_on = RouteState.APPROVED, order.strip()[:60], on
    session.add(row)
    session.flush()
    return row


def close_route(
    session: Session, scope: Scope, route_id: int, *, finished: bool, conclusion: str, level_after: str,
    version_seen: int,
) -> IndividualRoute:
    """Close an approved route as finished or stopped, with a conclusion and the level of the new diagnostics."""
    row = _moved(session, scope, route_id, RouteState.APPROVED, version_seen)
    if not conclusion.strip():
        raise InvalidInput("Нет заключения по маршруту.", "Впишите, что изменилось.")
    row.state = RouteState.FINISHED if finished else RouteState.STOPPED
    row.conclusion, row.level_after = conclusion.strip(), level_after.strip()[:40]
    session.add(row)
    session.flush()
    return row


def _moved(
    session: Session, scope: Scope, route_id: int, state: RouteState, version_seen: int
) -> IndividualRoute:
    row = get_route(session, scope, route_id).row
    require_managed(scope, row.organisation_id, Action.APPROVE_HELP)
    if row.version != version_seen:
        raise EditConflict("Маршрут тем временем изменил кто-то другой.", "Обновите страницу.")
    if row.state is not state:
        raise InvalidInput(f"Маршрут сейчас: {row.state.value}.", "Обновите страницу.")
    return row


def _writable_fields(session: Session, scope: Scope, card: RouteCard) -> tuple[str, ...]:
    if card.row.state in (RouteState.FINISHED, RouteState.STOPPED):
        raise InvalidInput("Маршрут закрыт, менять его нельзя.", "Составьте новый.")
    keeps = manages(scope, card.row.organisation_id)
    if keeps:
        return STEP_FIELDS
    if actor_of(session, scope).teacher_id != card.row.teacher_id:
        raise NotAllowed("Маршрут ведут педагог и методист.", "Обратитесь к ним.")
    return STEP_FIELDS if card.row.state is RouteState.DRAFT else OWN_FIELDS


def _require_none_open(session: Session, teacher_id: int) -> None:
    query = select(IndividualRoute.id).where(
        IndividualRoute.teacher_id == teacher_id, col(IndividualRoute.deleted_at).is_(None),
        col(IndividualRoute.state).in_([RouteState.DRAFT, RouteState.APPROVED]),
    )
    if session.exec(query).first() is not None:
        raise InvalidInput("У педагога уже есть открытый маршрут.", "Дополните его или сначала закройте.")


def _steps(deficit: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return task, activity, form and form of the result of the steps that a deficit begins with."""
    return (
        (
            f"Разобраться в теме: {deficit}", "Курсы, вебинар или изучение практики коллег", "самообразование",
            "Конспект с отобранными заданиями",
        ),
        (
            f"Применить на уроке: {deficit}", "Урок по этой теме и взаимопосещение", "открытый урок",
            "Технологическая карта урока, лист наблюдения",
        ),
        (
            f"Показать результат: {deficit}", "Выступление на методическом объединении", "обобщение опыта",
            "Материалы выступления, повторная диагностика",
        ),
    )
