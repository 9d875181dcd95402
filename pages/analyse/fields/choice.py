"""What the user asked for: filters in the address, kind of field, where, how sure; and the fields that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from core.analysis.elements import Kind
from core.analysis.fields import WeakSpot
from core.analysis.problem_fields import FieldFilter, FieldList, FoundField, WorkHeader, problem_fields
from core.analysis.status import Status
from core.analysis.told_once import told_once
from core.analysis.work import UnitLevel
from core.blueprints.dictionaries import subject_cycle
from core.intake.history import WorkSummary
from core.people.organisations import load_tree
from pages.analyse.fields.address import FACETS, KINDS, SCREEN, accept_link
from pages.widgets.filter_bar import Chosen, filter_bar
from pages.widgets.session import read
from pages.widgets.work_names import work_labels


class Where(StrEnum):
    """In which units fields are listed; the value is what the user reads."""

    ONCE = "Без повторов"
    ABOVE = "Муниципалитет"
    SCHOOLS = "Школы"
    CLASSES = "Классы"


class Show(StrEnum):
    """How sure a listed field must be."""

    ALL = "Все"
    SURE = "Достоверные"
    WEAK = "Слабые места"


_LEVELS = {
    Where.ABOVE: (UnitLevel.MUNICIPALITY, UnitLevel.REGION),
    Where.SCHOOLS: (UnitLevel.SCHOOL,),
    Where.CLASSES: (UnitLevel.CLASS,),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user chose, and what was found for it."""

    filters: Chosen
    kind: Kind
    where: Where
    show: Show
    works: tuple[WorkHeader, ...]
    """Works that were examined and pass the filters."""
    schools: frozenset[int]
    """Chosen schools; empty means all."""
    found: tuple[FoundField, ...]
    """Fields of these works and schools, of all units and degrees of certainty."""
    listed: tuple[FoundField, ...]
    """Fields to list, the most serious first."""
    expected_by_chance: float

    def words(self) -> str:
        """Return the choice as one line for passports."""
        shown = (self.kind.words, self.where.value.lower(), self.show.value.lower())
        return ", ".join((self.filters.words(), *shown))


def choose(works: Sequence[WorkSummary]) -> Choice:
    """Show the filters and return the choice with the fields found for it."""
    labels = work_labels(works)
    accept_link(works, labels)
    tree = read(load_tree)
    schools = {school.name: school.id or 0 for school in tree.schools()}
    rows = [
        {
            "subject_group": subject_cycle(work.subject), "subject": work.subject, "grade": work.grade,
            "year": work.year, "procedure": work.procedure, "work_name": labels[work.id], "id": work.id,
        }
        for work in works
    ]
    filters = filter_bar(SCREEN, rows, FACETS, {"organisation": list(schools)})
    with st.container(horizontal=True, key="fields_switches", vertical_alignment="bottom"):
        kind = _switch("Что", tuple(KINDS), "kind")
        where = Where(_switch("Где", tuple(one.value for one in Where), "where"))
        show = Show(_switch("Насколько уверенно", tuple(one.value for one in Show), "show"))
    answer = read(
        problem_fields,
        FieldFilter(
            years=tuple(year for year in filters.of("year") if isinstance(year, int)), kinds=(KINDS[kind],),
            with_every_possible=show is Show.WEAK,
        ),
    )
    admitted: set[object] = {row["id"] for row in rows if filters.admits(row)}
    chosen_schools = frozenset(schools[str(name)] for name in filters.of("organisation") if str(name) in schools)
    found = tuple(
        one
        for one in answer.fields
        if one.work.assessment_id in admitted
        and (not chosen_schools or one.field.unit.organisation_id in chosen_schools)
    )
    return Choice(
        filters, KINDS[kind], where, show, _admitted(answer, admitted), chosen_schools, found,
        tuple(listed(found, where, show)), answer.expected_by_chance,
    )


def listed(found: Sequence[FoundField], where: Where, show: Show) -> list[FoundField]:
    """Return the fields that the switches leave, in their order."""
    sure = [one for one in found if _is_shown(one, show)]
    if where is not Where.ONCE:
        return [one for one in sure if one.field.unit.level in _LEVELS[where]]
    return list(told_once(sure))


def _is_shown(one: FoundField, show: Show) -> bool:
    if show is Show.SURE:
        return one.field.status is Status.SURELY_BELOW
    return show is Show.ALL or one.field.weak_spot is not WeakSpot.NONE


def _admitted(answer: FieldList, admitted: set[object]) -> tuple[WorkHeader, ...]:
    return tuple(work for work in answer.works if work.assessment_id in admitted)


def _switch(label: str, options: tuple[str, ...], name: str) -> str:
    chosen = st.segmented_control(
        label, options, default=options[0], key=f"{SCREEN}_{name}", bind="query-params", persist_state="session",
        required=True, label_visibility="collapsed",
    )
    return chosen or options[0]
