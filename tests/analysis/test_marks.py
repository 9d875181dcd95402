"""Mark indices, groups, objectivity signs and comparability against hand-worked figures."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.compare import Comparability, WorkTraits, comparability, compare_shares, reference_facility
from core.analysis.elements import Key, KeySums, Kind
from core.analysis.groups import MARK_GROUPS, Pattern, group_of_test_scores, group_results
from core.analysis.marks import Mean, journal_comparison, mark_indices, score_distribution
from core.analysis.objectivity import MarkerKind, against_journal, grade_jumps, heaping, high_mean
from core.analysis.severity import SeverityWord, severity


def test_the_marks_of_the_dossier() -> None:
    marks = np.array([5] * 5 + [4] * 10 + [3] * 8 + [2] * 2 + [0] * 3, dtype=np.int8)
    result = mark_indices(marks)
    assert result.n == 25
    assert result.counts == (2, 8, 10, 5)
    assert result.passed.value == pytest.approx(0.92)
    assert result.quality.value == pytest.approx(0.60)
    assert result.learning.value == pytest.approx(0.584)
    assert result.mean.value == pytest.approx(3.72)
    assert result.mean.low < 3.72 < result.mean.high
    assert result.quality.low < 0.6 < result.quality.high


def test_no_marks_at_all_are_no_zeros() -> None:
    result = mark_indices(np.zeros(4, dtype=np.int8))
    assert np.isnan(result.passed.value)
    assert np.isnan(result.mean.value)
    one = mark_indices(np.array([4], dtype=np.int8))
    assert one.mean.value == 4
    assert np.isnan(one.mean.low)


def test_journal_counts_pairs_only() -> None:
    marks = np.array([3, 4, 5, 2, 4, 0, 3], dtype=np.int8)
    journal = np.array([4, 4, 4, 4, 0, 3, 3], dtype=np.int8)
    result = journal_comparison(marks, journal)
    assert result.n == 5
    assert (result.lowered.count, result.confirmed.count, result.raised.count) == (2, 2, 1)
    assert result.wide_gap.count == 1


def test_distribution_of_scores() -> None:
    result = score_distribution(np.array([0, 2, 4, 4, 6, 8], dtype=np.int16), 10)
    assert result.counts.tolist() == [1, 0, 1, 0, 2, 0, 1, 0, 1, 0, 0]
    assert (result.minimum, result.median, result.maximum) == (0, 4, 8)
    assert result.quartile_ratio == pytest.approx(100 * 2.5 / 5.5)
    empty = score_distribution(np.zeros(0, dtype=np.int16), 3)
    assert empty.counts.tolist() == [0, 0, 0, 0]
    assert np.isnan(empty.median)
    assert np.isnan(score_distribution(np.zeros(9, dtype=np.int16), 3).quartile_ratio)


def _groups(rows: list[tuple[int, int]]) -> KeySums:
    """Return the sums of one-point answers: (participants, points) for each group of one unit and one key."""
    n = np.array([count for count, _ in rows], dtype=float)
    points = np.array([total for _, total in rows], dtype=float)
    return KeySums(np.stack((n, points, n, points, points, n))[:, None, :, None])


@pytest.mark.parametrize(
    ("rows", "pattern", "failing"),
    [
        ([(12, 1), (20, 6), (20, 9), (12, 6)], Pattern.ALL_LOW, ("«2»", "«3»", "«4»", "«5»")),
        ([(12, 2), (20, 8), (20, 17), (12, 12)], Pattern.WEAK_LOW, ("«2»", "«3»")),
        ([(12, 12), (20, 6), (20, 17), (12, 12)], Pattern.CROSSING, ("«3»",)),
        ([(12, 8), (20, 15), (20, 18), (12, 12)], Pattern.HIGH, ()),
        ([(3, 0), (20, 6), (9, 9), (5, 5)], Pattern.UNKNOWN, ("«3»",)),
    ],
)
def test_patterns_of_mark_groups(rows: list[tuple[int, int]], pattern: Pattern, failing: tuple[str, ...]) -> None:
    result = group_results(_groups(rows), MARK_GROUPS, np.array([0.6]))
    assert result.pattern(0, 0) is pattern
    assert result.failing(0, 0) == failing


def test_a_group_of_nine_is_not_shown() -> None:
    result = group_results(_groups([(9, 9), (10, 5), (11, 8), (12, 12)]), MARK_GROUPS, np.array([0.6]))
    assert np.isnan(result.facility[0, 0, 0])
    assert result.facility[0, 1, 0] == 0.5
    low, high = result.intervals()
    assert np.isnan(low[0, 0, 0])
    assert low[0, 1, 0] < 0.5 < high[0, 1, 0]


def test_bands_of_test_scores() -> None:
    scores = np.array([-1, 0, 26, 27, 60, 61, 80, 81, 100], dtype=np.int16)
    assert group_of_test_scores(scores, 27).tolist() == [-1, 0, 0, 1, 1, 2, 2, 3, 3]


def test_heaping_at_a_cut_score_is_a_sign_and_a_smooth_curve_is_not() -> None:
    smooth = np.array([1, 2, 4, 7, 9, 10, 9, 7, 4, 2, 1])
    assert heaping(smooth, (4, 7)) == []
    heaped = smooth.copy()
    heaped[7] = 25
    (marker,) = heaping(heaped, (4, 7))
    assert marker.kind is MarkerKind.HEAPING
    assert "7 баллов" in marker.detail.replace("\u00a0", " ")
    assert marker.words.endswith("(признак, требует проверки).")
    assert heaping(heaped // 3, (4, 7)) == []


def test_a_mean_above_the_region_and_scores_against_the_journal() -> None:
    school, region = Mean(30, 15.0, 14.0, 16.0), Mean(5000, 12.0, 11.9, 12.1)
    marker = high_mean(school, region, "регион")
    assert marker is not None
    assert marker.kind is MarkerKind.HIGH_MEAN
    assert high_mean(Mean(30, 12.5, 11.5, 13.5), region, "регион") is None
    assert high_mean(Mean(1, 15.0, float("nan"), float("nan")), region, "регион") is None
    journal = np.array([2, 3, 4, 5] * 4, dtype=np.int8)
    assert against_journal(20 - journal.astype(np.int16), journal) is not None
    assert against_journal(journal.astype(np.int16), journal) is None
    assert against_journal(np.arange(9, dtype=np.int16), np.full(9, 4, dtype=np.int8)) is None
    assert against_journal(np.arange(16, dtype=np.int16), np.full(16, 4, dtype=np.int8)) is None


def test_jumps_between_grades_are_far_from_other_schools() -> None:
    before = np.array([0.60, 0.61, 0.62, 0.60, 0.59, 0.61, 0.60, 0.90, 0.30, np.nan])
    after = np.array([0.58, 0.60, 0.60, 0.59, 0.58, 0.60, 0.58, 0.40, 0.80, 0.5])
    found = grade_jumps(before, after)
    assert [marker.kind if marker else None for marker in found[7:]] == [MarkerKind.DROP, MarkerKind.JUMP, None]
    assert found[:7] == [None] * 7
    assert grade_jumps(before[:5], after[:5]) == [None] * 5


def test_reference_rows_weigh_items_by_their_maxima() -> None:
    assert reference_facility({"1": 80.0, "2": 50.0}, ("1", "2"), (1, 2)) == pytest.approx(0.6)
    assert np.isnan(reference_facility({"1": 80.0}, ("1", "2"), (1, 2)))
    comparison = compare_shares("субъект РФ", 0.4, 40, 0.6, None)
    assert comparison.difference == pytest.approx(-0.2)
    assert comparison.is_certain


def test_items_of_2024_and_2025_are_not_comparable_but_equal_elements_are_with_reserve() -> None:
    old = WorkTraits("ВПР", "Математика", 2024, "a", frozenset({"дроби", "проценты"}))
    new = WorkTraits("ВПР", "Математика", 2025, "b", frozenset({"дроби", "проценты"}))
    later = WorkTraits("ВПР", "Математика", 2026, "b", frozenset({"дроби", "проценты"}))
    item, element = Key(Kind.ITEM, "1", (0,)), Key(Kind.ELEMENT, "дроби", (0,))
    assert comparability(new, old, item)[0] is Comparability.NONE
    assert comparability(new, old, element)[0] is Comparability.RESERVED
    assert comparability(later, new, element)[0] is Comparability.FULL
    assert comparability(later, new, item)[0] is Comparability.RESERVED
    assert comparability(later, new, Key(Kind.ELEMENT, "геометрия", (0,)))[0] is Comparability.NONE
    assert comparability(later, new, Key(Kind.LEVEL, "базовый", (0,)))[0] is Comparability.RESERVED
    other = WorkTraits("ОГЭ", "Математика", 2026, "c", frozenset({"дроби"}))
    assert comparability(later, other, element)[0] is Comparability.RESERVED
    assert comparability(later, other, item)[0] is Comparability.NONE


def test_severity_is_the_sum_of_its_documented_parts() -> None:
    most = severity(
        shortfall=0.4, is_below=True, probability=1.0, confirmed=True, possible_points=1000, failing=4, classes=4,
        repeats=True,
    )
    assert most.total == 100
    assert most.word is SeverityWord.CRITICAL
    least = severity(
        shortfall=0.02, is_below=True, probability=0.78, confirmed=False, possible_points=20, failing=0, classes=1,
        repeats=False,
    )
    assert least.word is SeverityWord.WATCH
    assert least.distance == pytest.approx(35 * 0.02 / 0.3)
    assert least.certainty == 0
    assert least.points == pytest.approx(20 * np.log(1.4) / np.log(101))
