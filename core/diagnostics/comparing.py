"""The change of a share between two waves: of the same people where there are enough, else of two groups. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.intervals import newcombe, wilson

Floats = NDArray[np.float64]

FEWEST_PAIRS = 5
"""Fewer people who answered both times are not compared with themselves."""
SMALL_SAMPLE = 10
"""Fewer are marked «малая выборка» (domain.md §8)."""


@dataclass(frozen=True, slots=True)
class Change:
    """Shares 0..1 before and after, their difference with its 95 % interval, and who stands behind it."""

    before: float
    after: float
    change: float
    low: float
    high: float
    n_before: int
    n_after: int
    pairs: int
    """How many answered both times; all others are left out when `is_paired`."""
    is_paired: bool

    @property
    def is_certain(self) -> bool:
        """Say whether the interval of the change leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def is_small(self) -> bool:
        """Say whether so few answered that the change is only a hint."""
        return (self.pairs if self.is_paired else min(self.n_before, self.n_after)) < SMALL_SAMPLE


def change_of(before: Floats, after: Floats, pairs: list[tuple[int, int]], *, paired: bool = True) -> Change | None:
    """Return the change of the share of ones; None when nobody answered one of the times.

    `before` and `after` hold 1, 0 or NaN for each respondent of a wave; `pairs` are the places of the same person in
    both. People who answered both times are compared with themselves when `paired` allows it and they are at least
    five and at least half of the smaller group: otherwise it would be about a part that nobody chose.
    """
    both = [(one, other) for one, other in pairs if not (np.isnan(before[one]) or np.isnan(after[other]))]
    first, second = before[~np.isnan(before)], after[~np.isnan(after)]
    if not first.size or not second.size:
        return None
    if paired and len(both) >= FEWEST_PAIRS and 2 * len(both) >= min(first.size, second.size):
        places = np.array(both)
        was, now = before[places[:, 0]], after[places[:, 1]]
        low, high = paired_interval(now, was)
        return Change(
            float(was.mean()), float(now.mean()), float(now.mean() - was.mean()), low, high, first.size, second.size,
            len(both), is_paired=True,
        )
    bounds = newcombe(second.mean(), second.size, first.mean(), first.size)
    return Change(
        float(first.mean()), float(second.mean()), float(second.mean() - first.mean()), float(bounds[0]),
        float(bounds[1]), first.size, second.size, len(both), is_paired=False,
    )


def paired_interval(first: Floats, second: Floats) -> tuple[float, float]:
    """Return (low, high) of the difference of two shares of the same n people, first − second.

    Both arrays hold ones and zeros. Source: Newcombe R. G. (1998), Improved confidence intervals for the difference
    between binomial proportions based on paired data, Statistics in Medicine 17, 2635–2650, method 10: Wilson's
    intervals of both shares, joined with the correlation φ of the answers (continuity-corrected where positive).
    """
    n = first.size
    both, only_first = float((first * second).sum()), float((first * (1 - second)).sum())
    only_second, neither = float(((1 - first) * second).sum()), float(((1 - first) * (1 - second)).sum())
    one, other = (both + only_first) / n, (both + only_second) / n
    low, high = wilson([one, other], [n, n])
    phi = _correlation(both, only_first, only_second, neither)
    down, up = one - low[0], high[1] - other
    left = one - other - np.sqrt(max(0.0, down**2 - 2 * phi * down * up + up**2))
    up, down = high[0] - one, other - low[1]
    right = one - other + np.sqrt(max(0.0, up**2 - 2 * phi * up * down + down**2))
    return float(left), float(right)


def _correlation(both: float, only_first: float, only_second: float, neither: float) -> float:
    """Return Newcombe's φ: corrected by n/2 where positive, 0 where a margin is empty."""
    margins = (both + only_first) * (only_second + neither) * (both + only_second) * (only_first + neither)
    if margins <= 0:
        return 0.0
    product = both * neither - only_first * only_second
    n = both + only_first + only_second + neither
    if product > 0:
        product = max(product - n / 2, 0.0)
    return float(product / np.sqrt(margins))
