"""Indices of marks, their agreement with the journal, and the distribution of primary scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.intervals import Z95, wilson

Integers = NDArray[np.integer]

LEARNING_WEIGHTS = (0.16, 0.36, 0.64, 1.0)
"""Weights of the marks 2, 3, 4, 5 in СОУ (степень обученности, В. П. Симонов)."""
WIDE_GAP = 2
"""A gap to the journal of two marks and more is looked at case by case (ФИОКО 2026)."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share 0..1 with its 95 % interval (Wilson); NaN when there is nobody."""

    count: int
    n: int
    value: float
    low: float
    high: float

    @classmethod
    def of(cls, count: int, n: int) -> Share:
        """Return the share of `count` in `n`."""
        value = count / n if n else float("nan")
        low, high = wilson(value, n)
        return cls(count, n, value, float(low), float(high))


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its 95 % interval x̄ ± 1.96·s/√n; the interval is NaN for fewer than two values."""

    n: int
    value: float
    low: float
    high: float

    @classmethod
    def of(cls, values: NDArray[np.floating] | Integers) -> Mean:
        """Return the mean of the values."""
        n = values.size
        value = float(values.mean()) if n else float("nan")
        half = Z95 * float(values.std(ddof=1)) / n**0.5 if n > 1 else float("nan")
        return cls(n, value, value - half, value + half)


@dataclass(frozen=True, slots=True)
class MarkIndices:
    """Indices of the marks 2..5; participants without a mark are left out."""

    counts: tuple[int, int, int, int]
    """How many 2, 3, 4, 5."""
    passed: Share
    """Успеваемость: 3, 4 and 5."""
    quality: Share
    """Качество знаний: 4 and 5."""
    learning: Mean
    """СОУ, share 0..1."""
    mean: Mean

    @property
    def n(self) -> int:
        """Return how many participants have a mark."""
        return self.mean.n


def has_marks(marks: Integers) -> NDArray[np.bool_]:
    """Say which participants have a mark 2..5."""
    found: NDArray[np.bool_] = (marks >= 2) & (marks <= 5)
    return found


def mark_indices(marks: Integers) -> MarkIndices:
    """Return the indices for marks 2..5 (0 = no mark). Formulas: domain.md §3.4 (В. П. Симонов for СОУ)."""
    known = marks[has_marks(marks)].astype(np.int64)
    counts = np.bincount(known, minlength=6)[2:6]
    n = int(known.size)
    weights = np.array(LEARNING_WEIGHTS)[known - 2]
    return MarkIndices(
        counts=(int(counts[0]), int(counts[1]), int(counts[2]), int(counts[3])),
        passed=Share.of(int(counts[1:].sum()), n), quality=Share.of(int(counts[2:].sum()), n),
        learning=Mean.of(weights), mean=Mean.of(known),
    )


@dataclass(frozen=True, slots=True)
class JournalComparison:
    """Marks of the work against marks of the journal, over participants who have both."""

    n: int
    lowered: Share
    confirmed: Share
    raised: Share
    wide_gap: Share
    """Gap of two marks and more, either way."""


def journal_comparison(marks: Integers, journal: Integers) -> JournalComparison:
    """Return who lowered (mark < journal), confirmed and raised the journal's mark."""
    both = has_marks(marks) & has_marks(journal)
    gap = marks[both].astype(np.int64) - journal[both].astype(np.int64)
    n = int(gap.size)
    return JournalComparison(
        n, Share.of(int((gap < 0).sum()), n), Share.of(int((gap == 0).sum()), n), Share.of(int((gap > 0).sum()), n),
        Share.of(int((np.abs(gap) >= WIDE_GAP).sum()), n),
    )


def nobody_compared() -> JournalComparison:
    """Return the comparison of nobody, for where it must not be shown."""
    nobody = np.zeros(0, dtype=np.int8)
    return journal_comparison(nobody, nobody)


@dataclass(frozen=True, slots=True)
class ScoreDistribution:
    """How many participants have each primary score 0..maximum, and what describes it; NaN when there is nobody."""

    counts: NDArray[np.int64]
    n: int
    minimum: float
    median: float
    maximum: float
    mean: Mean
    quartile_ratio: float
    """P25 / P75 · 100: the nearer to 100, the more alike the participants (domain.md §1.10); NaN when P75 is 0."""


def score_shares(distribution: ScoreDistribution) -> NDArray[np.float64]:
    """Return the share 0..1 of participants with each primary score 0..maximum; zeros when there is nobody."""
    return distribution.counts / max(distribution.n, 1)


def score_distribution(totals: Integers, maximum: int) -> ScoreDistribution:
    """Return the distribution of primary scores; scores above the maximum widen it."""
    values = np.maximum(totals.astype(np.int64), 0)
    counts = np.bincount(values, minlength=maximum + 1)
    if not values.size:
        nothing = float("nan")
        return ScoreDistribution(counts, 0, nothing, nothing, nothing, Mean.of(values), nothing)
    low, median, high = (float(part) for part in np.quantile(values, (0.25, 0.5, 0.75)))
    ratio = 100 * low / high if high > 0 else float("nan")
    return ScoreDistribution(
        counts, int(values.size), float(values.min()), median, float(values.max()), Mean.of(values), ratio
    )
