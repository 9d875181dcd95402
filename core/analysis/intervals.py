"""Intervals of shares: Wilson on an effective number of participants, Newcombe for differences."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z95 = 1.959963984540054
"""Two-sided 95 % quantile of the normal distribution."""


def wilson(share: ArrayLike, n: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Return (low, high) of Wilson's score interval for shares 0..1 on n (effective) observations; NaN where n = 0.

    Source: Wilson E. B. (1927), Probable inference, the law of succession, and statistical inference. JASA 22.
    """
    p = np.asarray(share, dtype=np.float64)
    count = np.asarray(n, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = z * z / count
        centre = (p + shift / 2) / (1 + shift)
        half = z * np.sqrt((p * (1 - p) + shift / 4) / count) / (1 + shift)
        empty = ~(count > 0)
        low = np.where(empty, np.nan, np.where(p <= 0, 0.0, centre - half))
        high = np.where(empty, np.nan, np.where(p >= 1, 1.0, centre + half))
    return low, high


def wilson_of(share: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Return `wilson` of one share, bit for bit, without the price of an array: tables ask for thousands, one by one.

    >>> wilson_of(0.25, 12) == tuple(float(edge) for edge in wilson(0.25, 12))
    True
    """
    if not n > 0:
        return math.nan, math.nan
    shift = z * z / n
    centre = (share + shift / 2) / (1 + shift)
    half = z * math.sqrt((share * (1 - share) + shift / 4) / n) / (1 + shift)
    return 0.0 if share <= 0 else centre - half, 1.0 if share >= 1 else centre + half


def effective_n(share: ArrayLike, variance: ArrayLike, n: ArrayLike, points: ArrayLike) -> Floats:
    """Return the number of yes/no answers that would tell as much: p(1−p)/s² · n, at least n, at most n · points.

    `share` is Σx/(n·m), `variance` the sample variance s² (divisor n − 1) of the participant's share x/m, `points` the
    maximum m. For a one-point item it is exactly n. The upper bound is the case in which every point is an independent
    answer: it keeps a handful of equal scores from passing for certainty. With divisor n − 1 the 95 % interval covers
    93–97 % in classes of 12–25 (simulated), with divisor n less.
    Source of the ratio: Kish L. (1965), Survey Sampling (design effect, deff = s² / (p(1−p))).
    """
    p = np.asarray(share, dtype=np.float64)
    s2 = np.asarray(variance, dtype=np.float64)
    count = np.asarray(n, dtype=np.float64)
    ceiling = np.maximum(np.asarray(points, dtype=np.float64), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = p * (1 - p) / s2
    ratio = np.where((p > 0) & (p < 1) & (count > 1), np.clip(ratio, 1.0, ceiling), 1.0)
    result: Floats = np.where(count > 0, ratio * count, 0.0)
    return result


def newcombe(
    first: ArrayLike, n_first: ArrayLike, second: ArrayLike, n_second: ArrayLike, z: float = Z95
) -> tuple[Floats, Floats]:
    """Return (low, high) of the difference first − second of two independent shares 0..1.

    `n_second` may be inf: then the second share is a known number without an error of its own.
    Source: Newcombe R. G. (1998), Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17, method 10 (hybrid score).
    """
    p1 = np.asarray(first, dtype=np.float64)
    p2 = np.asarray(second, dtype=np.float64)
    low1, high1 = wilson(p1, n_first, z)
    low2, high2 = wilson(p2, n_second, z)
    difference = p1 - p2
    low: Floats = difference - np.hypot(p1 - low1, high2 - p2)
    high: Floats = difference + np.hypot(high1 - p1, p2 - low2)
    return low, high
