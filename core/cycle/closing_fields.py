"""What became of the problem fields with which a cycle worked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlmodel import Session, col, select

from core.cycle.closing_asked import Asked, outsider, reference_of
from core.cycle.closing_contract import FoundItem
from core.cycle.closing_tables import ItemKind, Outcome
from core.cycle.place import CyclePlace
from core.intake.tables import Assessment
from core.monitoring.effects import FieldEffect, field_register
from core.monitoring.effects import Outcome as FieldOutcome
from core.people.hidden_units import organisation_key
from core.people.scope import Scope

_FIELD: Final[Mapping[FieldOutcome, Outcome]] = {
    FieldOutcome.CLEARED: Outcome.SOLVED,
    FieldOutcome.PERSISTS: Outcome.REPEATS,
    FieldOutcome.CAME_BACK: Outcome.REPEATS,
    FieldOutcome.INCOMPARABLE: Outcome.INCOMPARABLE,
    FieldOutcome.NOT_YET: Outcome.GOES_ON,
}


def fields(session: Session, scope: Scope, asked: Asked) -> list[FoundItem]:
    """Return the confirmed problem fields of the results that the cycle worked with, one for each field of a unit.

    What only the own school may see is marked: a field of a small class, and one of which only the school may know
    what became of it, because the class is small by now.
    """
    place = asked.place
    open_to_all = field_register(session, outsider(), place.id)
    told = {one.review_id: one.outcome for one in open_to_all}
    whole = field_register(session, scope, place.id) if scope.owns(place.id) and place.is_school else open_to_all
    own = [one for one in whole if _is_own(one, place)]
    works = _works(session, own)
    found: dict[str, FoundItem] = {}
    for effect in sorted(own, key=lambda one: works[_work_id(one)].year):
        work = works[_work_id(effect)]
        reference = _field_reference(effect, work)
        carried = asked.was_carried(ItemKind.FIELD, reference)
        if work.year not in place.result_years and not carried:
            continue
        before = found.get(reference)
        outcome = _FIELD[effect.outcome]
        if outcome is Outcome.GOES_ON and before is not None and before.outcome is Outcome.REPEATS:
            # Confirmed again on the later work, which shows that the field of the earlier one is still there.
            outcome = Outcome.REPEATS
        found[reference] = FoundItem(
            ItemKind.FIELD, reference,
            f"«{effect.label}», {effect.before_work}, {effect.unit_name}: {effect.outcome.value}",
            outcome, told.get(effect.review_id) is not effect.outcome,
        )
    return list(found.values())


def _work_id(effect: FieldEffect) -> int:
    return int(effect.key.split("|", 1)[0])


def _is_own(effect: FieldEffect, place: CyclePlace) -> bool:
    """Say whether the field is of the organisation itself; of a school, its classes count too."""
    return place.is_school or effect.key.split("|", 2)[1] == organisation_key(place.id)


def _works(session: Session, effects: Collection[FieldEffect]) -> dict[int, Assessment]:
    ids = {_work_id(one) for one in effects}
    rows = session.exec(select(Assessment).where(col(Assessment.id).in_(ids)))
    return {row.id or 0: row for row in rows}


def _field_reference(effect: FieldEffect, work: Assessment) -> str:
    _id, unit, kind, key = effect.key.split("|", 3)
    return reference_of("field", f"{work.procedure}|{work.subject}|{work.grade}|{unit}|{kind}|{key}")
