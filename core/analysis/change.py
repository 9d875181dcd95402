"""Change of one key between two works in some classes, and against classes where nothing was done."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.analysis.elements import Kind, estimate_keys
from core.analysis.intervals import newcombe
from core.analysis.kept import once_a_work
from core.analysis.partition import Partition
from core.analysis.sums import KeyedSums, keyed_sums
from core.analysis.work import Work


@dataclass(frozen=True, slots=True)
class GroupShare:
    """Facility 0..1 of a key in a group of classes, with its 95 % interval."""

    facility: float
    low: float
    high: float
    effective_n: float
    participants: int


@dataclass(frozen=True, slots=True)
class Change:
    """Facility before and after in the same units; `difference` is after minus before, with its 95 % interval."""

    before: GroupShare
    after: GroupShare
    difference: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Say whether the whole interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Excess:
    """By how much one change is greater than another one, with its 95 % interval."""

    difference: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Say whether the whole interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def group_share(work: Work, kind: Kind, key: str, classes: Sequence[int]) -> GroupShare | None:
    """Return the facility of the key in these classes of the work (indices into `Work.classes`).

    None where the work does not hold the key, nobody was offered it, or the group is too small to be shown.
    """
    sums = _sums(work, kind)
    column = next((place for place, one in enumerate(sums.grouping.keys) if one.name == key), None)
    if column is None or not classes:
        return None
    found = estimate_keys(sums.classes.combine(Partition([classes])))
    participants = int(found.participants[0, column])
    hidden = work.suppression.of_key(classes, sums.grouping.keys[column])
    if participants == 0 or hidden or math.isnan(found.facility[0, column]):
        return None
    return GroupShare(
        float(found.facility[0, column]), float(found.low[0, column]), float(found.high[0, column]),
        float(found.effective_n[0, column]), participants,
    )


@once_a_work
def _sums(work: Work, kind: Kind) -> KeyedSums:
    return keyed_sums(work, (kind,))


def change_between(before: GroupShare, after: GroupShare) -> Change:
    """Return the change with Newcombe's interval (`intervals.newcombe`).

    Both shares are taken as independent. Where they are of the same pupils, results are positively correlated, so the
    interval is wider than it need be, never too narrow.
    """
    low, high = newcombe(after.facility, after.effective_n, before.facility, before.effective_n)
    return Change(before, after, after.facility - before.facility, float(low), float(high))


def excess(applied: Change, others: Change) -> Excess:
    """Return how much greater the first change is than the second (difference in differences).

    Interval from the two intervals by variance recovery: Zou G. Y., Donner A. (2008), Construction of confidence
    limits about effect measures: a general approach, Statistics in Medicine 27 (MOVER).
    """
    difference = applied.difference - others.difference
    low = difference - float(np.hypot(applied.difference - applied.low, others.high - others.difference))
    high = difference + float(np.hypot(applied.high - applied.difference, others.difference - others.low))
    return Excess(difference, low, high)
