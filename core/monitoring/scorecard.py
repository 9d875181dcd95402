"""The scorecard: units × indicators × years, from accepted values, from the records, and summed upward.

A roll-up sums numerators and denominators, never percentages. Of each organisation below, as it belonged to the unit
in that year, it takes what was accepted last; for figures that the program counts itself, the records where nothing
was accepted yet. What people enter counts above only once it is accepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlmodel import Session

from core.monitoring.access import seen_unit
from core.monitoring.automatic.computing import Computed, compute
from core.monitoring.automatic.registry import automatic
from core.monitoring.cells import Cell, Scorecard, Source
from core.monitoring.hiding import hidden_of
from core.monitoring.passports import Passport, list_passports, passports_of_year
from core.monitoring.reporting_year import reporting_year
from core.monitoring.stored_values import AcceptedParts, accepted_parts, stored_values
from core.monitoring.summing import Part, Summing
from core.monitoring.targets import targets_of_year
from core.people.organisations import Tree, load_trees, natural_key
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import OrganisationKind
from core.store.answers import shared_answer

__all__ = ["Cell", "Scorecard", "Source", "scorecard"]


def scorecard(
    session: Session, scope: Scope, organisation_id: int, years: tuple[int, ...], codes: tuple[str, ...] = (),
    with_children: bool = False, today: date | None = None,
) -> Scorecard:
    """Return the figures of a unit, and of what stands directly below it, in these years (all indicators by default).

    Raises NotAllowed without the right, NotFound for a unit out of reach.
    """
    unit = seen_unit(session, scope, organisation_id)
    by_year = _passports(session, scope, organisation_id, years, codes)
    trees = _trees(session, years, today)
    units = {organisation_id: unit.name}
    if with_children:
        for tree in trees.values():
            units |= {key: tree.organisations[key].name for key in _children(tree, organisation_id)}
    cells: dict[tuple[int, str, int], Cell] = {}
    for group in _groups(by_year):
        cells |= _cells(session, scope, organisation_id, years, group, with_children, today)
    return Scorecard(_ordered(units, organisation_id), years, by_year, cells)


def _passports(
    session: Session, scope: Scope, organisation_id: int, years: tuple[int, ...], codes: tuple[str, ...]
) -> dict[int, dict[str, Passport]]:
    """Return by year and code the passports that hold for the unit."""
    passports = list_passports(session, scope, organisation_id)
    return {
        year: {code: one for code, one in passports_of_year(passports, year).items() if not codes or code in codes}
        for year in years
    }


def _trees(session: Session, years: tuple[int, ...], today: date | None) -> dict[int, Tree]:
    """Return by year who belonged to whom, whoever asks."""
    days = {year: reporting_year(year, today).day for year in years}
    by_day = load_trees(session, Scope.local_administrator(), days.values())
    return {year: by_day[day] for year, day in days.items()}


def _groups(by_year: Mapping[int, Mapping[str, Passport]]) -> list[tuple[str, ...]]:
    """Return the codes whose figures follow from the same kind of records, and so change together."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for passports in by_year.values():
        for code, one in passports.items():
            found[automatic(one.automatic).area if one.automatic else ""][code] = None
    return [tuple(codes) for codes in found.values()]


@shared_answer
def _cells(
    session: Session, scope: Scope, organisation_id: int, years: tuple[int, ...], codes: tuple[str, ...],
    with_children: bool, today: date | None,
) -> dict[tuple[int, str, int], Cell]:
    """Return the figures by unit, code and year."""
    by_year = _passports(session, scope, organisation_id, years, codes)
    trees = _trees(session, years, today)
    # What is hidden must not depend on which unit is looked at: sums of the units above would give it away.
    below = {year: tree.below(_highest_seen(scope, tree, organisation_id)) for year, tree in trees.items()}
    wanted = {
        year: [organisation_id, *_children(tree, organisation_id)] if with_children else [organisation_id]
        for year, tree in trees.items()
    }
    accepted = accepted_parts(session, frozenset().union(*below.values()), years, codes)
    stored = stored_values(session, {key for keys in wanted.values() for key in keys}, years, codes)
    cells: dict[tuple[int, str, int], Cell] = {}
    for year, tree in trees.items():
        computed = _computed(session, by_year[year].values(), accepted, tree, below[year], year, today)
        targets = targets_of_year(session, tree, year, codes)
        summing = Summing(tree, year, accepted, stored, computed, targets)
        for passport in by_year[year].values():
            parts = summing.parts(passport, below[year])
            hidden = _hidden(scope, tree, passport, parts, below[year])
            for key in wanted[year]:
                cells[key, passport.code, year] = summing.cell(passport, key, parts, hidden.get(key, Hidden.NO))
    return cells


def _children(tree: Tree, organisation_id: int) -> list[int]:
    return [key for key, parent in tree.parents.items() if parent == organisation_id]


def _computed(
    session: Session, passports: Iterable[Passport], accepted: AcceptedParts, tree: Tree,
    organisations: Collection[int], year: int, today: date | None,
) -> Computed:
    """Count what the records are still needed for: not where everything that can have a part was accepted."""
    schools = {
        key for key in organisations if key in tree.organisations
        and tree.organisations[key].kind is OrganisationKind.SCHOOL
    }
    keys = [
        one.automatic
        for one in passports
        if one.automatic
        and not accepted.get((year, one.code), {}).keys()
        >= (schools if automatic(one.automatic).kind.is_of_schools else set(organisations))
    ]
    return compute(session, organisations if keys else [], year, keys, today, tree)


def _highest_seen(scope: Scope, tree: Tree, organisation_id: int) -> int:
    """Return the highest organisation above the unit whose figures the person sees too; the unit where none is."""
    if scope.own_schools is None:
        return organisation_id
    reach = scope.require(Action.VIEW_INDICATORS)
    seen = [above.id or 0 for above in tree.above(organisation_id) if reach.sees_organisation(above.id or 0)]
    return seen[-1] if seen else organisation_id


def _hidden(
    scope: Scope, tree: Tree, passport: Passport, parts: Mapping[int, Part], organisations: Collection[int]
) -> dict[int, Hidden]:
    if not passport.automatic or not automatic(passport.automatic).kind.is_sensitive:
        return {}
    return hidden_of(scope, tree, {key: part[1] for key, part in parts.items()}, organisations)


def _ordered(units: Mapping[int, str], first: int) -> tuple[tuple[int, str], ...]:
    rest = sorted(((key, name) for key, name in units.items() if key != first), key=lambda one: natural_key(one[1]))
    return ((first, units[first]), *rest)
