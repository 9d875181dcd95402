"""Weak spots: a unit does worse on a key than pupils with the same score on the rest of the work do elsewhere.

It separates «тема не пройдена в этом классе» from «слабый класс»: pupils are compared with pupils of equal rest score,
as in the study of differential item functioning (Mantel–Haenszel; Dorans & Kulick 1986, standardisation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.analysis.beta import normal_cdf
from core.analysis.multiple import benjamini_hochberg
from core.analysis.partition import Partition

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

POSSIBLE = 0.05
"""A weak spot is possible when chance alone would give such a result in at most this share of sound cells."""
FALSE_DISCOVERIES = 0.10
"""Among confirmed weak spots at most this share is false on average (Benjamini–Hochberg over the cells)."""
FEWEST_ELSEWHERE = 30
"""With fewer participants elsewhere there is nobody to compare with."""
FEWEST_HERE = 5
"""A smaller unit has no residual worth a name."""
LEAST_REST = 0.5
"""The rest of the work must hold at least this share of its points, or it cannot tell who is alike."""

_MOST_GROUPS = 32
_WIDTH = 1.0
_PRIOR_COUNT = 0.5
_USUAL_BIAS = 0.3
_BIAS_PRECISION = 44.0
_WINSOR = 2.0
_LEAST_VARIANCE = 0.02
"""Of a one-point item: that of a facility of 98 %. It is divided by the points of the key."""


@dataclass(frozen=True, slots=True)
class RestTables:
    """Sums by rest-score group for U units × K keys × G groups; units add up (`combine`).

    y is a participant's share of the key's points, r the share on the rest of the work.
    """

    count: Floats
    share: Floats
    """Σy."""
    square: Floats
    """Σy²."""
    rest: Floats
    """Σr, units × keys."""
    groups: Floats
    """Into how many steps the rest score of each key (K) is divided; a step is one point where it can be."""
    least_variance: Floats
    """Smallest believable variance of y for each key (K), so that «everybody elsewhere solved it» is not certainty."""
    usable: Flags
    """Keys (K) beside which enough of the work is left."""

    def combine(self, units: Partition) -> RestTables:
        """Return the tables of bigger units."""
        return RestTables(
            units.add(self.count), units.add(self.share), units.add(self.square), units.add(self.rest), self.groups,
            self.least_variance, self.usable,
        )


@dataclass(frozen=True, slots=True)
class WeakSpots:
    """Result for U units × K keys. NaN where the comparison is not possible."""

    residual: Floats
    """Standardised residual; below −1.64 is roughly «possible»."""
    probability: Floats
    """Probability of a result as low or lower if the unit were like the others."""
    expected: Floats
    """Facility that pupils with the same rest scores show elsewhere."""
    possible: Flags
    confirmed: Flags

    @property
    def tested(self) -> int:
        """Return how many cells were tested: 5 % of the sound ones look possible by chance."""
        return int((~np.isnan(self.probability)).sum())


def rest_tables(
    points: Floats, possible: Floats, total: Floats, total_possible: Floats, starts: NDArray[np.intp]
) -> RestTables:
    """Return the tables of each class; arguments as `key_points` gives them, and all items’ totals (n, and n or 1).

    Rest scores are gathered in groups of one point, or of equal width where the rest has more than 32 points.
    """
    participants, keys = points.shape
    classes = starts.size
    most = np.max(total_possible, initial=0.0)
    rest_most = most - np.max(possible, axis=0, initial=0.0)
    least_variance = _LEAST_VARIANCE / np.maximum(most - rest_most, 1.0)
    groups = np.minimum(rest_most, _MOST_GROUPS).astype(np.int64)
    width = int(groups.max(initial=0)) + 1
    usable = rest_most >= LEAST_REST * most
    with np.errstate(divide="ignore", invalid="ignore"):
        share = points / possible
        rest = (total[:, None] - points) / (total_possible[:, None] - possible)
    taken = np.isfinite(share) & np.isfinite(rest)
    if not taken.all():
        share, rest = np.where(taken, share, 0.0), np.where(taken, rest, 0.0)
    class_of = np.repeat(np.arange(classes), np.diff(np.append(starts, participants)))
    place = (rest * groups + 0.5).astype(np.int64)
    place += (class_of[:, None] * keys + np.arange(keys)[None, :]) * width
    flat = place.ravel()
    size = classes * keys * width
    shape = (classes, keys, width)
    count = np.bincount(flat, None if taken.all() else taken.ravel(), minlength=size).astype(np.float64).reshape(shape)
    summed = np.asarray(np.bincount(flat, share.ravel(), minlength=size), dtype=np.float64).reshape(shape)
    squared = np.asarray(np.bincount(flat, (share * share).ravel(), minlength=size), dtype=np.float64).reshape(shape)
    rests = np.add.reduceat(rest, starts, axis=0) if classes else np.zeros((0, keys))
    return RestTables(count, summed, squared, rests, groups.astype(np.float64), least_variance, usable)


def weak_spots(tables: RestTables, families: Sequence[NDArray[np.intp]] = ()) -> WeakSpots:
    """Compare each unit of the tables with all the others; `families` are columns that share one correction.

    1. Elsewhere, the mean and variance of y are smoothed over neighbouring rest scores (Gaussian kernel of one group).
    2. Residual = Σ(y − expected); its variance is that of the unit's own pupils plus the error of the expected values.
    3. Pupils with equal rest scores are not quite alike: in a weak class the score flatters more often than it fails
       (Lord's paradox; corrected in SIBTEST, Shealy & Stout 1993). The residuals are therefore freed of their common
       slope on the unit's mean rest score; without that a quarter of weak classes has 11 % false alarms, with it 6 %.
    4. The probability takes account of skewness (Edgeworth), since most pupils of a small class solve an easy item.
    5. Benjamini–Hochberg over the cells of each family marks the confirmed ones.
    """
    units, keys, width = tables.count.shape
    n = np.einsum("ukg->uk", tables.count)
    every = n.sum(axis=0)
    tested = (n >= FEWEST_HERE) & (every - n >= FEWEST_ELSEWHERE) & tables.usable
    families = families or (np.arange(keys),)
    if not tested.any():
        nothing = np.full((units, keys), np.nan)
        no = np.zeros((units, keys), dtype=np.bool_)
        return WeakSpots(nothing, nothing, nothing, no, no)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected, variance, outside, kernel_weight = _elsewhere(tables, width)
        mean_expected = np.einsum("ukg,ukg->uk", tables.count, expected) / n
        mean_share = np.einsum("ukg->uk", tables.share) / n
        own = np.einsum("ukg,ukg->uk", tables.count, variance)
        reach = (tables.count / kernel_weight) @ _kernel(width)
        error = np.sqrt(own + np.einsum("ukg,ukg->uk", reach * reach, outside * variance)) / n
        lean = _lean(tables, n, every, mean_share, mean_expected, error, tested)
        mean_expected = np.clip(mean_expected + lean, 0.0, 1.0)
        residual = np.where(tested, (mean_share - mean_expected) / error, np.nan)
        balance = (1 - 2 * mean_expected) / np.maximum(mean_expected * (1 - mean_expected), 0.01)
        skewness = np.clip(own * own / n * balance / (error * n) ** 3, -1.0, 1.0)
        density = np.exp(-residual * residual / 2) / np.sqrt(2 * np.pi)
        probability = normal_cdf(residual) - skewness / 6 * (residual * residual - 1) * density
    probability = np.clip(probability, 0.0, 1.0)
    confirmed = np.zeros((units, keys), dtype=np.bool_)
    for columns in families:
        confirmed[:, columns] = benjamini_hochberg(probability[:, columns], FALSE_DISCOVERIES)
    with np.errstate(invalid="ignore"):
        possible = (probability <= POSSIBLE) & (residual < 0)
    return WeakSpots(residual, probability, np.where(tested, mean_expected, np.nan), possible, confirmed & possible)


def _elsewhere(tables: RestTables, width: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return (mean of y, variance of y, count, kernel weight) by rest score in all units but the unit itself."""
    kernel = _kernel(width)
    outside = tables.count.sum(axis=0) - tables.count
    share = tables.share.sum(axis=0) - tables.share
    square = tables.square.sum(axis=0) - tables.square
    n = np.einsum("ukg->uk", outside)[:, :, None]
    mean = np.einsum("ukg->uk", share)[:, :, None] / n
    mean_square = np.einsum("ukg->uk", square)[:, :, None] / n
    weight = outside @ kernel
    weight += _PRIOR_COUNT
    expected = share @ kernel
    expected += _PRIOR_COUNT * mean
    expected /= weight
    variance = square @ kernel
    variance += _PRIOR_COUNT * mean_square
    variance /= weight
    variance -= expected * expected
    np.maximum(variance, np.maximum(0.1 * (mean_square - mean * mean), tables.least_variance[:, None]), out=variance)
    return expected, variance, outside, weight


def _lean(
    tables: RestTables, n: Floats, every: Floats, mean_share: Floats, mean_expected: Floats, error: Floats,
    tested: Flags,
) -> Floats:
    """Return by how much a unit's expected share leans to its own mean: common slope × slope of the key × distance.

    The common slope is fitted over all cells (residuals cut at ±2 errors, so that a true weak spot does not steer it)
    and drawn to 0.3, its value at the usual reliability 0.75 of a rest score: (1 − ρ) / ρ.
    """
    steps = np.arange(tables.count.shape[2], dtype=np.float64)
    overall = tables.count.sum(axis=0)
    centre = (overall @ steps) / every
    spread = overall @ (steps * steps) - every * centre * centre
    summed = tables.share.sum(axis=0)
    joint = summed @ steps - centre * summed.sum(axis=1)
    slope = np.where(spread > 0, joint / spread, 0.0) * tables.groups
    distance = slope * (tables.rest / n - tables.rest.sum(axis=0) / every)
    gap = np.clip((mean_share - mean_expected) / error, -_WINSOR, _WINSOR)
    lever = np.where(tested, distance / error, 0.0)
    common = (np.where(tested, gap, 0.0) * lever).sum() + _USUAL_BIAS * _BIAS_PRECISION
    result: Floats = common / ((lever * lever).sum() + _BIAS_PRECISION) * np.where(tested, distance, 0.0)
    return result


@lru_cache(maxsize=64)
def _kernel(width: int) -> Floats:
    groups = np.arange(width, dtype=np.float64)
    result: Floats = np.exp(-0.5 * ((groups[:, None] - groups[None, :]) / _WIDTH) ** 2)
    result.setflags(write=False)
    return result
