"""Classical statistics of the items of one work in one set of participants."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.analysis.intervals import effective_n, wilson
from core.analysis.reasons import SMALL_FOR_DISCRIMINATION, Reason
from core.intake.matrix import NOT_ATTEMPTED, Scores

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """Statistics of I items in n participants; arrays have length I. NaN means undefined: `why` says the reason.

    Shares and facility are 0..1; `mean` and `sd` (divisor n − 1) are in points.
    """

    participants: int
    maxima: Integers
    n: Integers
    """Participants to whom the item was offered (the denominator)."""
    points: Integers
    """Σ of points."""
    mean: Floats
    sd: Floats
    facility: Floats
    low: Floats
    high: Floats
    effective_n: Floats
    discrimination: Floats
    """Item–rest correlation."""
    item_total: Floats
    upper_lower: Floats
    alpha_without: Floats
    full: Floats
    partial: Floats
    zero: Floats
    """Zero points for an attempted item; «не приступал» is apart, in `skipped`."""
    skipped: Floats
    alpha: float
    sem: float
    """Standard error of measurement, in points."""
    total_mean: float
    total_sd: float
    complete: int
    """Participants to whom every item was offered: alpha is computed on them."""
    constant_rest: NDArray[np.bool_]

    def why(self, statistic: str, item: int | None = None) -> Reason | None:
        """Return why a statistic is undefined, or None when it is a number.

        `statistic` is a field's name; `item` the item's index, None for `alpha`, `sem`, `total_mean`, `total_sd`.
        """
        value = getattr(self, statistic) if item is None else getattr(self, statistic)[item]
        if not np.isnan(value):
            return None
        if self.participants == 0:
            return Reason.NO_PARTICIPANTS
        if item is None:
            return self._why_work(statistic)
        if self.n[item] == 0:
            return Reason.NOBODY
        if statistic == "sd":
            return Reason.ONE_PARTICIPANT
        if statistic == "alpha_without":
            return Reason.TWO_ITEMS if self._live_items() == 2 else self._why_work("alpha")
        if self._live_items() == 1:
            return Reason.ONE_ITEM
        if self.n[item] < 3:
            return Reason.FEW
        if self.n[item] < SMALL_FOR_DISCRIMINATION:
            return Reason.SMALL
        if self.sd[item] == 0:
            return Reason.CONSTANT_ITEM
        if statistic == "upper_lower":
            return Reason.FEW_TOTALS
        return Reason.CONSTANT_REST if self.constant_rest[item] else Reason.CONSTANT_TOTAL

    def _live_items(self) -> int:
        return int((self.n > 0).sum())

    def _why_work(self, statistic: str) -> Reason:
        if statistic == "total_sd":
            return Reason.ONE_PARTICIPANT
        if self._live_items() == 1:
            return Reason.ONE_ITEM
        if self.participants < 3:
            return Reason.FEW
        return Reason.FEW_COMPLETE if self.complete < 3 else Reason.CONSTANT_TOTAL


def offered_points(scores: Scores, absent_as_zero: bool = True) -> tuple[Floats, NDArray[np.bool_] | None]:
    """Return (points with sentinels as 0, which cells count in the denominator; None when all do).

    With `absent_as_zero` «X — не приступал» is a zero (the default of design §5), else it leaves the denominator.
    """
    least = NOT_ATTEMPTED if absent_as_zero else 0
    lowest = int(scores.min(initial=0))
    points = (np.maximum(scores, 0) if lowest < 0 else scores).astype(np.float64)
    return points, (None if lowest >= least else scores >= least)


def item_statistics(scores: Scores, maxima: NDArray[np.integer], absent_as_zero: bool = True) -> ItemStatistics:
    """Return the statistics of each item for a matrix participants × items (int8 with sentinels).

    Sums are whole numbers in doubles, hence exact; agrees with R (ShinyItemAnalysis, psych) to 1e-9.
    Sources: facility, item–rest and item–total correlation, α and α without the item: Crocker & Algina (1986),
    Introduction to Classical and Modern Test Theory; α: Cronbach (1951); SEM = s·√(1 − α). For «не пройдено» the
    item's correlations are taken over those who were offered the item, α over those who were offered all items.
    """
    participants, count = scores.shape
    most = np.asarray(maxima, dtype=np.int64)
    x, offered = offered_points(scores, absent_as_zero)
    total = x.sum(axis=1)
    squared_total = total * total
    points = x.sum(axis=0)
    squares = np.einsum("ij,ij->j", x, x)
    cross = total @ x
    if offered is None:
        n = np.full(count, float(participants))
        total_sum = np.full(count, total.sum())
        total_squares = np.full(count, squared_total.sum())
    else:
        mask = offered.astype(np.float64)
        n = mask.sum(axis=0)
        total_sum = total @ mask
        total_squares = squared_total @ mask
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = points / n
        facility = mean / most
        spread = n * squares - points * points  # n² · population variance
        spread_total = n * total_squares - total_sum * total_sum
        joint = n * cross - points * total_sum
        spread_rest = spread_total - 2 * joint + spread
        joint_rest = joint - spread
        sd = np.sqrt(np.where(n > 1, spread / (n * (n - 1)), np.nan))
        shown = (n >= SMALL_FOR_DISCRIMINATION) & (int((n > 0).sum()) > 1)
        discrimination = np.where(shown & (spread > 0) & (spread_rest > 0), joint_rest, np.nan)
        discrimination /= np.sqrt(spread * spread_rest)
        item_total = np.where(shown & (spread > 0) & (spread_total > 0), joint, np.nan) / np.sqrt(spread * spread_total)
        effective = effective_n(facility, spread / (n * (n - 1) * most * most), n, most)
        low, high = wilson(facility, effective)
        full = (scores == most).sum(axis=0) / n
        skipped_count = (scores == NOT_ATTEMPTED).sum(axis=0)
        skipped = skipped_count / (n if absent_as_zero else n + skipped_count)
        zero = (scores == 0).sum(axis=0) / n
        partial = ((scores > 0) & (scores < most)).sum(axis=0) / n
    reliability = _reliability(x, offered, n)
    return ItemStatistics(
        participants=participants, maxima=most, n=n.astype(np.int64), points=points.astype(np.int64), mean=mean, sd=sd,
        facility=facility, low=low, high=high, effective_n=effective, discrimination=discrimination,
        item_total=item_total, upper_lower=_upper_lower(x, offered, total, most, shown & (spread > 0)),
        alpha_without=reliability.without, full=full, partial=partial, zero=zero, skipped=skipped,
        alpha=reliability.alpha, sem=reliability.sem, total_mean=_mean(total), total_sd=_sd(total),
        complete=reliability.complete, constant_rest=spread_rest <= 0,
    )


def without_items(found: ItemStatistics, hidden: NDArray[np.bool_]) -> ItemStatistics:
    """Return the statistics with nothing about the hidden items (I)."""

    def shown(values: Floats) -> Floats:
        return np.where(hidden, np.nan, values)

    return replace(
        found, n=np.where(hidden, 0, found.n), points=np.where(hidden, 0, found.points), mean=shown(found.mean),
        sd=shown(found.sd), facility=shown(found.facility), low=shown(found.low), high=shown(found.high),
        effective_n=np.where(hidden, 0.0, found.effective_n), discrimination=shown(found.discrimination),
        item_total=shown(found.item_total), upper_lower=shown(found.upper_lower),
        alpha_without=shown(found.alpha_without), full=shown(found.full), partial=shown(found.partial),
        zero=shown(found.zero), skipped=shown(found.skipped),
    )


@dataclass(frozen=True, slots=True)
class _Reliability:
    alpha: float
    sem: float
    without: Floats
    complete: int


def _reliability(x: Floats, offered: NDArray[np.bool_] | None, n: Floats) -> _Reliability:
    """Return Cronbach's α, SEM and α without each item on the participants who were offered every item."""
    without = np.full(x.shape[1], np.nan)
    live = n > 0
    if offered is not None:
        x = x[offered[:, live].all(axis=1)]
    complete, items = x.shape[0], int(live.sum())
    if complete < 3 or items < 2:
        return _Reliability(np.nan, np.nan, without, complete)
    total = x.sum(axis=1)
    sums = x.sum(axis=0)
    spread = complete * np.einsum("ij,ij->j", x, x) - sums * sums
    joint = complete * (total @ x) - sums * total.sum()
    spread_total = complete * float(total @ total) - float(total.sum()) ** 2
    if spread_total <= 0:
        return _Reliability(np.nan, np.nan, without, complete)
    all_items = float(spread.sum())
    alpha = items / (items - 1) * (1 - all_items / spread_total)
    if items > 2:
        spread_rest = spread_total - 2 * joint + spread
        with np.errstate(divide="ignore", invalid="ignore"):
            value = (items - 1) / (items - 2) * (1 - (all_items - spread) / spread_rest)
        without = np.where(live & (spread_rest > 0), value, np.nan)
    sem = float(np.sqrt(spread_total / (complete * (complete - 1)) * (1 - alpha)))
    return _Reliability(alpha, sem, without, complete)


def _upper_lower(
    x: Floats, offered: NDArray[np.bool_] | None, total: Floats, most: Integers, shown: NDArray[np.bool_]
) -> Floats:
    """Return the facility in the upper third minus the facility in the lower third of the total score.

    The thirds end at the quantiles 1/3 and 2/3 of the totals (linear interpolation); a total equal to a border belongs
    to the group above it. Source: Martinková et al. (2017), doi 10.15439/2017F380 (generalised upper–lower index).
    """
    if not shown.any():
        return np.full(most.size, np.nan)
    ordered = np.sort(total)
    first, second = (_quantile(ordered, part / 3) for part in (1, 2))
    lower, upper = total < first, total >= second
    if first == second or not lower.any() or not upper.any():
        return np.full(most.size, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        sums = np.stack((lower, upper)).astype(np.float64)
        counts = sums.sum(axis=1)[:, None] if offered is None else sums @ offered.astype(np.float64)
        means = (sums @ x) / counts
        result: Floats = np.where(shown, (means[1] - means[0]) / most, np.nan)
    return result


def _quantile(ordered: Floats, share: float) -> float:
    """Return the quantile of sorted values by linear interpolation (Hyndman & Fan 1996, type 7)."""
    place = (ordered.size - 1) * share
    below = int(place)
    above = min(below + 1, ordered.size - 1)
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else float("nan")


def _sd(values: Floats) -> float:
    return float(values.std(ddof=1)) if values.size > 1 else float("nan")

