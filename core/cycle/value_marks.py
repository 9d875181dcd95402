"""Marks of monitoring: targets and values of indicators by units and the reporting year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, MarksByPlace, counted, each_marked
from core.cycle.place import Places, gathered
from core.cycle.records import Derived
from core.monitoring.passports import list_passports, passports_of_year
from core.monitoring.reporting_year import reporting_year
from core.monitoring.targets import targets_of_year
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.words import plural

_ACCEPTED = frozenset({ValueState.ACCEPTED, ValueState.LOCKED})
_NOT_HANDED_IN = frozenset({ValueState.DRAFT, ValueState.RETURNED})


class _Value(NamedTuple):
    organisation_id: int
    code: str
    state: ValueState
    plan: float | None
    fact: float | None
    numerator: float | None

    @property
    def is_entered(self) -> bool:
        """Say whether there is a value, and not only a target."""
        return self.fact is not None or self.numerator is not None


def value_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return what is planned, entered and accepted; raise NotAllowed without the right to see indicators."""
    visible = scope.require(Action.VIEW_INDICATORS)
    year = places[0].year
    query = select(*(getattr(IndicatorValue, name) for name in _Value._fields)).where(
        IndicatorValue.year == year, col(IndicatorValue.organisation_id).in_(places[0].units)
    )
    values = (_Value(*row) for row in session.exec(visible.within(query, col(IndicatorValue.organisation_id))))
    targets = _targets(session, year, {unit for unit in places[0].units if visible.sees_organisation(unit)})
    passports = passports_of_year(list_passports(session, scope), year)
    return each_marked(gathered(places, chain(values, targets), lambda row: (row.organisation_id,)), {
        Derived.INDICATORS_SET: lambda rows: _set(rows, passports),
        Derived.VALUES_ENTERED: _entered,
        Derived.VALUES_ACCEPTED: _accepted,
    })


def _targets(session: Session, year: int, units: Collection[int]) -> Iterator[_Value]:
    """Give the targets of the year that hold for these units, whoever set them, as values without a figure."""
    tree = load_tree(session, Scope.local_administrator(), reporting_year(year).day)
    targets = targets_of_year(session, tree, year)
    for code in targets.codes:
        for unit in units:
            found = targets.of(unit, code, None)
            if found is not None:
                yield _Value(unit, code, ValueState.DRAFT, found.value, None, None)


def _set(values: Sequence[_Value], passports: Collection[str]) -> Mark:
    """How many indicators have a target for the year."""
    planned, whole = len({row.code for row in values if row.plan is not None and row.code in passports}), len(passports)
    return counted(
        planned, whole, f"план задан у {planned} из {plural(whole, 'показателя', 'показателей', 'показателей')}",
        f"Без плана на год: {plural(whole - planned, 'показатель', 'показателя', 'показателей')}.",
    )


def _entered(values: Sequence[_Value]) -> Mark:
    """How many values of the year are entered, and how many of them are still drafts."""
    rows = [row for row in values if row.is_entered]
    handed = sum(row.state not in _NOT_HANDED_IN for row in rows)
    return counted(
        handed, len(rows), f"сдано {handed} из {plural(len(rows), 'значения', 'значений', 'значений')}",
        f"Не сдано: {plural(len(rows) - handed, 'значение', 'значения', 'значений')} показателей." if rows
        else "Значений показателей за этот год нет: введите их.",
    )


def _accepted(values: Sequence[_Value]) -> Mark:
    """How many of the entered values were accepted."""
    rows = [row for row in values if row.is_entered]
    accepted = sum(row.state in _ACCEPTED for row in rows)
    return counted(
        accepted, len(rows), f"принято {accepted} из {plural(len(rows), 'значения', 'значений', 'значений')}",
        f"Не принято: {plural(len(rows) - accepted, 'значение', 'значения', 'значений')} показателей." if rows
        else "Принимать нечего: значений за этот год нет.",
    )
