"""Items gathered under keys (content elements, task types, levels, answer formats), and how well a key was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.analysis.intervals import effective_n, wilson
from core.analysis.items import offered_points
from core.analysis.partition import Partition
from core.intake.matrix import Scores

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Kind(StrEnum):
    """By what items are gathered; the values are those of `problem-fields --json`."""

    ELEMENT = "element"
    TASK_TYPE = "task_type"
    LEVEL = "level"
    ANSWER_FORMAT = "answer_format"
    ITEM = "item"
    """Each item alone: for works without a plan, so that they are analysed too."""

    @property
    def words(self) -> str:
        """Return the Russian name of the kind."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    Kind.ELEMENT: "элемент содержания",
    Kind.TASK_TYPE: "тип заданий",
    Kind.LEVEL: "уровень сложности",
    Kind.ANSWER_FORMAT: "форма ответа",
    Kind.ITEM: "задание",
}

LEVEL_WORDS = {"Б": "базовый", "П": "повышенный", "В": "высокий"}


@dataclass(frozen=True, slots=True)
class ItemTraits:
    """What the plan of the work (or the file itself) says of an item."""

    code: str
    max_score: int
    level: str | None = None
    """«Б», «П», «В»; None when nobody says."""
    task_type: str | None = None
    answer_format: str | None = None
    elements: tuple[str, ...] = ()
    skill: str = ""
    is_cross_cutting: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One content element, task type, level, … with the indices of its items."""

    kind: Kind
    name: str
    items: tuple[int, ...]

    @property
    def single_item(self) -> bool:
        """Say whether the key is met in one item only («по одному заданию»)."""
        return len(self.items) == 1


@dataclass(frozen=True, slots=True)
class Grouping:
    """K keys over I items. `member` is I × K with ones where the item belongs to the key."""

    keys: tuple[Key, ...]
    member: Floats
    maxima: Integers
    """Maximum of each item (I)."""

    def of_kind(self, kind: Kind) -> NDArray[np.intp]:
        """Return the columns of the keys of one kind."""
        return np.array([column for column, key in enumerate(self.keys) if key.kind == kind], dtype=np.intp)


def group_items(items: Sequence[ItemTraits], kinds: Sequence[Kind] = tuple(Kind)) -> Grouping:
    """Return the grouping of the items by the given kinds, keys in the order in which the work meets them.

    An item counts in each element it lists; a cross-cutting item («сквозное») is left out of the elements, because it
    ranges over the whole codifier and tells nothing of one element (domain.md §3.1).
    """
    found: dict[tuple[Kind, str], list[int]] = {}
    for kind in kinds:
        for index, item in enumerate(items):
            for name in _names(item, kind):
                found.setdefault((kind, name), []).append(index)
    keys = tuple(Key(kind, name, tuple(dict.fromkeys(members))) for (kind, name), members in found.items())
    member = np.zeros((len(items), len(keys)))
    for column, key in enumerate(keys):
        member[list(key.items), column] = 1.0
    return Grouping(keys, member, np.array([item.max_score for item in items], dtype=np.int64))


def _names(item: ItemTraits, kind: Kind) -> tuple[str, ...]:
    if kind is Kind.ELEMENT:
        return () if item.is_cross_cutting else item.elements
    if kind is Kind.LEVEL:
        return (LEVEL_WORDS.get(item.level, item.level),) if item.level else ()
    if kind is Kind.TASK_TYPE:
        return (item.task_type,) if item.task_type else ()
    if kind is Kind.ANSWER_FORMAT:
        return (item.answer_format,) if item.answer_format else ()
    return (item.code,)


@dataclass(frozen=True, slots=True)
class KeySums:
    """Sums over participants for units × keys (or units × groups × keys), whole numbers in doubles; units add up.

    `parts` has six layers of that shape. s is a participant's points for the key's offered items, m their maximum.
    """

    parts: Floats

    @property
    def participants(self) -> Floats:
        """Participants to whom at least one item of the key was offered."""
        layer: Floats = self.parts[0]
        return layer

    @property
    def points(self) -> Floats:
        """Σs."""
        layer: Floats = self.parts[1]
        return layer

    @property
    def possible(self) -> Floats:
        """Σm."""
        layer: Floats = self.parts[2]
        return layer

    def combine(self, units: Partition) -> KeySums:
        """Return the sums of bigger units."""
        return KeySums(units.add(self.parts, axis=1))


@dataclass(frozen=True, slots=True)
class KeyEstimates:
    """Facility of U units × K keys with 95 % intervals; NaN where nobody was offered an item of the key."""

    participants: Integers
    points: Floats
    possible: Floats
    facility: Floats
    low: Floats
    high: Floats
    effective_n: Floats


def key_points(scores: Scores, grouping: Grouping, absent_as_zero: bool = True) -> tuple[Floats, Floats]:
    """Return (points, maximum of what was offered) of each participant for each key: two arrays n × K.

    When everything was offered to everybody the second array has one row that stands for all.
    """
    x, offered = offered_points(scores, absent_as_zero)
    weighted = grouping.member * grouping.maxima[:, None]
    possible = weighted.sum(axis=0)[None, :] if offered is None else offered.astype(np.float64) @ weighted
    return x @ grouping.member, possible


def key_sums(points: Floats, possible: Floats, starts: NDArray[np.intp]) -> KeySums:
    """Return the sums of each class; `starts` are the first rows of the (non-empty) classes in `points`.

    Arguments as `key_points` gives them. The result is classes × keys.
    """
    parts = np.empty((6, starts.size, points.shape[1]))
    if not starts.size:
        return KeySums(parts)
    parts[1] = np.add.reduceat(points, starts, axis=0)
    parts[3] = np.add.reduceat(points * points, starts, axis=0)
    if possible.shape[0] == 1:
        sizes = np.diff(np.append(starts, points.shape[0])).astype(np.float64)[:, None]
        parts[0] = sizes * (possible > 0)
        parts[2] = sizes * possible
        parts[4] = parts[1] * possible
        parts[5] = parts[2] * possible
    else:
        parts[0] = np.add.reduceat((possible > 0).astype(np.float64), starts, axis=0)
        parts[2] = np.add.reduceat(possible, starts, axis=0)
        parts[4] = np.add.reduceat(points * possible, starts, axis=0)
        parts[5] = np.add.reduceat(possible * possible, starts, axis=0)
    return KeySums(parts)


class KeyRatios(NamedTuple):
    """Facility Σs/Σm and the effective number of participants, without intervals."""

    facility: Floats
    effective_n: Floats


def key_ratios(sums: KeySums) -> KeyRatios:
    """Return the facility of each unit and key and its effective number of participants.

    The variance is that of the ratio estimator Σ(s − p·m)² / ((n − 1)·m̄²) (Cochran W. G., Sampling Techniques, ch. 6);
    when everybody was offered the same items it is the variance of the participant's share s/m, as design §5 says.
    """
    n, points, possible, points_squared, points_possible, possible_squared = sums.parts
    with np.errstate(divide="ignore", invalid="ignore"):
        facility = points / possible
        mean_possible = possible / n
        residual = points_squared - 2 * facility * points_possible + facility * facility * possible_squared
        variance = np.maximum(residual, 0.0) / ((n - 1) * mean_possible * mean_possible)
        return KeyRatios(facility, effective_n(facility, variance, n, mean_possible))


def estimate_keys(sums: KeySums) -> KeyEstimates:
    """Return facility Σs/Σm of each unit and key, its 95 % interval and the effective number of participants."""
    facility, effective = key_ratios(sums)
    low, high = wilson(facility, effective)
    return KeyEstimates(
        sums.participants.astype(np.int64), sums.points, sums.possible, facility, low, high, effective
    )
