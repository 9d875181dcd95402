"""Opening the cycle of a year, and withdrawing one that was opened by mistake."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.cycle.access import led_cycle, require_leading, seen_organisation
from core.cycle.chosen import chosen_model
from core.cycle.cycle_tables import Cycle, CycleMark, CycleStage
from core.cycle.records import ModelFile, Stage
from core.cycle.responsible import bodies_of, people_of, proposed
from core.cycle.stage_dates import default_dates
from core.errors import InvalidInput
from core.people.academic_year import year_name, year_on
from core.people.scope import Scope
from core.store.base import utc_now

_REMARK = " – предложение программы"
"""What stands in a model after words that its document lacks."""
_LONGEST_NAME = 300
_LONGEST_RESPONSIBLE = 500
_YEARS_AROUND = 10


def open_cycle(
    session: Session, scope: Scope, organisation_id: int, model_code: str, year: int, *,
    previous_id: int | None = None, today: date | None = None,
) -> Cycle:
    """Open the cycle of an organisation in an academic year (its spring) by a model; return its row.

    Its stages get days (`core.cycle.stage_dates`) and, where the model's words leave no doubt, who answers for them.
    `model_code` is that of a shipped model or of the organisation's own (`core.cycle.chosen`). Without `previous_id`
    it follows the organisation's last cycle before. Raises InvalidInput
    where the year has a cycle already, NotAllowed and NotFound without the right to lead it.
    """
    unit = seen_organisation(session, scope, organisation_id)
    require_leading(scope, organisation_id)
    day = today or date.today()
    if abs(year - year_on(day)) > _YEARS_AROUND:
        raise InvalidInput(f"Учебный год {year_name(year)} слишком далёк.", "Выберите год ближе к идущему.")
    taken = select(Cycle).where(
        Cycle.organisation_id == organisation_id, Cycle.year == year, col(Cycle.deleted_at).is_(None)
    )
    if session.exec(taken).first() is not None:
        raise InvalidInput(
            f"Цикл {year_name(year)} учебного года уже открыт: {unit.name}.", "Обновите страницу и продолжайте в нём."
        )
    chosen = chosen_model(session, organisation_id, model_code)
    cycle = Cycle(
        organisation_id=organisation_id, model_code=chosen.shipped_code, own_model_id=chosen.own_model_id,
        own_edition_id=chosen.own_edition_id, year=year, opened_on=day, opened_by=scope.actor_name,
        previous_id=previous_id if previous_id is not None else _last_before(session, organisation_id, year),
    )
    session.add(cycle)
    session.flush()
    people, bodies = people_of(session, scope, organisation_id, day), bodies_of(session, organisation_id)
    stages = chosen.model.file.stages
    for place, (stage, window) in enumerate(zip(stages, default_dates(stages, year, day), strict=True), start=1):
        who = proposed(_named(stage), people, bodies)
        session.add(
            CycleStage(
                organisation_id=organisation_id, cycle_id=cycle.id or 0, number=stage.number,
                name=stage.name[:_LONGEST_NAME], position=place, starts_on=window.first, ends_on=window.last,
                responsible=_responsible(stage, chosen.model.file, unit.name), teacher_id=who.teacher_id,
                association_id=who.association_id,
            )
        )
    session.flush()
    return cycle


def _responsible(stage: Stage, model: ModelFile, unit: str) -> str:
    """Return who answers in the words of the model; the organisation that wrote it becomes the one that opens."""
    words = (unit if one == model.organisation else one for one in _named(stage))
    return "; ".join(words)[:_LONGEST_RESPONSIBLE]


def _named(stage: Stage) -> tuple[str, ...]:
    """Return who answers, without the remark that the document itself does not say so."""
    return tuple(one.partition(_REMARK)[0] for one in stage.responsible)


def withdraw_cycle(session: Session, scope: Scope, cycle_id: int) -> Cycle:
    """Take back a cycle that was opened by mistake, so that the year can be opened by another model.

    Raises InvalidInput once people have marked something in it.
    """
    row = led_cycle(session, scope, cycle_id)
    if session.exec(select(CycleMark.id).where(CycleMark.cycle_id == cycle_id)).first() is not None:
        raise InvalidInput(
            "В этом цикле уже есть отметки людей: отменить открытие нельзя.", "Закройте цикл, когда год закончится."
        )
    row.deleted_at = utc_now()
    session.add(row)
    session.flush()
    return row


def _last_before(session: Session, organisation_id: int, year: int) -> int | None:
    query = (
        select(Cycle.id)
        .where(Cycle.organisation_id == organisation_id, Cycle.year < year, col(Cycle.deleted_at).is_(None))
        .order_by(col(Cycle.year).desc())
    )
    return session.exec(query).first()
