"""Normal and beta distributions in numpy: cdf and quantile, without scipy."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_TINY = 1e-300
_PRECISION = 1e-14
_MAXIMUM_STEPS = 2000
_STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360)
_SHIFT = 8
_ERF_TABLE = np.frompyfunc(math.erfc, 1, 1)


def normal_cdf(z: ArrayLike) -> Floats:
    """Return P(Z ≤ z) of the standard normal distribution, to full double precision (through C's erfc)."""
    values = np.asarray(z, dtype=np.float64)
    result: Floats = np.asarray(0.5 * _ERF_TABLE(-values / math.sqrt(2.0)), dtype=np.float64)
    return result


def log_gamma(x: ArrayLike) -> Floats:
    """Return ln Γ(x) for x > 0 (Stirling's series after a shift by 8; error below 1e-13 relative).

    Source: DLMF 5.11.1 with Γ(x + 1) = x Γ(x).
    """
    values = np.asarray(x, dtype=np.float64)
    product = values.copy()
    for step in range(1, _SHIFT):
        product = product * (values + step)
    shifted = values + _SHIFT
    inverse = 1 / shifted
    square = inverse * inverse
    tail = np.zeros_like(shifted)
    for coefficient in reversed(_STIRLING):
        tail = tail * square + coefficient
    series = (shifted - 0.5) * np.log(shifted) - shifted + 0.5 * math.log(2 * math.pi) + tail * inverse
    result: Floats = series - np.log(product)
    return result


def _continued_fraction(x: Floats, a: Floats, b: Floats) -> Floats:
    """Return the continued fraction of DLMF 8.17.22 by Lentz's method, where x < (a + 1) / (a + b + 2).

    Elements that have converged leave the arrays, so that a few hard ones do not keep the rest waiting.
    """
    result = np.empty_like(x)
    places = np.arange(x.size)
    c = np.ones_like(x)
    d = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    h = d.copy()
    for m in range(1, _MAXIMUM_STEPS):
        twice = a + 2 * m
        even = m * (b - m) * x / ((twice - 1) * twice)
        d = 1 / _away_from_zero(1 + even * d)
        c = _away_from_zero(1 + even / c)
        h *= d * c
        odd = -(a + m) * (a + b + m) * x / (twice * (twice + 1))
        d = 1 / _away_from_zero(1 + odd * d)
        c = _away_from_zero(1 + odd / c)
        change = d * c
        h *= change
        if m % 4:
            continue
        done = np.abs(change - 1) < _PRECISION
        if done.any():
            result[places[done]] = h[done]
            left = ~done
            if not left.any():
                return result
            x, a, b, c, d, h, places = x[left], a[left], b[left], c[left], d[left], h[left], places[left]
    result[places] = h
    return result


def _away_from_zero(values: Floats) -> Floats:
    """Replace numbers too near to zero, as Lentz's method asks."""
    result: Floats = np.where(np.abs(values) < _TINY, _TINY, values)
    return result


def beta_cdf(x: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """Return P(B ≤ x) for B ~ Beta(a, b), a and b > 0: the regularised incomplete beta function.

    NaN where an argument is NaN. Source: DLMF 8.17 (continued fraction 8.17.22, symmetry 8.17.4).
    """
    x_all, a_all, b_all = np.broadcast_arrays(
        np.asarray(x, dtype=np.float64), np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    )
    result = np.where(np.isnan(x_all + a_all + b_all), np.nan, np.where(x_all <= 0, 0.0, 1.0))
    inside = (x_all > 0) & (x_all < 1) & ~np.isnan(a_all + b_all)
    if not inside.any():
        return result
    x1, a1, b1 = x_all[inside], a_all[inside], b_all[inside]
    swap = x1 > (a1 + 1) / (a1 + b1 + 2)
    x2 = np.where(swap, 1 - x1, x1)
    a2 = np.where(swap, b1, a1)
    b2 = np.where(swap, a1, b1)
    log_front = (
        a2 * np.log(x2) + b2 * np.log1p(-x2) - (log_gamma(a2) + log_gamma(b2) - log_gamma(a2 + b2)) - np.log(a2)
    )
    lower = np.exp(log_front) * _continued_fraction(x2, a2, b2)
    result[inside] = np.clip(np.where(swap, 1 - lower, lower), 0.0, 1.0)
    return result


def beta_quantile(probability: ArrayLike, a: ArrayLike, b: ArrayLike) -> Floats:
    """Return x with P(Beta(a, b) ≤ x) = probability, by halving the interval 0..1 (error below 1e-12)."""
    target, a_all, b_all = np.broadcast_arrays(
        np.asarray(probability, dtype=np.float64), np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    )
    low = np.zeros(target.shape)
    high = np.ones(target.shape)
    for _ in range(44):
        middle = (low + high) / 2
        below = beta_cdf(middle, a_all, b_all) < target
        low = np.where(below, middle, low)
        high = np.where(below, high, middle)
    result: Floats = np.where(np.isnan(target + a_all + b_all), np.nan, (low + high) / 2)
    return result
