"""Keys of a work: which items count where, and how well they were done."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis.elements import ItemTraits, Kind, estimate_keys, group_items, key_points, key_sums
from core.analysis.partition import Partition
from core.analysis.status import (
    FIOKO_2026,
    Status,
    key_thresholds,
    official_reading,
    probability_below,
    statuses,
)
from core.intake.matrix import NOT_ADMINISTERED

ITEMS = (
    ItemTraits("1", 1, "Б", "задача", "краткий ответ", ("дроби",)),
    ItemTraits("2", 2, "П", "задача", "развёрнутый ответ", ("дроби", "проценты")),
    ItemTraits("3", 1, "Б", None, None, ("геометрия",)),
    ItemTraits("4", 3, "В", "эссе", None, ("дроби",), is_cross_cutting=True),
)


def test_items_count_in_each_listed_element_and_cross_cutting_ones_in_none() -> None:
    grouping = group_items(ITEMS, (Kind.ELEMENT,))
    assert {key.name: key.items for key in grouping.keys} == {"дроби": (0, 1), "проценты": (1,), "геометрия": (2,)}
    assert [key.single_item for key in grouping.keys] == [False, True, True]


def test_other_kinds_keep_the_cross_cutting_item() -> None:
    grouping = group_items(ITEMS, (Kind.LEVEL, Kind.TASK_TYPE, Kind.ITEM))
    names = {(key.kind, key.name): key.items for key in grouping.keys}
    assert names[Kind.LEVEL, "высокий"] == (3,)
    assert names[Kind.TASK_TYPE, "задача"] == (0, 1)
    assert names[Kind.ITEM, "4"] == (3,)


def _estimates(scores: np.ndarray, starts: list[int]):
    grouping = group_items(ITEMS, (Kind.ELEMENT,))
    return estimate_keys(key_sums(*key_points(scores, grouping), np.array(starts)))


def test_facility_is_points_over_points_not_a_mean_of_percents() -> None:
    scores = np.array([[1, 0, 1, 0], [1, 1, 0, 0], [0, 2, 1, 0]], dtype=np.int8)
    result = _estimates(scores, [0])
    assert result.facility[0] == pytest.approx([5 / 9, 3 / 6, 2 / 3])
    shares = np.array([1, 2, 2]) / 3
    expected = 5 / 9 * 4 / 9 / shares.var(ddof=1) * 3
    assert result.effective_n[0, 0] == pytest.approx(min(expected, 9))


def test_what_was_not_administered_leaves_the_denominator_of_that_participant() -> None:
    scores = np.array([[1, NOT_ADMINISTERED, 1, 0], [1, 1, 0, 0], [0, NOT_ADMINISTERED, 1, 0]], dtype=np.int8)
    result = _estimates(scores, [0])
    assert result.facility[0] == pytest.approx([3 / 5, 1 / 2, 2 / 3])
    assert result.participants[0].tolist() == [3, 1, 3]


def test_classes_add_up_to_their_school() -> None:
    rng = np.random.default_rng(1)
    scores = (rng.random((30, 4)) * [2, 3, 2, 4]).astype(np.int8)
    scores[3, 1] = NOT_ADMINISTERED
    grouping = group_items(ITEMS)
    points, possible = key_points(scores, grouping)
    classes = key_sums(points, possible, np.array([0, 12, 20]))
    together = estimate_keys(classes.combine(Partition([(0, 1, 2)])))
    whole = estimate_keys(key_sums(points, possible, np.array([0])))
    np.testing.assert_array_equal(together.facility, whole.facility)
    np.testing.assert_array_equal(together.low, whole.low)


def test_an_element_that_a_class_was_not_offered_has_no_number() -> None:
    scores = np.array([[1, 1, NOT_ADMINISTERED, 0]] * 4, dtype=np.int8)
    result = _estimates(scores, [0])
    assert np.isnan(result.facility[0, 2])
    assert np.isnan(result.low[0, 2])
    chance = probability_below(result.facility, result.effective_n, 0.6)
    assert statuses(chance, result.facility, 0.57)[0, 2] == Status.UNKNOWN


def test_one_participant_and_nobody() -> None:
    one = _estimates(np.array([[1, 2, 0, 0]], dtype=np.int8), [0])
    assert one.facility[0] == pytest.approx([1, 1, 0])
    assert one.high[0, 2] < 1
    none = _estimates(np.zeros((0, 4), dtype=np.int8), [])
    assert none.facility.shape == (0, 3)


def test_thresholds_of_mixed_levels_are_weighted_by_maxima() -> None:
    grouping = group_items(ITEMS, (Kind.ELEMENT,))
    sufficient, insufficient = key_thresholds(ITEMS, grouping, FIOKO_2026)
    assert sufficient == pytest.approx([(0.6 + 2 * 0.3) / 3, 0.3, 0.6])
    assert insufficient == pytest.approx([(0.57 + 2 * 0.285) / 3, 0.285, 0.57])


@pytest.mark.parametrize(
    ("facility", "n", "expected"),
    [
        (0.30, 20, Status.SURELY_BELOW),
        (0.50, 20, Status.PROBABLY_BELOW),
        (0.55, 20, Status.UNCERTAIN),
        (0.85, 20, Status.REACHED),
        (0.58, 5000, Status.UNCERTAIN),
        (0.55, 5000, Status.SURELY_BELOW),
    ],
)
def test_status_words_follow_the_probability(facility: float, n: int, expected: Status) -> None:
    chance = probability_below(facility, n, 0.60)
    assert statuses(chance, facility, 0.57) == expected


@pytest.mark.parametrize(
    ("facility", "level", "words"),
    [
        (0.569, "Б", "недостаточный"), (0.57, "Б", "зона неопределённости"), (0.599, "Б", "зона неопределённости"),
        (0.60, "Б", "достаточный, на границе"), (0.64, "Б", "достаточный"),
        (0.284, "П", "недостаточный"), (0.285, "В", "зона неопределённости"), (0.30, "П", "достаточный, на границе"),
    ],
)
def test_the_official_reading_of_the_dossier(facility: float, level: str, words: str) -> None:
    assert official_reading(facility, level, FIOKO_2026) == words
