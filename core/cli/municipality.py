"""A municipality on the command line: its schools by name and the rooms of their cycles."""

from __future__ import annotations

from sqlmodel import Session

from core.cli.output import say, say_json, say_table
from core.cycle.municipality import MunicipalityView, UnitCycle, municipality_view
from core.cycle.rooms import CycleRoom
from core.cycle.systemic_fields import FieldAcross, fields_across
from core.errors import InvalidInput
from core.people.academic_year import year_name
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind
from core.words import interval, percent

_HEADER = ("Организация", "Модель", "Цикл", *(room.value for room in CycleRoom), "Результаты")


def municipality(
    session: Session, scope: Scope, unit: Organisation, year: int, model_code: str, *, as_json: bool
) -> int:
    """Print schools × rooms and the systemic fields of a municipality; return the exit status.

    Raises InvalidInput for a school.
    """
    if unit.kind is OrganisationKind.SCHOOL:
        raise InvalidInput(f"{unit.name} – школа, а не муниципалитет.", "Назовите код муниципалитета.")
    view = municipality_view(session, scope, unit.id or 0, year, model_code)
    fields: tuple[FieldAcross, ...] = ()
    if view.results_year is not None:
        fields = fields_across(session, scope, unit.id or 0, (view.results_year,))
    if as_json:
        say_json(_facts(view, year, fields))
        return 0
    say(f"{unit.name}, {year_name(year)} учебный год. Школы стоят по алфавиту: по результатам ВПР их не сравнивают.")
    say_table(_HEADER, [_line(one) for one in (view.whole, *view.schools)])
    for one in fields:
        field = one.field
        say(
            f"Системное поле: {field.work.name}, {field.key}: {percent(field.facility, 0)} "
            f"({interval(field.low, field.high, 0)}), n = {field.participants}, ниже порога школ "
            f"{len(field.schools_below)} из {field.schools}"
        )
    return 0


def _line(one: UnitCycle) -> tuple[str, ...]:
    rooms = (f"{room.words} {room.numbers}".strip() for room in one.rooms)
    came = f"{one.results.came} из {one.results.expected}" if one.results.expected else ""
    return one.name, one.model.file.short, one.state_words, *rooms, came


def _facts(view: MunicipalityView, year: int, fields: tuple[FieldAcross, ...]) -> dict[str, object]:
    return {
        "organisation": view.whole.name,
        "year": year,
        "results_year": view.results_year,
        "whole": _unit(view.whole),
        "schools": [_unit(one) for one in view.schools],
        "fields": [
            {
                "work": one.field.work.name, "key": one.field.key, "facility": one.field.facility,
                "low": one.field.low, "high": one.field.high, "n": one.field.participants,
                "status": one.field.status.words, "schools_below": len(one.field.schools_below),
                "schools": one.field.schools, "associations": list(one.associations),
                "school_associations": one.school_associations,
            }
            for one in fields
        ],
    }


def _unit(one: UnitCycle) -> dict[str, object]:
    return {
        "name": one.name,
        "model": one.model.code,
        "cycle": one.state_words,
        "rooms": [
            {
                "room": room.room.value, "state": room.state.value if room.stages else None, "done": room.done,
                "known": room.known, "overdue": room.is_overdue, "missing": list(room.missing),
            }
            for room in one.rooms
        ],
        "came": one.results.came,
        "expected": one.results.expected,
    }
