"""Item statistics against hand-worked figures and an independent computation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from core.analysis.items import item_statistics
from core.analysis.reasons import Reason
from core.intake.matrix import NOT_ADMINISTERED, NOT_ATTEMPTED


def _class(participants: int = 60, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    maxima = np.array([1, 2, 1, 3, 2, 1])
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=(participants, 1))
    chance = 1 / (1 + np.exp(-(ability - np.linspace(-1, 1, 6))))
    return rng.binomial(maxima, chance).astype(np.int8), maxima


def test_a_two_point_item_of_the_dossier() -> None:
    scores = np.array([[0]] * 5 + [[1]] * 5 + [[2]] * 10, dtype=np.int8)
    result = item_statistics(scores, np.array([2]))
    assert result.points[0] == 25
    assert result.facility[0] == pytest.approx(0.625)
    assert (result.full[0], result.partial[0], result.zero[0], result.skipped[0]) == (0.5, 0.25, 0.25, 0.0)
    variance = np.var([0] * 5 + [0.5] * 5 + [1] * 10, ddof=1)
    assert result.effective_n[0] == pytest.approx(0.625 * 0.375 / variance * 20)
    assert result.low[0] < 0.625 < result.high[0]


def test_agrees_with_an_independent_computation_to_1e_9() -> None:
    scores, maxima = _class()
    result = item_statistics(scores, maxima)
    total = scores.sum(axis=1)
    items = scores.shape[1]
    np.testing.assert_allclose(result.mean, scores.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(result.sd, scores.std(axis=0, ddof=1), atol=1e-12)
    for item in range(items):
        rest = total - scores[:, item]
        assert result.discrimination[item] == pytest.approx(stats.pearsonr(scores[:, item], rest)[0], abs=1e-9)
        assert result.item_total[item] == pytest.approx(stats.pearsonr(scores[:, item], total)[0], abs=1e-9)
        others = np.delete(scores, item, axis=1)
        expected = (items - 1) / (items - 2) * (1 - others.var(axis=0, ddof=1).sum() / rest.var(ddof=1))
        assert result.alpha_without[item] == pytest.approx(expected, abs=1e-9)
    alpha = items / (items - 1) * (1 - scores.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    assert result.alpha == pytest.approx(alpha, abs=1e-9)
    assert result.sem == pytest.approx(total.std(ddof=1) * np.sqrt(1 - alpha), abs=1e-9)


def test_upper_lower_index_takes_thirds_at_the_quantiles() -> None:
    scores, maxima = _class()
    total = scores.sum(axis=1)
    first, second = np.quantile(total, [1 / 3, 2 / 3])
    expected = (scores[total >= second].mean(axis=0) - scores[total < first].mean(axis=0)) / maxima
    np.testing.assert_allclose(item_statistics(scores, maxima).upper_lower, expected, atol=1e-12)


def test_not_attempted_is_zero_and_not_administered_leaves_the_denominator() -> None:
    scores = np.array([[1], [NOT_ATTEMPTED], [NOT_ADMINISTERED], [0]], dtype=np.int8)
    as_zero = item_statistics(scores, np.array([1]))
    assert as_zero.n[0] == 3
    assert as_zero.facility[0] == pytest.approx(1 / 3)
    assert (as_zero.zero[0], as_zero.skipped[0]) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    left_out = item_statistics(scores, np.array([1]), absent_as_zero=False)
    assert left_out.n[0] == 2
    assert left_out.facility[0] == 0.5
    assert left_out.skipped[0] == pytest.approx(1 / 3)


def test_items_left_out_for_some_are_correlated_over_those_who_had_them() -> None:
    scores, maxima = _class(80)
    scores[:30, 2] = NOT_ADMINISTERED
    result = item_statistics(scores, maxima)
    had = scores[30:]
    rest = had.sum(axis=1) - had[:, 2]
    assert result.n[2] == 50
    assert result.complete == 50
    assert result.discrimination[2] == pytest.approx(stats.pearsonr(had[:, 2], rest)[0], abs=1e-9)
    total = had.sum(axis=1)
    alpha = 6 / 5 * (1 - had.var(axis=0, ddof=1).sum() / total.var(ddof=1))
    assert result.alpha == pytest.approx(alpha, abs=1e-9)


def test_a_constant_item_has_words_instead_of_a_correlation() -> None:
    scores, maxima = _class()
    scores[:, 0] = 1
    result = item_statistics(scores, maxima)
    assert result.facility[0] == 1.0
    assert np.isnan(result.discrimination[0])
    assert result.why("discrimination", 0) is Reason.CONSTANT_ITEM
    assert result.why("discrimination", 1) is None


def test_small_classes_have_no_discrimination() -> None:
    scores, maxima = _class(12)
    result = item_statistics(scores, maxima)
    assert np.isnan(result.discrimination).all()
    assert result.why("discrimination", 1) is Reason.SMALL
    assert result.why("upper_lower", 1) is Reason.SMALL
    assert not np.isnan(result.facility).any()


def test_one_item_one_participant_and_nobody_are_said_in_words() -> None:
    one_item = item_statistics(np.array([[0], [1], [1]] * 10, dtype=np.int8), np.array([1]))
    assert one_item.why("alpha") is Reason.ONE_ITEM
    assert one_item.why("discrimination", 0) is Reason.ONE_ITEM
    single = item_statistics(np.array([[1, 0, 2]], dtype=np.int8), np.array([1, 1, 2]))
    assert single.why("sd", 0) is Reason.ONE_PARTICIPANT
    assert single.why("total_sd") is Reason.ONE_PARTICIPANT
    assert single.why("alpha") is Reason.FEW
    assert single.why("item_total", 0) is Reason.FEW
    assert single.facility[0] == 1.0
    empty = item_statistics(np.zeros((0, 3), dtype=np.int8), np.array([1, 1, 2]))
    assert np.isnan(empty.facility).all()
    assert np.isnan(empty.low).all()
    assert empty.why("facility", 0) is Reason.NO_PARTICIPANTS
    assert empty.why("alpha") is Reason.NO_PARTICIPANTS
    nothing = item_statistics(np.zeros((0, 0), dtype=np.int8), np.zeros(0, dtype=np.int64))
    assert nothing.participants == 0


def test_a_class_of_three_with_equal_totals() -> None:
    scores = np.array([[1, 0], [0, 1], [1, 0]], dtype=np.int8)
    result = item_statistics(scores, np.array([1, 1]))
    assert np.isnan(result.alpha)
    assert result.why("alpha") is Reason.CONSTANT_TOTAL
    assert result.why("sem") is Reason.CONSTANT_TOTAL


def test_two_items_have_no_alpha_without_one_of_them() -> None:
    scores, maxima = _class()
    result = item_statistics(scores[:, :2], maxima[:2])
    assert not np.isnan(result.alpha)
    assert result.why("alpha_without", 0) is Reason.TWO_ITEMS


def test_an_item_that_nobody_was_offered() -> None:
    scores, maxima = _class()
    scores[:, 3] = NOT_ADMINISTERED
    result = item_statistics(scores, maxima)
    assert result.why("facility", 3) is Reason.NOBODY
    assert not np.isnan(result.alpha)
    assert np.isnan(result.full[3])


def test_equal_totals_of_many_leave_no_thirds() -> None:
    scores = np.array([[1, 0], [0, 1]] * 20, dtype=np.int8)
    result = item_statistics(scores, np.array([1, 1]))
    assert result.why("upper_lower", 0) is Reason.FEW_TOTALS
    assert result.why("item_total", 0) is Reason.CONSTANT_TOTAL
