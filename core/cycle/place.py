"""Whose cycle in which year: the organisation with what is below it, and the days of the academic year.

Records are read once and counted for many places: the municipality as a whole and each of its schools.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from sqlmodel import Session

from core.people.access import organisations_below
from core.people.organisations import get_organisation, load_tree
from core.people.scope import Scope
from core.people.tables import Organisation, OrganisationKind

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class CyclePlace:
    """The organisation, the units whose records count (itself among them), the year by its spring."""

    id: int
    is_school: bool
    units: frozenset[int]
    year: int

    @property
    def since(self) -> date:
        """Return the first of September."""
        return date(self.year - 1, 9, 1)

    @property
    def until(self) -> date:
        """Return the last day of August."""
        return date(self.year, 8, 31)

    @property
    def result_years(self) -> tuple[int, int]:
        """Return the years whose results the cycle works with: those of the spring before it, and its own."""
        return self.year - 1, self.year

    def has(self, organisation_id: int) -> bool:
        """Say whether records of the organisation count."""
        return organisation_id in self.units

    def holds(self, first: date | None, last: date | None = None) -> bool:
        """Say whether a day, or a stretch with both its ends, touches the year."""
        if first is None:
            return False
        return first <= self.until and (last or first) >= self.since


Places: TypeAlias = tuple[CyclePlace, ...]
"""Places of one year, the widest first: its units hold those of all others."""


def cycle_place(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> CyclePlace:
    """Return the place; raise NotFound for an organisation that the actor must not know.

    What belongs to the organisation is asked for the end of the year, for the running year today.
    """
    organisation = get_organisation(session, scope, organisation_id)
    below = organisations_below(session, organisation_id, _day_of(year, today))
    return _place(organisation, below | {organisation_id}, year)


def places_from(
    session: Session, scope: Scope, organisation_id: int, year: int, today: date | None = None
) -> Places:
    """Return the place and after it one for each organisation below that the actor may know; NotFound likewise."""
    whole = cycle_place(session, scope, organisation_id, year, today)
    everything = load_tree(session, Scope.local_administrator(), _day_of(year, today))
    known = load_tree(session, scope, _day_of(year, today)).organisations
    below = (
        _place(known[one], everything.below(one), year)
        for one in sorted(whole.units) if one in known and one != whole.id
    )
    return whole, *below


def gathered(
    places: Places, rows: Iterable[_Row], places_of: Callable[[_Row], Iterable[int | None]]
) -> dict[int, list[_Row]]:
    """Return by place the rows of its units, each once; `places_of` gives the organisations to which a row belongs."""
    around: dict[int, list[int]] = {}
    for place in places:
        for unit in place.units:
            around.setdefault(unit, []).append(place.id)
    found: dict[int, list[_Row]] = {place.id: [] for place in places}
    for row in rows:
        for one in {one for unit in places_of(row) if unit is not None for one in around.get(unit, ())}:
            found[one].append(row)
    return found


def _place(organisation: Organisation, units: frozenset[int], year: int) -> CyclePlace:
    return CyclePlace(organisation.id or 0, organisation.kind is OrganisationKind.SCHOOL, units, year)


def _day_of(year: int, today: date | None) -> date:
    return min(date(year, 8, 31), today or date.today())
