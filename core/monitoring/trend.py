"""Change between two years: an arrow only where it is larger than chance allows. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from core.analysis.intervals import Z95, newcombe
from core.monitoring.facts import Fact
from core.monitoring.passport_tables import Direction, IndicatorKind


class Move(StrEnum):
    """Which way a figure went; the value is what the user reads."""

    UP = "рост"
    DOWN = "снижение"
    SAME = "без заметных изменений"
    UNKNOWN = "не с чем сравнить"
    BROKEN = "правила счёта изменились"


@dataclass(frozen=True, slots=True)
class Step:
    """The change from one year to another, in the unit of the figure; NaN where there is nothing to compare."""

    move: Move
    difference: float = math.nan
    low: float = math.nan
    high: float = math.nan

    def sign(self, direction: Direction) -> str:
        """Return arrow and word for better or worse, so that no colour speaks alone."""
        match self.move:
            case Move.UP:
                return "▲ лучше" if direction is Direction.MORE else "▲ хуже"
            case Move.DOWN:
                return "▼ хуже" if direction is Direction.MORE else "▼ лучше"
            case Move.SAME:
                return "≈ без изменений"
            case Move.BROKEN:
                return "┆ другие правила"
        return ""


def step(before: Fact | None, after: Fact | None, *, same_rules: bool = True) -> Step:
    """Return the change between two years.

    Shares: Newcombe's interval of the difference of independent shares (Newcombe R. G. (1998), Statistics in Medicine
    17, method 10). Numbers of events: normal approximation of the difference of two Poisson counts. Means of sums are
    stored without their spread, so for them no arrow is drawn; «да/нет» moves when it differs.
    """
    if not same_rules:
        return Step(Move.BROKEN)
    if before is None or after is None or not before.is_known or not after.is_known:
        return Step(Move.UNKNOWN)
    difference = after.value - before.value
    if after.kind is IndicatorKind.SHARE:
        low, high = newcombe(
            after.value / 100, after.denominator or 0.0, before.value / 100, before.denominator or 0.0
        )
        return _judged(difference, 100 * float(low), 100 * float(high))
    if after.kind is IndicatorKind.NUMBER:
        half = Z95 * math.sqrt(max(after.value + before.value, 0.0))
        return _judged(difference, difference - half, difference + half)
    if after.kind is IndicatorKind.DOCUMENT:
        return Step(Move.SAME if difference == 0 else Move.UP if difference > 0 else Move.DOWN, difference)
    return Step(Move.SAME, difference)


def _judged(difference: float, low: float, high: float) -> Step:
    move = Move.UP if low > 0 else Move.DOWN if high < 0 else Move.SAME
    return Step(move, difference, low, high)
