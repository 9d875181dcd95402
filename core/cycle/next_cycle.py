"""The next cycle opens from a closed one: the same model, days a year later, the same people, what was carried over."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.cycle.access import require_leading, seen_cycle
from core.cycle.chosen import own_code
from core.cycle.closing_acts import close_cycle
from core.cycle.closing_contract import ROOMS, ClosingItem
from core.cycle.cycle_tables import Cycle, CycleStage, CycleState
from core.cycle.cycles import open_cycle
from core.cycle.own_model_tables import OwnModel
from core.cycle.records import ModelFile, Stage
from core.cycle.stage_dates import year_window
from core.errors import InvalidInput
from core.people.academic_year import year_name
from core.people.scope import Scope


def open_next(
    session: Session, scope: Scope, cycle_id: int, model_code: str | None = None, today: date | None = None
) -> Cycle:
    """Open the cycle of the next year out of a closed one; by the same model, unless another one is named.

    Where next year's cycle stands already, opened by itself or by a second click, it is joined to this one. Raises
    InvalidInput for an open cycle and where the next one is closed by now, NotAllowed and NotFound without the right.
    """
    cycle = seen_cycle(session, scope, cycle_id)
    require_leading(scope, cycle.organisation_id)
    if cycle.state is CycleState.OPEN:
        raise InvalidInput("Следующий цикл открывается из закрытого.", "Сначала закройте этот цикл.")
    present = session.exec(
        select(Cycle).where(
            Cycle.organisation_id == cycle.organisation_id, Cycle.year == cycle.year + 1,
            col(Cycle.deleted_at).is_(None),
        )
    ).first()
    if present is not None and present.state is CycleState.CLOSED:
        raise InvalidInput(
            f"Цикл {year_name(present.year)} учебного года уже закрыт: перенести в него ничего нельзя.",
            "Закройте этот цикл, не открывая следующий.",
        )
    if present is not None:
        present.previous_id = cycle_id
        session.add(present)
        session.flush()
        return present
    code = model_code or _code_of(session, cycle)
    following = open_cycle(
        session, scope, cycle.organisation_id, code, cycle.year + 1, previous_id=cycle_id, today=today
    )
    _keep_plan(session, cycle_id, following)
    return following


def close_and_open_next(
    session: Session, scope: Scope, cycle_id: int, *, acknowledged: bool = False, version_seen: int | None = None,
    today: date | None = None,
) -> Cycle:
    """Close a cycle and open the next one in the same transaction; return the next one. Raises as both do."""
    close_cycle(session, scope, cycle_id, acknowledged=acknowledged, version_seen=version_seen, today=today)
    return open_next(session, scope, cycle_id, today=today)


def stage_of_item(model: ModelFile, one: ClosingItem) -> Stage:
    """Return the stage at which a carried thing is worked on: whose results lead to its screen, else of its room."""
    leads = [stage for stage in model.stages if _leads_to(stage, one.screen)]
    for room in ROOMS[one.item.kind]:
        found = next((stage for stage in leads if stage.room is room), None)
        if found is not None:
            return found
    in_room = (stage for room in ROOMS[one.item.kind] for stage in model.stages if stage.room is room)
    return next(iter([*leads, *in_room, *model.stages]))


def _leads_to(stage: Stage, screen: str) -> bool:
    return screen in stage.screens or any(screen in output.screens for output in stage.outputs)


def _code_of(session: Session, cycle: Cycle) -> str:
    if cycle.own_model_id is None:
        return cycle.model_code
    model = session.get(OwnModel, cycle.own_model_id)
    if model is None or model.deleted_at is not None:
        raise InvalidInput(
            "Своя модель, по которой шёл цикл, удалена: следующий открыть по ней нельзя.",
            "Верните её на вкладке «Модель» или откройте следующий цикл по другой модели на вкладке «Этапы».",
        )
    return own_code(cycle.own_model_id)


def _keep_plan(session: Session, cycle_id: int, following: Cycle) -> None:
    """Give the stages the days of the closed cycle a year later and its people; stages that it lacked keep theirs."""
    before = {row.number: row for row in _stages(session, cycle_id)}
    whole = year_window(following.year)
    for row in _stages(session, following.id or 0):
        former = before.get(row.number)
        if former is None:
            continue
        first, last = _year_later(former.starts_on), _year_later(former.ends_on)
        if whole.first <= first <= last <= whole.last:
            row.starts_on, row.ends_on = first, last
        row.responsible, row.teacher_id, row.association_id = (
            former.responsible, former.teacher_id, former.association_id
        )
        session.add(row)
    session.flush()


def _stages(session: Session, cycle_id: int) -> list[CycleStage]:
    return list(session.exec(select(CycleStage).where(CycleStage.cycle_id == cycle_id)))


def _year_later(one: date) -> date:
    try:
        return one.replace(year=one.year + 1)
    except ValueError:
        # The 29th of February.
        return date(one.year + 1, 2, 28)
