"""What a value says: the figure in the unit of its passport, its interval, and how it stands to the plan. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from core.analysis.intervals import wilson_of
from core.monitoring.passport_tables import Direction, IndicatorKind

YES, NO = 1.0, 0.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with the two parts that it was made of. Shares are per cent 0..100, with Wilson's 95 % interval.

    `value` is NaN where nobody is in the denominator; the interval is NaN for anything but shares.
    """

    kind: IndicatorKind
    value: float
    numerator: float | None
    denominator: float | None
    low: float = math.nan
    high: float = math.nan

    @property
    def is_known(self) -> bool:
        """Say whether there is a figure."""
        return not math.isnan(self.value)


class PlanState(StrEnum):
    """How the fact stands to the plan; the value is what the user reads."""

    NO_PLAN = "план не задан"
    REACHED = "план выполнен"
    WITHIN = "отличие от плана в пределах точности"
    MISSED = "план не выполнен"
    NO_FACT = "нет данных"

    @property
    def sign(self) -> str:
        """Return the sign that stands before the word."""
        return {"план не задан": "○", "план выполнен": "✓", "план не выполнен": "✗", "нет данных": "–"}.get(self, "≈")


def fact_of(
    kind: IndicatorKind, numerator: float | None, denominator: float | None, entered: float | None = None
) -> Fact | None:
    """Return what the stored parts say; None where they say nothing.

    >>> fact_of(IndicatorKind.SHARE, 3, 12).value
    25.0
    """
    if kind is IndicatorKind.SHARE:
        if numerator is None or denominator is None:
            return None
        if not denominator:
            return Fact(kind, math.nan, numerator, denominator)
        share = numerator / denominator
        low, high = wilson_of(min(max(share, 0.0), 1.0), denominator)
        return Fact(kind, 100 * share, numerator, denominator, 100 * low, 100 * high)
    if kind is IndicatorKind.MEAN and numerator is not None and denominator is not None:
        return Fact(kind, numerator / denominator if denominator else math.nan, numerator, denominator)
    if entered is None and kind is IndicatorKind.NUMBER:
        entered = numerator
    return None if entered is None else Fact(kind, entered, numerator, denominator)


def plan_state(fact: Fact | None, plan: float | None, direction: Direction) -> PlanState:
    """Return how the fact stands to the plan: missed only where the whole interval lies on the wrong side of it."""
    if fact is None or not fact.is_known:
        return PlanState.NO_FACT
    if plan is None:
        return PlanState.NO_PLAN
    more = direction is Direction.MORE
    if fact.value >= plan if more else fact.value <= plan:
        return PlanState.REACHED
    edge = fact.high if more else fact.low
    if not math.isnan(edge) and (edge >= plan if more else edge <= plan):
        return PlanState.WITHIN
    return PlanState.MISSED
