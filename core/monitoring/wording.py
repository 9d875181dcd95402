"""Figures of indicators in words."""

from __future__ import annotations

import math

from core.monitoring.facts import NO, Fact, PlanState
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport
from core.monitoring.scorecard import Cell
from core.people.suppression import Hidden
from core.words import interval, number


def fact_words(passport: Passport, fact: Fact | None) -> str:
    """Return «84,5 % (82,7–86,2 %), 1 375 из 1 627», «12 заседаний», «да», «нет данных»."""
    if fact is None:
        return "нет данных"
    if not fact.is_known:
        return "не к кому отнести"
    match passport.kind:
        case IndicatorKind.SHARE:
            parts = f"{number(fact.numerator or 0)} из {number(fact.denominator or 0)}"
            if math.isnan(fact.low):
                return f"{number(fact.value, 1)} %, {parts}"
            return f"{number(fact.value, 1)} % ({interval(fact.low / 100, fact.high / 100)}), {parts}"
        case IndicatorKind.DOCUMENT:
            return "нет" if fact.value == NO else "да"
        case IndicatorKind.MEAN:
            return f"{number(fact.value, 1)} (n = {number(fact.denominator or 0)})"
    return number(fact.value)


def short_words(passport: Passport, cell: Cell | None) -> str:
    """Return the figure of a cell for a narrow column: «84,5 %», «12», «да», «скрыто», «—»."""
    if cell is None:
        return ""
    if cell.hidden is not Hidden.NO:
        return "скрыто"
    if cell.fact is None:
        return "—"
    if not cell.fact.is_known:
        return "0 из 0"
    match passport.kind:
        case IndicatorKind.SHARE:
            return f"{number(cell.fact.value, 1)} % из {number(cell.fact.denominator or 0)}"
        case IndicatorKind.DOCUMENT:
            return "нет" if cell.fact.value == NO else "да"
        case IndicatorKind.MEAN:
            return number(cell.fact.value, 1)
    return number(cell.fact.value)


def source_words(cell: Cell) -> str:
    """Return where the figure of a cell comes from and what is missing in it."""
    if cell.hidden is not Hidden.NO:
        return cell.hidden.words
    if cell.waiting:
        return f"{cell.source.value}; ещё не принято школ: {cell.waiting}"
    return cell.source.value


def plan_words(passport: Passport, cell: Cell, *, with_origin: bool = True) -> str:
    """Return «✓ план выполнен (90 %, цель школы)»; only the sign and word where there is no plan."""
    if cell.plan is None:
        return f"{PlanState.NO_PLAN.sign} {PlanState.NO_PLAN.value}"
    whose = f", {cell.plan_origin}" if cell.plan_origin and with_origin else ""
    unit = " %" if passport.kind is IndicatorKind.SHARE else ""
    plan = number(cell.plan, 1 if cell.plan % 1 else 0)
    return f"{cell.plan_state.sign} {cell.plan_state.value} ({plan}{unit}{whose})"
