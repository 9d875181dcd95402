"""Weak spots, the rules' false alarms and power, and the small tools beneath them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from core.analysis.multiple import benjamini_hochberg
from core.analysis.partition import Partition
from core.analysis.rank import ranks, spearman
from core.analysis.shrinkage import shrunken
from core.analysis.weakspot import rest_tables, weak_spots
from tests.bench.simulation import measure


def _tables(scores: np.ndarray, starts: list[int]):
    most = np.ones((1, scores.shape[1]))
    total = scores.sum(axis=1).astype(float)
    all_points = np.array([float(scores.shape[1])])
    return rest_tables(scores.astype(float), most, total, all_points, np.array(starts, dtype=np.intp))


def _classes(classes: int, size: int, seed: int = 4, spread: float = 0.0) -> tuple[np.ndarray, list[int]]:
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=classes * size) + np.repeat(rng.normal(0, 1, classes) * spread, size)
    chance = 1 / (1 + np.exp(-(ability[:, None] + np.linspace(0.3, 1.5, 12))))
    return (rng.random(chance.shape) < chance).astype(float), list(range(0, classes * size, size))


def test_an_untaught_topic_is_found_and_a_weak_class_is_not() -> None:
    scores, starts = _classes(12, 24)
    scores[:24, 3] = 0
    scores[24:48] *= np.random.default_rng(1).random((24, 12)) < 0.6
    spots = weak_spots(_tables(scores, starts))
    assert spots.confirmed[0, 3]
    assert spots.residual[0, 3] < -4
    assert spots.expected[0, 3] > 0.4
    assert not spots.confirmed[1].any()
    assert spots.tested == 12 * 12


def test_nobody_to_compare_with_gives_no_number() -> None:
    scores, _ = _classes(1, 24)
    alone = weak_spots(_tables(scores, [0]))
    assert np.isnan(alone.residual).all()
    assert not alone.possible.any()
    assert alone.tested == 0
    nobody = weak_spots(_tables(np.zeros((0, 12)), []))
    assert nobody.residual.shape == (0, 12)


def test_a_class_of_three_is_not_judged() -> None:
    scores, starts = _classes(4, 20)
    spots = weak_spots(_tables(scores, [*starts, 77]))
    assert np.isnan(spots.residual[-1]).all()
    assert not np.isnan(spots.residual[0]).any()


def test_a_key_that_is_most_of_the_work_is_not_judged() -> None:
    scores, starts = _classes(4, 20)
    points = np.column_stack((scores[:, :8].sum(axis=1), scores[:, 8]))
    tables = rest_tables(points, np.array([[8.0, 1.0]]), scores.sum(axis=1), np.array([12.0]), np.array(starts))
    assert np.isnan(weak_spots(tables).residual[:, 0]).all()
    assert not np.isnan(weak_spots(tables).residual[:, 1]).any()


def test_one_mistake_where_everybody_else_was_right_is_no_weak_spot() -> None:
    scores, starts = _classes(6, 20)
    scores[:, 4] = 1
    scores[3, 4] = 0
    spots = weak_spots(_tables(scores, starts))
    assert np.isfinite(spots.residual[:, 4]).all()
    assert not spots.possible[0, 4]
    scores[:8, 4] = 0
    assert weak_spots(_tables(scores, starts)).confirmed[0, 4]


def test_schools_are_compared_as_classes_are() -> None:
    scores, starts = _classes(12, 24)
    scores[:72, 5] = 0
    tables = _tables(scores, starts)
    combined = weak_spots(tables.combine(Partition([(0, 1, 2), (3, 4, 5), (6, 7, 8), (9, 10, 11)])))
    directly = weak_spots(_tables(scores, starts[::3]))
    assert combined.confirmed[0, 5]
    np.testing.assert_allclose(combined.residual, directly.residual)


def test_an_item_that_a_class_was_not_offered_stays_out() -> None:
    scores, starts = _classes(5, 20)
    possible = np.ones_like(scores)
    possible[:20, 2] = 0
    scores[:20, 2] = 0
    tables = rest_tables(scores, possible, scores.sum(axis=1), possible.sum(axis=1), np.array(starts))
    spots = weak_spots(tables)
    assert np.isnan(spots.residual[0, 2])
    assert not np.isnan(spots.residual[1, 2])


def test_rules_keep_what_the_design_promises() -> None:
    """The full table is printed by `python -m tests.bench`; here bounds are loose because the sample is small."""
    result = measure(classes=40, works=12, seed=11)
    alarms, power = result["вероятно ниже или хуже"]
    assert alarms <= 0.06
    assert power >= 0.52
    alarms, power = result["слабое место, возможное"]
    assert alarms <= 0.055
    assert power >= 0.72
    assert result["слабое место, подтверждённое"][0] <= 0.01
    assert result["достоверно ниже"][0] <= 0.01
    assert result["процент ниже порога"][0] > 0.09
    alarms, power = result["проблемное поле (как в списке)"]
    assert alarms <= 0.065
    assert power >= 0.7


def test_a_weak_class_has_hardly_more_false_alarms_than_a_strong_one() -> None:
    marked = np.zeros((10, 20))
    for seed in range(10):
        scores, starts = _classes(20, 22, seed=seed, spread=0.7)
        spots = weak_spots(_tables(scores, starts))
        order = np.argsort([scores[start : start + 22].mean() for start in starts])
        marked[seed] = spots.possible.mean(axis=1)[order]
    assert marked[:, :5].mean() < 0.09
    assert abs(marked[:, :5].mean() - marked[:, -5:].mean()) < 0.05


def test_benjamini_hochberg_agrees_with_scipy() -> None:
    p = np.random.default_rng(2).random(60) ** 3
    np.testing.assert_array_equal(benjamini_hochberg(p, 0.1), stats.false_discovery_control(p) <= 0.1)
    assert not benjamini_hochberg(np.array([np.nan, 0.9]), 0.1).any()
    assert not benjamini_hochberg(np.zeros(0), 0.1).any()


def test_spearman_agrees_with_scipy_and_is_undefined_for_constants() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.integers(2, 6, 40), rng.integers(0, 20, 40)
    assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-12)
    np.testing.assert_allclose(ranks(x), stats.rankdata(x))
    assert np.isnan(spearman([1, 1, 1], [1, 2, 3]))
    assert np.isnan(spearman([1, 2], [1, 2]))


def test_shrinkage_draws_small_units_most_and_leaves_two_alone() -> None:
    facility = np.array([[0.2], [0.7], [0.75], [0.4], [0.9]])
    n = np.array([[6.0], [200.0], [200.0], [200.0], [200.0]])
    result = shrunken(facility, n)[:, 0]
    assert 0.25 < result[0] < 0.5
    assert abs(result[3] - 0.4) < 0.02
    np.testing.assert_array_equal(shrunken(facility[:2], n[:2]), facility[:2])
    alike = shrunken(np.full((4, 1), 0.5), np.full((4, 1), 20.0))
    assert alike[:, 0] == pytest.approx([0.5] * 4)
    assert np.isnan(shrunken(np.array([[np.nan], [0.5], [0.6], [0.7]]), np.array([[0.0], [9], [9], [9]]))[0, 0])
