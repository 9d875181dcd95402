"""Marks of monitoring: targets and values of indicators by units and the reporting year."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, counted
from core.cycle.place import CyclePlace
from core.monitoring.passports import list_passports, passports_of_year
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.people.scope import Action, Scope
from core.words import plural

_ACCEPTED = frozenset({ValueState.ACCEPTED, ValueState.LOCKED})


def indicators_set(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many indicators have a target for the year."""
    passports = passports_of_year(list_passports(session, scope), place.year)
    planned = {row.code for row in _values(session, scope, place) if row.plan is not None} & set(passports)
    return counted(
        len(planned), len(passports),
        f"план задан у {len(planned)} из {plural(len(passports), 'показателя', 'показателей', 'показателей')}",
        f"Без плана на год: {plural(len(passports) - len(planned), 'показатель', 'показателя', 'показателей')}.",
    )


def values_entered(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many values of the year are entered, and how many of them are still drafts."""
    rows = [row for row in _values(session, scope, place) if row.fact is not None or row.numerator is not None]
    handed = sum(row.state not in (ValueState.DRAFT, ValueState.RETURNED) for row in rows)
    return counted(
        handed, len(rows), f"сдано {handed} из {plural(len(rows), 'значения', 'значений', 'значений')}",
        f"Не сдано: {plural(len(rows) - handed, 'значение', 'значения', 'значений')} показателей." if rows
        else "Значений показателей за этот год нет: введите их.",
    )


def values_accepted(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many of the entered values were accepted."""
    rows = [row for row in _values(session, scope, place) if row.fact is not None or row.numerator is not None]
    accepted = sum(row.state in _ACCEPTED for row in rows)
    return counted(
        accepted, len(rows), f"принято {accepted} из {plural(len(rows), 'значения', 'значений', 'значений')}",
        f"Не принято: {plural(len(rows) - accepted, 'значение', 'значения', 'значений')} показателей." if rows
        else "Принимать нечего: значений за этот год нет.",
    )


def _values(session: Session, scope: Scope, place: CyclePlace) -> list[IndicatorValue]:
    query = select(IndicatorValue).where(
        IndicatorValue.year == place.year, col(IndicatorValue.organisation_id).in_(place.units)
    )
    narrowed = scope.require(Action.VIEW_INDICATORS).within(query, col(IndicatorValue.organisation_id))
    return list(session.exec(narrowed))
