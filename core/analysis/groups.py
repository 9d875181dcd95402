"""How groups of participants (by mark, or by bands of the test score) did each key, and what the pattern says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.analysis.elements import KeySums, key_ratios
from core.analysis.intervals import wilson
from core.analysis.reasons import SMALL_GROUP

Floats = NDArray[np.float64]

MARK_GROUPS = ("«2»", "«3»", "«4»", "«5»")
BAND_GROUPS = ("ниже минимума", "от минимума до 60", "61–80", "81–100")
"""Bands of ЕГЭ test scores as in «Статистико-аналитический отчёт» (domain.md §2.6)."""

_CROSSING = 0.05
_Z90 = 1.6448536269514722


class Pattern(StrEnum):
    """Diagnostic reading of the groups (ФИОКО 2026 in our words); the value is what the user reads."""

    ALL_LOW = "низкий результат во всех группах: вероятно, тема усвоена плохо всеми"
    WEAK_LOW = "низкий результат только в группах с невысокой подготовкой: нужна помощь отстающим"
    CROSSING = "слабая группа справилась лучше сильной: проверьте условия проведения и критерии оценивания"
    HIGH = "ни в одной группе нет низкого результата"
    UNKNOWN = "групп из 10 и более участников меньше двух, вывод по группам не делается"


_ORDER = (Pattern.UNKNOWN, Pattern.HIGH, Pattern.WEAK_LOW, Pattern.CROSSING, Pattern.ALL_LOW)


@dataclass(frozen=True, slots=True)
class GroupResults:
    """Groups of U units × K keys. A group of fewer than ten participants is NaN: it is not shown.

    So is a group that is hidden because a small one would follow from it.
    """

    labels: tuple[str, ...]
    participants: NDArray[np.int64]
    """Participants of each group who were offered the key: units × groups × keys."""
    facility: Floats
    effective_n: Floats
    below: NDArray[np.bool_]
    """Groups shown whose facility lies below the threshold."""
    codes: NDArray[np.int8]
    """Pattern of each unit and key, as a number for `pattern_of`."""
    hidden: NDArray[np.bool_]
    """Groups of ten and more that are not shown: units × groups × keys."""

    def intervals(self) -> tuple[Floats, Floats]:
        """Return (low, high) of the facilities, 95 %."""
        return wilson(self.facility, self.effective_n)

    def pattern(self, unit: int, key: int) -> Pattern:
        """Return the diagnostic reading of one key in one unit."""
        return pattern_of(int(self.codes[unit, key]))

    def failing(self, unit: int, key: int) -> tuple[str, ...]:
        """Return the labels of the groups below the threshold."""
        column = self.below[unit, :, key].tolist()
        return tuple(label for label, low in zip(self.labels, column, strict=True) if low)


def pattern_of(code: int) -> Pattern:
    """Return the pattern of a number in `GroupResults.codes`."""
    return _ORDER[code]


def group_of_marks(marks: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return 0..3 for the marks 2..5 and −1 for no mark."""
    values = marks.astype(np.int64)
    return np.where((values >= 2) & (values <= 5), values - 2, -1)


def group_of_test_scores(test_scores: NDArray[np.integer], minimum: int) -> NDArray[np.int64]:
    """Return 0..3 for the bands below the minimum, up to 60, 61–80, 81–100, and −1 where there is no score."""
    values = test_scores.astype(np.int64)
    bands = (values >= minimum).astype(np.int64) + (values > 60) + (values > 80)
    return np.where(values >= 0, bands, -1)


def group_results(
    sums: KeySums, labels: tuple[str, ...], threshold: Floats, hidden: NDArray[np.bool_] | None = None
) -> GroupResults:
    """Return the results of the groups; `sums` is units × groups × keys, weakest group first; `threshold` (K).

    `hidden` (of the same shape) are groups that must not be shown.
    Crossing means that a weaker group beats a stronger one by 5 points or more and beyond chance (one-sided 5 %).
    """
    ratio = key_ratios(sums)
    enough = sums.participants >= SMALL_GROUP
    shown = enough if hidden is None else enough & ~hidden
    facility = np.where(shown, ratio.facility, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        below = facility < threshold
        squared_error = facility * (1 - facility) / ratio.effective_n
        crossing = np.zeros((facility.shape[0], facility.shape[2]), dtype=np.bool_)
        for weaker in range(len(labels) - 1):
            lead = facility[:, weaker, None] - facility[:, weaker + 1 :]
            chance = _Z90 * np.sqrt(squared_error[:, weaker, None] + squared_error[:, weaker + 1 :])
            crossing |= ((lead >= _CROSSING) & (lead > chance)).any(axis=1)
    count, low = shown.sum(axis=1), below.sum(axis=1)
    codes = np.full(count.shape, _ORDER.index(Pattern.HIGH), dtype=np.int8)
    codes[low > 0] = _ORDER.index(Pattern.WEAK_LOW)
    codes[crossing] = _ORDER.index(Pattern.CROSSING)
    codes[low == count] = _ORDER.index(Pattern.ALL_LOW)
    codes[count < 2] = _ORDER.index(Pattern.UNKNOWN)
    return GroupResults(
        labels, sums.participants.astype(np.int64), facility, ratio.effective_n, below, codes, enough & ~shown
    )
