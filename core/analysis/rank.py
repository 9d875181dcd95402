"""Spearman's rank correlation."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def ranks(values: ArrayLike) -> Floats:
    """Return ranks from 1; equal values share the mean of their ranks."""
    _, place, counts = np.unique(np.asarray(values), return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    result: Floats = (ends - (counts - 1) / 2)[place]
    return result


def spearman(first: ArrayLike, second: ArrayLike) -> float:
    """Return Spearman's ρ of two lists of equal length; NaN for fewer than three pairs or a constant list.

    It is Pearson's correlation of the ranks, which is exact also with ties. Source: Spearman C. (1904).
    """
    x, y = ranks(first), ranks(second)
    if x.size < 3:
        return float("nan")
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / scale if scale > 0 else float("nan")
