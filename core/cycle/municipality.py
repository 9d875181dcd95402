"""A municipality with its schools: the six rooms of everybody's cycle, what results came, systemic fields.

Schools stand by name and are never compared by their results: federal rules forbid to judge schools by ВПР.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.cycle.cycle_tables import CycleState
from core.cycle.derived import Marks, marks_by_unit
from core.cycle.models import Model
from core.cycle.opened import OpenedCycle, opened_cycles
from core.cycle.overview import cycle_view
from core.cycle.own_models import models_for
from core.cycle.rooms import RoomView, by_room
from core.errors import NotFound
from core.intake.missing import SchoolResults, latest_year, received_by_school
from core.people.organisations import Tree, load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind

_NOTHING = SchoolResults("", 0, ())
NOT_OPENED = "не открыт"


@dataclass(frozen=True, slots=True)
class UnitCycle:
    """The cycle of a school, or of the municipality itself, by rooms."""

    organisation_id: int
    name: str
    model: Model
    """Of the opened cycle; else the one that was asked for."""
    state: CycleState | None
    """None: no cycle of the year was opened."""
    rooms: tuple[RoomView, ...]
    results: SchoolResults

    @property
    def state_words(self) -> str:
        """Return «идёт», «закрыт» or «не открыт»."""
        return NOT_OPENED if self.state is None else self.state.value


@dataclass(frozen=True, slots=True)
class MunicipalityView:
    """The municipality's own cycle, and those of its schools by name."""

    whole: UnitCycle
    schools: tuple[UnitCycle, ...]
    results_year: int | None
    """Whose results are counted: the latest year of the cycle that has any; None without results."""

    @property
    def came(self) -> int:
        """Return how many sets of results (a work of a school) came."""
        return sum(one.results.came for one in self.schools)

    @property
    def expected(self) -> int:
        """Return how many sets of results should have come."""
        return sum(one.results.expected for one in self.schools)


def list_municipalities(session: Session, scope: Scope) -> list[Organisation]:
    """Return the municipalities, then the regions, that the actor may look at as a whole, by name."""
    visible = scope.require(Action.VIEW_MUNICIPALITY)
    tree: Tree = load_tree(session, scope)
    found = [
        unit for key, unit in tree.organisations.items()
        if unit.kind is not OrganisationKind.SCHOOL and visible.sees_organisation(key)
        and (unit.closed_on is None or unit.closed_on > tree.day)
    ]
    return sorted(found, key=lambda unit: (unit.kind is OrganisationKind.REGION, natural_key(unit.name)))


def municipality_view(
    session: Session, scope: Scope, organisation_id: int, year: int, model_code: str, today: date | None = None
) -> MunicipalityView:
    """Return how far everybody is in an academic year (its spring).

    A school with an opened cycle is seen by the model of that cycle, others by the model of this code. Raises
    NotAllowed without the right to look at a municipality, NotFound for one out of reach or an unknown model.
    """
    _require(session, scope, organisation_id)
    models = {one.code: one for one in models_for(session, scope, organisation_id)}
    if model_code not in models:
        raise NotFound("Управленческая модель")
    marks = marks_by_unit(session, scope, organisation_id, year, today)
    opened = opened_cycles(session, scope, year, marks.keys())
    tree = load_tree(session, scope)
    results_year = latest_year(session, scope, (year - 1, year))
    came = received_by_school(session, scope, results_year) if results_year is not None else {}

    def unit(organisation: Organisation) -> UnitCycle:
        key = organisation.id or 0
        return _unit(organisation, models[model_code], marks[key], opened.get(key), came, today)

    below = tree.below(organisation_id)
    schools = [unit(one) for one in tree.schools() if one.id in below and one.id in marks]
    return MunicipalityView(unit(tree.organisations[organisation_id]), tuple(schools), results_year)


def _unit(
    organisation: Organisation, model: Model, marks: Marks, opened: OpenedCycle | None,
    came: Mapping[int, SchoolResults], today: date | None,
) -> UnitCycle:
    chosen = opened.model if opened is not None else model
    return UnitCycle(
        organisation.id or 0, organisation.name, chosen, opened.state if opened is not None else None,
        by_room(cycle_view(chosen.file, marks, opened, today)), came.get(organisation.id or 0, _NOTHING),
    )


def _require(session: Session, scope: Scope, organisation_id: int) -> None:
    if all(unit.id != organisation_id for unit in list_municipalities(session, scope)):
        raise NotFound("Муниципалитет")
