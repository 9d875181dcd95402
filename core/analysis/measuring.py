"""Every unit of a work against every key: facility, status, weak spots. The ground of fields and of heat maps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.analysis.elements import KeyEstimates, estimate_keys
from core.analysis.partition import Partition
from core.analysis.shrinkage import shrunken
from core.analysis.status import Status, probability_below, statuses
from core.analysis.sums import KeyedSums, WorkSums
from core.analysis.suppression import with_few
from core.analysis.weakspot import weak_spots
from core.analysis.work import Unit, UnitLevel, Work

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_HAIR = 1e-12
"""A facility equal to the border is not below it."""


class Judged(NamedTuple):
    """Arrays units × keys: what follows from the sums of classes alone, without weak spots."""

    units: tuple[Unit, ...]
    members: Partition
    estimates: KeyEstimates
    probability: Floats
    status: NDArray[np.int8]
    why: NDArray[np.int8]
    hidden: Flags
    shown_classes: Flags
    """Classes × keys: which cells the actor may see."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Arrays units × keys for the units of the asked levels; NaN where there are no data."""

    units: tuple[Unit, ...]
    sums: WorkSums
    members: Partition
    """Classes of each unit."""
    estimates: KeyEstimates
    probability: Floats
    """P(true facility < threshold)."""
    status: NDArray[np.int8]
    """`Status` of each cell."""
    shrunken: Floats
    """Facility drawn toward the mean of the level, for sorting by size."""
    residual: Floats
    """Standardised weak-spot residual; NaN where nobody can be compared with."""
    expected: Floats
    """Facility that pupils with the same rest scores show elsewhere."""
    possible: Flags
    confirmed: Flags
    failing: NDArray[np.int64]
    """How many classes of the unit share its trouble, see `_failing_classes`."""
    counted: NDArray[np.int64]
    """Of how many classes of the unit `failing` speaks: those whose own cell the actor may see."""
    hidden: Flags
    """Cells that the actor may not see: every array above has NaN (status: no data) there."""
    why: NDArray[np.int8]
    """`Hidden` of each cell: why it is hidden, if it is."""
    tested: dict[UnitLevel, int]
    """Weak-spot comparisons made by level: of the sound ones 5 % look possible by chance."""

    def row(self, unit_key: str) -> int | None:
        """Return the row of a unit, None when it is not among them."""
        return next((row for row, unit in enumerate(self.units) if unit.key == unit_key), None)


def measure(work: Work, sums: WorkSums, levels: Sequence[UnitLevel] = tuple(UnitLevel)) -> Measures:
    """Return the measures of the units of these levels; the cost does not depend on the number of pupils."""
    judged = judge(work, sums, levels)
    units, members, estimates, hidden = judged.units, judged.members, judged.estimates, judged.hidden
    probability, status, shown_classes = judged.probability, judged.status, judged.shown_classes
    shape = estimates.facility.shape
    residual, expected, size = (np.full(shape, np.nan) for _ in range(3))
    possible, confirmed = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    kinds = dict.fromkeys(key.kind for key in sums.grouping.keys)
    families = [sums.grouping.of_kind(kind) for kind in kinds]
    tested: dict[UnitLevel, int] = {}
    for level, rows in _levels(units).items():
        size[rows] = shrunken(estimates.facility[rows], estimates.effective_n[rows])
        if rows.stop - rows.start < 2:
            continue
        spots = weak_spots(sums.rest.combine(Partition([unit.classes for unit in units[rows]])), families)
        residual[rows], expected[rows] = spots.residual, spots.expected
        possible[rows], confirmed[rows] = spots.possible, spots.confirmed
        tested[level] = spots.tested
    if hidden.any():
        for part in (residual, expected):
            part[hidden] = np.nan
        possible[hidden], confirmed[hidden] = False, False
    failing = _failing_classes(sums, members, estimates.facility, expected, status, shown_classes)
    counted = members.add(shown_classes.astype(np.float64)).astype(np.int64)
    return Measures(
        units=units, sums=sums, members=members, estimates=estimates, probability=probability, status=status,
        shrunken=size, residual=residual, expected=expected, possible=possible, confirmed=confirmed, failing=failing,
        counted=counted, hidden=hidden, why=judged.why, tested=tested,
    )


def judge(work: Work, sums: KeyedSums, levels: Sequence[UnitLevel] = tuple(UnitLevel)) -> Judged:
    """Return the units of these levels against the thresholds, what may not be seen left out."""
    units = tuple(unit for unit in work.units if unit.level in levels)
    members = Partition([unit.classes for unit in units])
    estimates = estimate_keys(sums.classes.combine(members))
    why, shown_classes = _suppressed(work, sums, units, estimates)
    hidden = why > 0
    if hidden.any():
        estimates = _without(estimates, hidden)
    probability = probability_below(estimates.facility, estimates.effective_n, sums.sufficient)
    status = statuses(probability, estimates.facility, sums.insufficient)
    return Judged(units, members, estimates, probability, status, why, hidden, shown_classes)


def hardest_first(measures: Measures) -> list[int]:
    """Return the keys' indices, those furthest below their threshold over all units first."""
    sums = measures.sums
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = sums.classes.points.sum(axis=0) / sums.classes.possible.sum(axis=0)
    distance = np.where(np.isnan(whole), np.inf, whole - sums.sufficient)
    return [int(place) for place in np.argsort(distance, kind="stable")]


def _suppressed(
    work: Work, sums: KeyedSums, units: Sequence[Unit], estimates: KeyEstimates
) -> tuple[NDArray[np.int8], Flags]:
    """Return what is hidden of the units × keys, and which cells of all classes × keys are shown."""
    classes = (len(work.classes), len(sums.grouping.keys))
    if not work.suppression.is_needed:
        return np.zeros(estimates.participants.shape, dtype=np.int8), np.ones(classes, dtype=np.bool_)
    every = work.suppression.keys(sums.grouping.keys)
    owned = np.array([all(work.classes[place].owned for place in unit.classes) for unit in units], dtype=np.bool_)
    why = with_few(every[[work.suppression.row(unit) for unit in units]], estimates.participants, owned[:, None])
    # The units of a work begin with its classes.
    return why, every[: classes[0]] == 0


def _without(estimates: KeyEstimates, hidden: Flags) -> KeyEstimates:
    """Return the estimates with nothing in the hidden cells."""
    def shown(part: Floats) -> Floats:
        return np.where(hidden, np.nan, part)

    return KeyEstimates(
        np.where(hidden, 0, estimates.participants), shown(estimates.points), shown(estimates.possible),
        shown(estimates.facility), shown(estimates.low), shown(estimates.high),
        np.where(hidden, 0.0, estimates.effective_n),
    )


def _failing_classes(
    sums: WorkSums, members: Partition, facility: Floats, expected: Floats, status: NDArray[np.int8],
    shown: Flags,
) -> NDArray[np.int64]:
    """Return how many classes of each unit share its trouble with the key, of those whose own cell is `shown`.

    Where the unit is below the threshold: classes whose own facility is below it. Where it is only a weak spot: classes
    in the lower half of the gap between the unit's facility and the expected one.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        classes = sums.classes.points / sums.classes.possible
        middle = (facility + expected) / 2
        border = np.where((status < Status.PROBABLY_BELOW) & ~np.isnan(middle), middle, sums.sufficient)
        low = (classes[members.order] <= members.spread(border) - _HAIR) & shown[members.order]
    counts = np.add.reduceat(low, members.firsts, axis=0, dtype=np.int64) if members.sizes.size else low
    return counts.astype(np.int64)


def _levels(units: Sequence[Unit]) -> dict[UnitLevel, slice]:
    """Return the rows of each level; units of one level stand together."""
    found: dict[UnitLevel, slice] = {}
    for row, unit in enumerate(units):
        first = found[unit.level].start if unit.level in found else row
        found[unit.level] = slice(first, row + 1)
    return found
