"""The scorecard: units × indicators × years, from accepted values, from the records, and summed upward.

A roll-up sums numerators and denominators, never percentages. Of each organisation below, as it belonged to the unit
in that year, it takes what was accepted last; for figures that the program counts itself, the records where nothing
was accepted yet. What people enter counts above only once it is accepted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import inspect, select
from sqlmodel import Session

from core.monitoring.access import seen_unit
from core.monitoring.automatic.computing import Computed, compute
from core.monitoring.automatic.registry import automatic
from core.monitoring.facts import Fact, PlanState, fact_of, plan_state
from core.monitoring.hiding import hidden_of, members_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport, list_passports, passports_of_year
from core.monitoring.reporting_year import reporting_year
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.people.organisations import Tree, load_tree, natural_key
from core.people.scope import Action, Scope
from core.people.suppression import Hidden
from core.people.tables import OrganisationKind


class Source(StrEnum):
    """Where a figure comes from; the value is what the user reads."""

    ACCEPTED = "принято"
    RECORDS = "по записям программы"
    ENTERED = "внесено, ещё не принято"
    SUM = "сумма по организациям"
    NOTHING = "нет данных"


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored value, apart from the database."""

    id: int
    state: ValueState
    plan: float | None
    numerator: float | None
    denominator: float | None
    fact: float | None
    is_accepted: bool
    accepted: tuple[float | None, float | None, float | None]
    """Numerator, denominator and fact that were accepted last."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one unit in one year."""

    organisation_id: int
    code: str
    year: int
    fact: Fact | None
    source: Source
    plan: float | None
    plan_state: PlanState
    state: ValueState | None
    """Of the unit's own value; None where there is none."""
    waiting: int = 0
    """Organisations below whose value is not accepted yet, and so not in the sum."""
    hidden: Hidden = Hidden.NO


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The cells by (organisation, code, year), with the units in the order asked for."""

    units: tuple[tuple[int, str], ...]
    """Ids and names."""
    years: tuple[int, ...]
    passports: Mapping[int, Mapping[str, Passport]]
    """By year and code."""
    cells: Mapping[tuple[int, str, int], Cell]

    def codes(self) -> tuple[str, ...]:
        """Return the codes of all years in the order of the catalogue."""
        return tuple(dict.fromkeys(code for year in reversed(self.years) for code in self.passports[year]))

    def passport(self, code: str) -> Passport:
        """Return the latest version of the passport among the years."""
        return next(self.passports[year][code] for year in reversed(self.years) if code in self.passports[year])

    def same_rules(self, code: str, year: int, later: int) -> bool:
        """Say whether the same version of the passport holds in both years."""
        first, second = self.passports[year].get(code), self.passports[later].get(code)
        return first is not None and second is not None and first.id == second.id


def scorecard(
    session: Session, scope: Scope, organisation_id: int, years: tuple[int, ...], codes: tuple[str, ...] = (),
    with_children: bool = False, today: date | None = None,
) -> Scorecard:
    """Return the figures of a unit, and of what stands directly below it, in these years (all indicators by default).

    Raises NotAllowed without the right, NotFound for a unit out of reach.
    """
    unit = seen_unit(session, scope, organisation_id)
    passports = list_passports(session, scope)
    by_year = {
        year: {code: one for code, one in passports_of_year(passports, year).items() if not codes or code in codes}
        for year in years
    }
    cells: dict[tuple[int, str, int], Cell] = {}
    units = {organisation_id: unit.name}
    everything = Scope.local_administrator()
    for year in years:
        tree = load_tree(session, everything, reporting_year(year, today).day)
        # What is hidden must not depend on which unit is looked at: sums of the units above would give it away.
        below = tree.below(_highest_seen(scope, tree, organisation_id))
        wanted = [organisation_id]
        if with_children:
            wanted += [key for key, parent in tree.parents.items() if parent == organisation_id]
            units |= {key: tree.organisations[key].name for key in wanted}
        stored = _stored(session, below, year, codes)
        computed = _computed(session, by_year[year].values(), stored, tree, below, year, today)
        summing = _Summing(tree, year, stored, computed)
        for passport in by_year[year].values():
            parts = summing.parts(passport, below)
            hidden = _hidden(scope, tree, passport, parts, below)
            for key in wanted:
                cells[key, passport.code, year] = summing.cell(passport, key, parts, hidden.get(key, Hidden.NO))
    return Scorecard(_ordered(units, organisation_id), years, by_year, cells)


@dataclass(frozen=True, slots=True)
class Part:
    """What one organisation adds to the sums above it: accepted, or from the records."""

    numerator: float
    denominator: float
    is_accepted: bool


class _Summing:
    """Sums the parts of one year upward."""

    def __init__(
        self, tree: Tree, year: int, stored: Mapping[tuple[int, str], Stored], computed: Computed
    ) -> None:
        self._tree, self._year, self._stored, self._computed = tree, year, stored, computed
        self._below = members_of(tree)

    def parts(self, passport: Passport, organisations: Iterable[int]) -> dict[int, Part]:
        """Return by organisation what it adds; those without anything are left out."""
        found: dict[int, Part] = {}
        own = self._computed.parts.get(passport.automatic, {})
        for key in organisations:
            stored = self._stored.get((key, passport.code))
            if stored is not None and stored.is_accepted:
                above, below, fact = stored.accepted
                if passport.kind is IndicatorKind.NUMBER and above is None:
                    above = fact
                if above is not None:
                    found[key] = Part(above, below or 0.0, True)
            elif key in own:
                found[key] = Part(own[key].numerator, own[key].denominator, False)
        return found

    def cell(self, passport: Passport, key: int, parts: Mapping[int, Part], hidden: Hidden) -> Cell:
        """Return the figure of a unit."""
        stored = self._stored.get((key, passport.code))
        fact, source, waiting = self._fact(passport, key, stored, parts)
        if hidden is not Hidden.NO:
            fact = None
        plan = stored.plan if stored is not None else None
        return Cell(
            key, passport.code, self._year, fact, source, plan, plan_state(fact, plan, passport.direction),
            stored.state if stored is not None else None, waiting, hidden,
        )

    def _fact(
        self, passport: Passport, key: int, stored: Stored | None, parts: Mapping[int, Part]
    ) -> tuple[Fact | None, Source, int]:
        kind = self._tree.organisations[key].kind if key in self._tree.organisations else OrganisationKind.SCHOOL
        is_school = kind is OrganisationKind.SCHOOL
        if stored is not None and stored.is_accepted:
            return fact_of(passport.kind, *stored.accepted), Source.ACCEPTED, 0
        below = self._below.get(key, frozenset())
        sums = {one: parts[one] for one in below if one in parts}
        adds_up = passport.kind is not IndicatorKind.DOCUMENT
        if adds_up and sums and (passport.automatic or not is_school):
            fact = fact_of(
                passport.kind, sum(part.numerator for part in sums.values()),
                sum(part.denominator for part in sums.values()),
            )
            waiting = 0 if passport.automatic else sum(
                one not in sums and self._tree.organisations[one].kind is OrganisationKind.SCHOOL for one in below
            )
            return fact, Source.RECORDS if passport.automatic else Source.SUM, waiting
        if stored is not None:
            fact = fact_of(passport.kind, stored.numerator, stored.denominator, stored.fact)
            if fact is not None:
                return fact, Source.ENTERED, 0
        return None, Source.NOTHING, 0


def _stored(
    session: Session, organisations: Collection[int], year: int, codes: Collection[str]
) -> dict[tuple[int, str], Stored]:
    # Thousands of rows: they are read as plain columns, past the objects of the session.
    columns = inspect(IndicatorValue).local_table.c
    query = select(
        columns.organisation_id, columns.code, columns.id, columns.state, columns.plan, columns.numerator,
        columns.denominator, columns.fact, columns.accepted_at.is_not(None), columns.accepted_numerator,
        columns.accepted_denominator, columns.accepted_fact,
    ).where(columns.year == year, columns.organisation_id.in_(organisations))
    if codes:
        query = query.where(columns.code.in_(codes))
    return {
        (row[0], row[1]): Stored(row[2], row[3], row[4], row[5], row[6], row[7], bool(row[8]), tuple(row[9:]))
        for row in session.connection().execute(query).all()
    }


def _computed(
    session: Session, passports: Iterable[Passport], stored: Mapping[tuple[int, str], Stored], tree: Tree,
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
        and not all(
            (value := stored.get((key, one.code))) is not None and value.is_accepted
            for key in (schools if automatic(one.automatic).kind.is_of_schools else organisations)
        )
    ]
    return compute(session, organisations if keys else [], year, keys, today)


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
    return hidden_of(scope, tree, {key: part.denominator for key, part in parts.items()}, organisations)


def _ordered(units: Mapping[int, str], first: int) -> tuple[tuple[int, str], ...]:
    rest = sorted(((key, name) for key, name in units.items() if key != first), key=lambda one: natural_key(one[1]))
    return ((first, units[first]), *rest)
