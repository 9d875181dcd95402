"""Our own distributions and intervals against scipy and printed figures."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from core.analysis.beta import beta_cdf, beta_quantile, log_gamma, normal_cdf
from core.analysis.intervals import effective_n, newcombe, wilson


def test_beta_agrees_with_scipy() -> None:
    rng = np.random.default_rng(5)
    a, b, x = rng.uniform(0.5, 60, 2000), rng.uniform(0.5, 60, 2000), rng.uniform(0, 1, 2000)
    np.testing.assert_allclose(beta_cdf(x, a, b), special.betainc(a, b, x), atol=1e-12)
    np.testing.assert_allclose(beta_quantile(x[:50], a[:50], b[:50]), special.betaincinv(a, b, x)[:50], atol=1e-10)
    assert beta_cdf([0.0, 1.0, -1.0], 2, 3).tolist() == [0.0, 1.0, 0.0]
    assert np.isnan(beta_cdf(0.5, np.nan, 1))


def test_beta_of_a_whole_region() -> None:
    assert beta_cdf(0.6, 12000.5, 8100.5) == pytest.approx(special.betainc(12000.5, 8100.5, 0.6), abs=1e-9)


def test_log_gamma_and_normal() -> None:
    x = np.array([0.5, 1, 1.5, 10, 1234.5])
    np.testing.assert_allclose(log_gamma(x), special.gammaln(x), atol=1e-12, rtol=1e-13)
    z = np.linspace(-8, 8, 33)
    np.testing.assert_allclose(normal_cdf(z), stats.norm.cdf(z), rtol=1e-12)


def test_wilson_agrees_with_scipy_and_is_empty_for_nobody() -> None:
    expected = stats.binomtest(7, 20).proportion_ci(method="wilson")
    low, high = wilson(7 / 20, 20)
    assert (low, high) == (pytest.approx(expected.low, abs=1e-12), pytest.approx(expected.high, abs=1e-12))
    low, high = wilson([0.0, 1.0, np.nan], [3, 3, 0])
    assert low[0] == 0.0
    assert high[1] == 1.0
    assert 0 < high[0] < 1
    assert np.isnan(low[2])


def test_newcombe_gives_the_printed_example() -> None:
    """Newcombe 1998, table II, method 10: 56/70 − 48/80 → 0.0524 … 0.3339."""
    low, high = newcombe(56 / 70, 70, 48 / 80, 80)
    assert (round(float(low), 4), round(float(high), 4)) == (0.0524, 0.3339)


def test_a_known_number_has_no_error_of_its_own() -> None:
    low, high = newcombe(0.5, 40, 0.6, np.inf)
    own_low, own_high = wilson(0.5, 40)
    assert (low, high) == (pytest.approx(own_low - 0.6), pytest.approx(own_high - 0.6))


def test_effective_n_of_one_point_items_is_n_and_never_endless() -> None:
    assert effective_n(0.7, 0.21 * 20 / 19, 20, 1) == pytest.approx(20)
    assert effective_n(0.5, 0.0, 6, 2) == pytest.approx(12)
    assert effective_n(0.5, np.nan, 1, 2) == 1
    assert effective_n(1.0, 0.0, 6, 2) == pytest.approx(6)
