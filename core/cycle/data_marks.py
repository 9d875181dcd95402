"""Marks of data and analysis: works, plans of works, decisions on problem fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from sqlmodel import Session

from core.analysis.standings import FieldStanding, field_standings
from core.analysis.status import Status
from core.analysis.told_once import are_told
from core.cycle.marks import Mark, MarksByPlace, MarkState, counted
from core.cycle.place import CyclePlace, Places, gathered
from core.cycle.records import Derived
from core.intake.class_heads import class_heads
from core.intake.plans import plans_of
from core.intake.works import live_works
from core.people.academic_year import year_name
from core.people.scope import Action, Scope
from core.store.answers import shared_answer
from core.words import plural


class _Class(NamedTuple):
    work_id: int
    school_id: int


@shared_answer
def work_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return what results there are, of which works the plan is known, and on which low fields people decided."""
    visible = scope.require(Action.VIEW)
    stored = live_works(session, lambda one: one.year in places[0].result_years)
    heads = class_heads(session, visible, stored)
    units = places[0].units
    classes = [
        _Class(work_id, school_id)
        for work_id, own in heads.items() for school_id in {one.school_id for one in own} if school_id in units
    ]
    ids = {row.work_id for row in classes}
    works = [one for one in stored if one.id in ids]
    planned = plans_of(session, visible, works) if works else {}
    fields = _fields(session, scope, places) if works else {place.id: [] for place in places}
    written = gathered(places, classes, lambda row: (row.school_id,))
    return {
        place.id: {
            Derived.WORKS_UPLOADED: _uploaded(place, written[place.id]),
            Derived.PLANS_ATTACHED: _attached(written[place.id], planned),
            Derived.FIELDS_CONFIRMED: _confirmed(written[place.id], fields[place.id]),
        }
        for place in places
    }


def _fields(session: Session, scope: Scope, places: Places) -> dict[int, list[FieldStanding]]:
    found = field_standings(session, scope, places[0].result_years)
    return gathered(places, found, lambda one: (one.unit.organisation_id,))


def _uploaded(place: CyclePlace, classes: Sequence[_Class]) -> Mark:
    """Whether results of the year before or of the year itself are there, and of how many schools."""
    works, schools = len({row.work_id for row in classes}), len({row.school_id for row in classes})
    said = plural(works, "работа", "работы", "работ")
    if not place.is_school:
        said += f", {plural(schools, 'школа', 'школы', 'школ')}"
    first, last = place.result_years
    return counted(
        works, works, said,
        f"Нет результатов работ {year_name(first)} и {year_name(last)} учебных годов: загрузите их.",
    )


def _attached(classes: Sequence[_Class], plans: Mapping[int, int]) -> Mark:
    """How many of the works have a plan, without which nothing is known of content elements."""
    works = {row.work_id for row in classes}
    planned, whole = len(works & plans.keys()), len(works)
    return counted(
        planned, whole, f"план есть у {planned} из {plural(whole, 'работы', 'работ', 'работ')}",
        f"Нет плана у {plural(whole - planned, 'работы', 'работ', 'работ')}: прикрепите." if works
        else "Планы прикреплять не к чему: работ ещё нет.",
    )


def _confirmed(classes: Sequence[_Class], fields: Sequence[FieldStanding]) -> Mark:
    """On how many of the surely low fields people have decided."""
    if not classes:
        return Mark(MarkState.MISSING, "", "Проблемных полей нет: ещё не загружены работы.")
    found = [
        one for one in compress(fields, are_told(fields)) if one.status is Status.SURELY_BELOW or one.is_decided
    ]
    decided, whole = sum(one.is_decided for one in found), len(found)
    if not found:
        return Mark(MarkState.DONE, "достоверных проблемных полей не найдено")
    rest = whole - decided
    return counted(
        decided, whole, f"решение по {decided} из {plural(whole, 'поля', 'полей', 'полей')}",
        f"Нет решения по {plural(rest, 'достоверному полю', 'достоверным полям', 'достоверным полям')}.",
    )
