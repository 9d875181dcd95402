"""Summing the parts of one year upward: numerators and denominators, never percentages. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from core.monitoring.automatic.computing import Computed
from core.monitoring.cells import Cell, Source
from core.monitoring.facts import Fact, fact_of, plan_state
from core.monitoring.hiding import members_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport
from core.monitoring.stored_values import AcceptedParts, Stored
from core.monitoring.targets import Targets
from core.people.organisations import Tree
from core.people.suppression import Hidden
from core.people.tables import OrganisationKind

Part: TypeAlias = tuple[float, float]
"""What one organisation adds to the sums above it: numerator and denominator, accepted or from the records."""


def parts_of(
    passport: Passport, year: int, accepted: AcceptedParts, computed: Computed, organisations: Collection[int]
) -> dict[int, Part]:
    """Return by organisation what it adds to sums above it; those without anything are left out."""
    known = accepted.get((year, passport.code), {})
    by_fact = passport.kind is IndicatorKind.NUMBER
    found: dict[int, Part] = {}
    for key, (numerator, denominator, fact) in known.items():
        above = fact if numerator is None and by_fact else numerator
        if above is not None and key in organisations:
            found[key] = above, denominator or 0.0
    for key, own in computed.parts.get(passport.automatic, {}).items():
        if key in organisations and key not in known:
            found[key] = own.numerator, own.denominator
    return found


class Summing:
    """The figures of one year from what was accepted, what the records say, and what the shown units entered."""

    def __init__(
        self, tree: Tree, year: int, accepted: AcceptedParts, stored: Mapping[tuple[int, str, int], Stored],
        computed: Computed, targets: Targets,
    ) -> None:
        self._tree, self._year, self._accepted, self._stored = tree, year, accepted, stored
        self._computed, self._targets = computed, targets
        self._below = members_of(tree)
        self._schools = {
            key for key, unit in tree.organisations.items() if unit.kind is OrganisationKind.SCHOOL
        }

    def parts(self, passport: Passport, organisations: Collection[int]) -> dict[int, Part]:
        """Return by organisation what it adds; those without anything are left out."""
        return parts_of(passport, self._year, self._accepted, self._computed, organisations)

    def cell(self, passport: Passport, key: int, parts: Mapping[int, Part], hidden: Hidden) -> Cell:
        """Return the figure of a unit."""
        stored = self._stored.get((key, passport.code, self._year))
        fact, source, waiting = self._fact(passport, key, stored, parts)
        if hidden is not Hidden.NO:
            fact = None
        target = self._targets.of(key, passport.code, stored.plan if stored is not None else None)
        plan = target.value if target is not None else None
        return Cell(
            key, passport.code, self._year, fact, source, plan, plan_state(fact, plan, passport.direction),
            stored.state if stored is not None else None, waiting, hidden, target.origin if target is not None else "",
        )

    def _fact(
        self, passport: Passport, key: int, stored: Stored | None, parts: Mapping[int, Part]
    ) -> tuple[Fact | None, Source, int]:
        if stored is not None and stored.accepted is not None:
            return fact_of(passport.kind, *stored.accepted), Source.ACCEPTED, 0
        is_school = key in self._schools or key not in self._tree.organisations
        adds_up = passport.kind is not IndicatorKind.DOCUMENT and (bool(passport.automatic) or not is_school)
        below = self._below.get(key, frozenset())
        sums = [parts[one] for one in below if one in parts] if adds_up else []
        if sums:
            fact = fact_of(passport.kind, sum(part[0] for part in sums), sum(part[1] for part in sums))
            if passport.automatic:
                return fact, Source.RECORDS, 0
            return fact, Source.SUM, sum(one in self._schools and one not in parts for one in below)
        if stored is not None:
            fact = fact_of(passport.kind, *stored.entered)
            if fact is not None:
                return fact, Source.ENTERED, 0
        return None, Source.NOTHING, 0
