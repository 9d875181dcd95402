"""A part of a whole with its interval, beside the same of a year ago. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from core.monitoring.facts import Fact, fact_of
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.trend import Step, step


@dataclass(frozen=True, slots=True)
class Portion:
    """So many of so many; `whole` 0: there is nothing to count."""

    part: int
    whole: int

    @property
    def fact(self) -> Fact | None:
        """Return the share in per cent with Wilson's 95 % interval; None where there is nothing to count."""
        return fact_of(IndicatorKind.SHARE, self.part, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the glance. `compared` are both years on what can be compared, which may be less than everything."""

    now: Portion
    compared: tuple[Portion, Portion] | None = None
    """A year ago and now; None where nothing can be compared."""

    @property
    def change(self) -> Step:
        """Return the change of the share since a year ago: an arrow only where it is larger than chance allows."""
        before, after = self.compared or (Portion(0, 0), Portion(0, 0))
        return step(before.fact, after.fact)


def beside(now: Portion, before: Portion) -> Number:
    """Return a number that is compared with that of a year ago as it stands.

    >>> beside(Portion(30, 40), Portion(10, 40)).change.move.value
    'рост'
    """
    return Number(now, (before, now) if now.whole and before.whole else None)
