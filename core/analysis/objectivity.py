"""Signs that results may not be objective. Each is «признак, требует проверки», never a finding of guilt.

Source of the three algorithms: ФИОКО's methodology of the level of objectivity (domain.md §1.10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from core.analysis.marks import Mean
from core.analysis.rank import spearman
from core.analysis.reasons import APPROXIMATE
from core.words import number, plural

Integers = NDArray[np.integer]

WORDING = "признак, требует проверки"
_HEAPING_Z = 2.326
_FEWEST_PAIRS = 10
_FEWEST_SCHOOLS = 8
_FAR = 3.0


class MarkerKind(StrEnum):
    """What kind of sign it is; the value is what the user reads."""

    HEAPING = "скопление на границе отметки"
    HIGH_MEAN = "завышенный средний результат"
    AGAINST_JOURNAL = "несоответствие школьным отметкам"
    JUMP = "резкий рост между классами"
    DROP = "резкое падение между классами"


@dataclass(frozen=True, slots=True)
class Marker:
    """One sign, with a sentence that gives its numbers."""

    kind: MarkerKind
    detail: str

    @property
    def words(self) -> str:
        """Return the whole sentence with the obligatory reservation."""
        return f"{self.kind.value[0].upper()}{self.kind.value[1:]}: {self.detail} ({WORDING})."


def heaping(counts: Integers, cut_scores: Sequence[int]) -> list[Marker]:
    """Return the cut scores (least score of a mark) at which more participants stand than the neighbours let expect.

    Expected is the mean of the two scores below and the two above; the sign is an excess beyond chance (one-sided 1 %,
    Poisson with the neighbours' own error). Below 50 participants no such sign is given (ФИОКО 2026).
    """
    found: list[Marker] = []
    if counts.sum() < APPROXIMATE:
        return found
    for cut in cut_scores:
        around = [place for place in (cut - 2, cut - 1, cut + 1, cut + 2) if 0 <= place < counts.size]
        if len(around) < 4:
            continue
        expected = float(counts[around].mean())
        excess = float(counts[cut]) - expected
        if excess > _HEAPING_Z * (max(expected, 1.0) * (1 + 1 / len(around))) ** 0.5:
            people = plural(int(counts[cut]), "участник", "участника", "участников")
            found.append(Marker(
                MarkerKind.HEAPING,
                f"ровно {plural(cut, 'балл', 'балла', 'баллов')} — {people}, по соседним баллам ожидается около "
                f"{number(expected)}",
            ))
    return found


def high_mean(school: Mean, parent: Mean, parent_name: str) -> Marker | None:
    """Return a sign when the school's whole 95 % interval of the mean lies above the parent's (algorithm 1)."""
    if np.isnan(school.low) or np.isnan(parent.high) or school.low <= parent.high:
        return None
    return Marker(
        MarkerKind.HIGH_MEAN,
        f"средний балл {number(school.value, 1)} (не ниже {number(school.low, 1)}), {parent_name} — "
        f"{number(parent.value, 1)} (не выше {number(parent.high, 1)})",
    )


def against_journal(totals: Integers, journal: Integers) -> Marker | None:
    """Return a sign when primary scores fall as the journal's marks rise: Spearman's ρ < 0 (algorithm 2).

    Nothing is said for fewer than ten pairs or when all marks are equal.
    """
    both = (journal >= 2) & (journal <= 5)
    if int(both.sum()) < _FEWEST_PAIRS:
        return None
    rho = spearman(totals[both], journal[both])
    if np.isnan(rho) or rho >= 0:
        return None
    return Marker(
        MarkerKind.AGAINST_JOURNAL,
        f"чем выше отметка в журнале, тем ниже балл (корреляция Спирмена {number(rho, 2)}, "
        f"{plural(int(both.sum()), 'участник', 'участника', 'участников')})",
    )


def grade_jumps(earlier: NDArray[np.float64], later: NDArray[np.float64]) -> list[Marker | None]:
    """Return a sign for each school whose cohort rose or fell far more than elsewhere (algorithm 3).

    K = S(grade N, year y) / S(grade N + 1, year y + 1), S the mean share of points of the same cohort: a drop when
    K > P75 + 3·IQR, a jump when K < P25 − 3·IQR over all schools. NaN where a school lacks a year; with fewer than
    eight schools nothing is said.
    """
    nothing: list[Marker | None] = [None] * earlier.size
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = earlier / later
    known = np.isfinite(ratio)
    if int(known.sum()) < _FEWEST_SCHOOLS:
        return nothing
    low, high = (float(part) for part in np.quantile(ratio[known], (0.25, 0.75)))
    reach = _FAR * (high - low)
    found = nothing
    for place in np.nonzero(known)[0]:
        kind = None
        if ratio[place] > high + reach:
            kind = MarkerKind.DROP
        elif ratio[place] < low - reach:
            kind = MarkerKind.JUMP
        if kind is not None:
            found[place] = Marker(
                kind,
                f"было {number(100 * earlier[place])} % баллов, через год {number(100 * later[place])} %; "
                "у большинства школ изменение намного меньше",
            )
    return found
