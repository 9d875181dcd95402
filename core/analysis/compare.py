"""Comparison with parent units, reference rows and other years: difference, interval, and whether it is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.analysis.elements import Key, Kind
from core.analysis.intervals import newcombe
from core.people.suppression import Hidden

NEW_FORMAT = 2025
"""From this year ВПР has other, shorter works: items before and after it are not comparable (domain.md §1.1)."""


class Comparability(StrEnum):
    """Whether two results may be compared."""

    FULL = "сопоставимо"
    RESERVED = "сопоставимо с оговоркой"
    NONE = "несопоставимо"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Difference of our facility and another one, shares 0..1."""

    name: str
    """With whom: «школа без этого класса», «субъект РФ», «2025 год»."""
    facility: float
    participants: int | None
    difference: float
    low: float
    high: float
    verdict: Comparability
    reservation: str = ""
    """Why it is reserved or not comparable."""
    year: int | None = None
    """The other year, where it is another year that is compared with."""
    hidden: Hidden = Hidden.NO
    """Why the other one is not shown; there are no numbers then."""

    @property
    def is_certain(self) -> bool:
        """Say whether the whole 95 % interval of the difference lies on one side of zero."""
        return self.low > 0 or self.high < 0


def compare_shares(
    name: str, facility: float, effective_n: float, other: float, other_n: float | None,
    participants: int | None = None, verdict: Comparability = Comparability.FULL, reservation: str = "",
    year: int | None = None,
) -> Comparison:
    """Return the comparison of two independent facilities; `other_n` None: the other one is a number without error.

    Interval: Newcombe's hybrid score (`intervals.newcombe`) on effective numbers.
    """
    low, high = newcombe(facility, effective_n, other, np.inf if other_n is None else other_n)
    return Comparison(
        name, other, participants, facility - other, float(low), float(high), verdict, reservation, year
    )


def hidden_comparison(name: str, hidden: Hidden) -> Comparison:
    """Return the place of a comparison with somebody whose result is not shown."""
    nothing = float("nan")
    return Comparison(
        name, nothing, None, nothing, nothing, nothing, Comparability.NONE, hidden.words, hidden=hidden
    )


def reference_facility(values: Mapping[str, float], codes: Sequence[str], maxima: Sequence[int]) -> float:
    """Return a key's facility from an aggregated report: per cents of items weighted by maxima; NaN if one lacks.

    The report prints Σx / (n·m) of each item over the same participants, so the weighted mean is Σ points / Σ maxima.
    """
    if not codes or any(code not in values for code in codes):
        return float("nan")
    return sum(values[code] * most for code, most in zip(codes, maxima, strict=True)) / sum(maxima) / 100


@dataclass(frozen=True, slots=True)
class WorkTraits:
    """What decides whether two works are comparable."""

    procedure: str
    subject: str
    year: int
    item_key: str
    """Fingerprint of codes and maxima."""
    element_names: frozenset[str]


def comparability(ours: WorkTraits, other: WorkTraits, key: Key) -> tuple[Comparability, str]:
    """Return whether a key of one work may be compared with the same key of another, and the reason if not freely.

    Items are comparable only inside one form of the work; elements when they are the same, without reserve when both
    works hold just the same elements (ФИОКО 2026, p. 19: thematic blocks must be identical).
    """
    if ours.subject != other.subject:
        return Comparability.NONE, "разные предметы"
    if ours.procedure != other.procedure:
        if key.kind is Kind.ELEMENT and key.name in other.element_names:
            return Comparability.RESERVED, "разные процедуры, одинаков только элемент содержания"
        return Comparability.NONE, "разные процедуры"
    if ours.year == other.year and ours.item_key == other.item_key:
        return Comparability.FULL, ""
    new_form = ours.procedure == "ВПР" and (ours.year < NEW_FORMAT) != (other.year < NEW_FORMAT)
    if key.kind is Kind.ITEM:
        if new_form:
            return Comparability.NONE, "с 2025 года ВПР составлены иначе, задания прежних лет с ними не сопоставимы"
        if ours.item_key != other.item_key:
            return Comparability.NONE, "состав заданий изменился"
        return Comparability.RESERVED, "задания с тем же номером, но из другого варианта"
    if key.kind is not Kind.ELEMENT:
        reason = "состав заданий изменился" if ours.item_key != other.item_key or new_form else "другой вариант работы"
        return Comparability.RESERVED, reason
    if key.name not in other.element_names:
        return Comparability.NONE, "такого элемента в работе не было"
    if new_form:
        return Comparability.RESERVED, "с 2025 года ВПР составлены иначе, одинаков только элемент содержания"
    if ours.element_names != other.element_names:
        return Comparability.RESERVED, "состав элементов изменился"
    return Comparability.FULL, ""
