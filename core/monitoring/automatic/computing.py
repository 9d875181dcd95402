"""All automatic indicators of a unit in a year, from its own part and those of everything below it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.monitoring.automatic.counted import ByOrganisation, Counted
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import automatic
from core.monitoring.reporting_year import ReportingYear, reporting_year
from core.people.organisations import Tree, load_tree
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.store.answers import shared_answer

_ANYBODY = Scope.local_administrator()
"""A figure is the same for everybody who may see it."""


@dataclass(frozen=True, slots=True)
class Computed:
    """The own parts of the organisations of an area, by calculation and organisation."""

    tree: Tree
    """As of the year."""
    parts: Mapping[str, Mapping[int, Counted]]


def compute(
    session: Session, organisations: Iterable[int], year: int, keys: Iterable[str], today: date | None = None,
    tree: Tree | None = None,
) -> Computed:
    """Return the own parts of these organisations and of everything in their municipalities.

    A municipality is always counted as a whole, so that a figure does not depend on who asks: weak spots, for one, are
    found by comparison with the other schools. The caller asks for the right to see the organisations, and gives the
    tree of all organisations as of the year where it has one.
    """
    days = reporting_year(year, today)
    tree = tree or load_tree(session, Scope.local_administrator(), days.day)
    wanted = tuple(dict.fromkeys(keys))
    parts: dict[str, dict[int, Counted]] = {key: {} for key in wanted}
    if not days.has_begun:
        return Computed(tree, parts)
    for area in _areas(tree, organisations):
        schools = frozenset(one for one in area if tree.organisations[one].kind is OrganisationKind.SCHOOL)
        for group in _groups(wanted):
            for key, counted in _calculated(session, _ANYBODY, days, area, schools, group).items():
                parts[key].update(counted)
    return Computed(tree, parts)


def _groups(keys: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the calculations of each kind of record together: they share what they read, and change together."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        found[automatic(key).area].append(key)
    return [tuple(group) for group in found.values()]


@shared_answer
def _calculated(
    session: Session, _scope: Scope, days: ReportingYear, area: frozenset[int], schools: frozenset[int],
    keys: tuple[str, ...],
) -> dict[str, ByOrganisation]:
    records = Records(session, days, area, schools)
    return {key: automatic(key).calculate(records) for key in keys}


def _areas(tree: Tree, organisations: Iterable[int]) -> set[frozenset[int]]:
    """Return the municipalities of the organisations with their schools; what stands in none is an area of its own."""
    asked = set(organisations)
    towns: set[int] = set()
    found: set[frozenset[int]] = set()
    for unit, row in tree.organisations.items():
        line = [row, *tree.above(unit)]
        if asked.isdisjoint(one.id or 0 for one in line):
            continue
        town = next((one.id or 0 for one in reversed(line) if one.kind is OrganisationKind.MUNICIPALITY), None)
        if town is None:
            found.add(frozenset({unit}))
        else:
            towns.add(town)
    found |= {frozenset(key for key in tree.below(town) if key in tree.organisations) for town in towns}
    return found
