"""A school beside the others of its group of schools in like circumstances: sums of parts, never means of percentages.

Told is only what gives nobody away. Fewer than three other schools are no group: one or two could be worked out. What
is hidden outside a school is left out of the sum for everybody, so that subtraction of what is seen does not tell it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.monitoring.access import seen_unit
from core.monitoring.automatic.computing import compute
from core.monitoring.automatic.registry import automatic
from core.monitoring.cells import Cell
from core.monitoring.facts import Fact, fact_of
from core.monitoring.hiding import hidden_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport
from core.monitoring.reporting_year import reporting_year
from core.monitoring.scorecard import scorecard
from core.monitoring.stored_values import accepted_parts
from core.monitoring.summing import Part, parts_of
from core.monitoring.targets import clusters_in
from core.monitoring.trend import Step, step
from core.people.organisations import Tree, load_tree
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import OrganisationKind

FEWEST_SCHOOLS = 3
"""Other schools with a figure from which a group is compared with."""


@dataclass(frozen=True, slots=True)
class Similar:
    """The other schools of a school's group in a reporting year."""

    cluster: str
    others: int
    """Schools of the group besides this one."""
    counted: int
    """Those of them whose figure is in the sum."""
    withheld: int
    """Those whose figure is hidden outside them, and so not in the sum."""
    pooled: Fact | None
    """Sums of numerators and denominators; of numbers the mean of the schools. None where the schools are too few."""
    difference: Step
    """Of the school against the others."""

    @property
    def is_few(self) -> bool:
        """Say whether there are too few schools to compare with."""
        return self.counted < FEWEST_SCHOOLS


def similar_schools(
    session: Session, scope: Scope, organisation_id: int, year: int, codes: tuple[str, ...] = (),
    today: date | None = None,
) -> dict[str, Similar]:
    """Return by code the others of the school's group as of the year (of all indicators by default).

    Nothing for what is no school, for a school without a group, for indicators of documents, and where the school's
    own figure is hidden from the person. Raises as `scorecard` does.
    """
    unit = seen_unit(session, scope, organisation_id)
    clusters = clusters_in(session, year)
    if unit.kind is not OrganisationKind.SCHOOL or organisation_id not in clusters:
        return {}
    card = scorecard(session, scope, organisation_id, (year,), codes, today=today)
    passports = [one for one in card.passports[year].values() if one.kind is not IndicatorKind.DOCUMENT]
    tree = load_tree(session, Scope.local_administrator(), reporting_year(year, today).day)
    line = [organisation_id, *(one.id or 0 for one in tree.above(organisation_id))]
    area = tree.below(line[-1])
    others = {
        key for key in area - {organisation_id}
        if clusters.get(key) == clusters[organisation_id] and _is_school(tree, key)
    }
    accepted = accepted_parts(session, area, (year,), [one.code for one in passports])
    computed = compute(session, area, year, [one.automatic for one in passports if one.automatic], today, tree)
    found: dict[str, Similar] = {}
    for passport in passports:
        own = card.cells[organisation_id, passport.code, year]
        if own.hidden is not Hidden.NO or not passport.is_reported_by(OrganisationKind.SCHOOL):
            continue
        parts = parts_of(passport, year, accepted, computed, area)
        withheld = _withheld(tree, passport, parts, area)
        found[passport.code] = _similar(clusters[organisation_id], passport, own, parts, others, withheld)
    return found


def _similar(
    cluster: str, passport: Passport, own: Cell, parts: Mapping[int, Part], others: Collection[int],
    withheld: Collection[int],
) -> Similar:
    counted = [parts[key] for key in sorted(others) if key in parts and key not in withheld]
    pooled = _pooled(passport.kind, counted) if len(counted) >= FEWEST_SCHOOLS else None
    change = step(pooled, own.fact) if passport.kind is not IndicatorKind.NUMBER else step(None, own.fact)
    return Similar(cluster, len(others), len(counted), sum(key in withheld for key in others), pooled, change)


def _pooled(kind: IndicatorKind, parts: Iterable[Part]) -> Fact | None:
    known = tuple(parts)
    above, below = sum(part[0] for part in known), sum(part[1] for part in known)
    if kind is IndicatorKind.NUMBER:
        return Fact(kind, above / len(known), above, float(len(known)))
    return fact_of(kind, above, below)


def _withheld(tree: Tree, passport: Passport, parts: Mapping[int, Part], area: Collection[int]) -> frozenset[int]:
    """Return the organisations whose figure is hidden from somebody above: in the whole area, or in a part of it."""
    if not passport.automatic or not automatic(passport.automatic).kind.is_sensitive:
        return frozenset()
    outside = Scope(None, "", frozenset(area), frozenset(), None, None, frozenset({Action.VIEW_INDICATORS}))
    towns = [key for key in area if key in tree.organisations and not _is_school(tree, key)]
    found: set[int] = set()
    for within in (frozenset(area), *(tree.below(town) for town in towns)):
        counts = {key: part[1] for key, part in parts.items() if key in within}
        found |= hidden_of(outside, tree, counts, within).keys()
    return frozenset(found)


def _is_school(tree: Tree, key: int) -> bool:
    return key in tree.organisations and tree.organisations[key].kind is OrganisationKind.SCHOOL
