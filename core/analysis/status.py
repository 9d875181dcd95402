"""Status of a facility against a threshold, from the probability that the true facility lies below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.analysis.beta import beta_cdf
from core.analysis.elements import Grouping, ItemTraits

Floats = NDArray[np.float64]

SURELY = 0.975
"""From this probability on: «достоверно ниже»."""
PROBABLY = 0.78
"""From this probability on: «вероятно ниже». Calibrated by simulation, see tests/bench."""


class Status(IntEnum):
    """Status of a facility, worst last, so that comparisons say «or worse»."""

    UNKNOWN = 0
    REACHED = 1
    UNCERTAIN = 2
    PROBABLY_BELOW = 3
    SURELY_BELOW = 4

    @property
    def words(self) -> str:
        """Return what the user reads."""
        return _WORDS[self]

    @property
    def is_below(self) -> bool:
        """Say whether it is a problem: вероятно or достоверно ниже."""
        return self >= Status.PROBABLY_BELOW


_WORDS = {
    Status.UNKNOWN: "нет данных",
    Status.REACHED: "достигнуто",
    Status.UNCERTAIN: "в зоне неопределённости",
    Status.PROBABLY_BELOW: "вероятно ниже",
    Status.SURELY_BELOW: "достоверно ниже",
}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A threshold preset: from where a level is reached and below what it is not, shares 0..1."""

    name: str
    basic_sufficient: float
    basic_insufficient: float
    advanced_sufficient: float
    advanced_insufficient: float
    source: str = ""

    def of_level(self, level: str | None) -> tuple[float, float]:
        """Return (sufficient, insufficient) for «Б», «П», «В»; an unknown level is judged as basic."""
        if level in ("П", "В"):
            return self.advanced_sufficient, self.advanced_insufficient
        return self.basic_sufficient, self.basic_insufficient


FIOKO_2026 = Thresholds(
    "ВПР-ФИОКО-2026", 0.60, 0.57, 0.30, 0.285,
    "ФИОКО, рекомендации по анализу результатов ВПР, 2026: базовый уровень 60 % (зона 57–60), остальные 30 % (28,5–30)",
)
"""Used where the store holds no preset for the procedure."""


def key_thresholds(
    items: Sequence[ItemTraits], grouping: Grouping, thresholds: Thresholds
) -> tuple[Floats, Floats]:
    """Return (sufficient, insufficient) for each key, length K.

    A key with items of several levels gets the mean of the levels' thresholds weighted by the items' maxima, because
    its facility is Σ points / Σ maxima: that is the share which pupils just reaching each level's threshold would show.
    """
    limits = np.array([thresholds.of_level(item.level) for item in items], dtype=np.float64).reshape(-1, 2)
    weights = grouping.member * grouping.maxima[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        both = (weights.T @ limits) / weights.sum(axis=0)[:, None]
    return both[:, 0], both[:, 1]


def probability_below(facility: ArrayLike, effective_n: ArrayLike, threshold: ArrayLike) -> Floats:
    """Return P(true facility < threshold) of the Beta posterior with Jeffreys' prior; NaN where there are no data.

    Posterior: Beta(p·n + ½, (1 − p)·n + ½), n the effective number of participants. Source: Jeffreys H. (1946);
    Brown, Cai & DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16.
    """
    p = np.asarray(facility, dtype=np.float64)
    n = np.asarray(effective_n, dtype=np.float64)
    successes = np.where(n > 0, p * n, np.nan)
    return beta_cdf(threshold, successes + 0.5, n - successes + 0.5)


def statuses(probability: ArrayLike, facility: ArrayLike, insufficient: ArrayLike) -> NDArray[np.int8]:
    """Return the `Status` of each cell as int8.

    «Достоверно ниже» from 0.975, «вероятно ниже» from 0.78, «достигнуто» up to 1 − 0.78, between them «в зоне
    неопределённости». A facility inside the preset's own zone of uncertainty (ВПР: 57–60 %) is never called lower,
    however many participants there are.
    """
    chance = np.asarray(probability, dtype=np.float64)
    below = np.asarray(facility, dtype=np.float64) < np.asarray(insufficient, dtype=np.float64)
    result = np.full(np.broadcast(chance, below).shape, Status.UNCERTAIN, dtype=np.int8)
    result[chance <= 1 - PROBABLY] = Status.REACHED
    result[below & (chance >= PROBABLY)] = Status.PROBABLY_BELOW
    result[below & (chance >= SURELY)] = Status.SURELY_BELOW
    result[np.isnan(chance)] = Status.UNKNOWN
    return result


def official_reading(facility: float, level: str | None, thresholds: Thresholds) -> str:
    """Return how ФИОКО reads the bare percentage: «достаточный», «зона неопределённости», «недостаточный».

    It ignores the number of participants and stands beside our status for comparison with official reports.
    For the basic level of the federal preset the zone's upper edge is 63 %: up to it the words say «на границе».
    Source: ФИОКО 2026, retold in domain.md §1.7 and §9.1.
    """
    sufficient, insufficient = thresholds.of_level(level)
    if np.isnan(facility):
        return Status.UNKNOWN.words
    if facility < insufficient:
        return "недостаточный"
    if facility < sufficient:
        return "зона неопределённости"
    return "достаточный, на границе" if facility <= 2 * sufficient - insufficient + 1e-12 else "достаточный"
