"""Marks by the shipped scales."""

import numpy as np
import pytest

from core.blueprints.catalogue import find_scale
from core.blueprints.marks import MarkRule, marks_by_rule
from core.blueprints.seeding import seed_reference
from core.blueprints.tables import ThresholdPreset
from core.blueprints.thresholds import choose_preset, presets
from core.store.base import utc_now
from core.store.unit_of_work import reading, writing

MATHEMATICS = [str(number) for number in range(1, 26)]


@pytest.fixture
def engine_with_reference(sqlite_engine):
    with writing(sqlite_engine, actor="Поставка") as session:
        seed_reference(session)
    return sqlite_engine


@pytest.fixture
def rule_of(engine_with_reference):
    def find(*work):
        with reading(engine_with_reference) as session:
            return MarkRule.of(find_scale(session, *work))

    return find


def oge_scores(short, extended):
    return [1 if sign == "+" else 0 for sign in short] + [int(part) for part in extended]


def test_worked_example_of_a_protocol(rule_of):
    """Short +++++-++++-+++++-++, extended 2 0 0 1 0 0: 19 points, 5 of them for geometry, «4»."""
    scores = np.array([oge_scores("+++++-++++-+++++-++", "200100")], dtype=np.int8)
    assert scores.sum() == 19
    rule = rule_of("ОГЭ", "Математика", 9, 2026)
    assert marks_by_rule(rule, scores.sum(axis=1), scores, MATHEMATICS).tolist() == [4]


def test_without_points_for_geometry_the_mark_is_two(rule_of):
    rule = rule_of("ОГЭ", "Математика", 9, 2026)
    without = oge_scores("++++++++++++++-----", "222000")
    one = oge_scores("+++++++++++++++----", "222000")
    two = oge_scores("++++++++++++++++---", "222000")
    scores = np.array([without, one, two], dtype=np.int8)
    assert scores.sum(axis=1).tolist() == [20, 21, 22]
    assert marks_by_rule(rule, scores.sum(axis=1), scores, MATHEMATICS).tolist() == [2, 2, 5]
    assert marks_by_rule(rule, scores.sum(axis=1)).tolist() == [4, 4, 5]
    assert [one.words for one in rule.unchecked(MATHEMATICS[:20])] == [
        "не менее 2 баллов за геометрию (задания 15–19, 23–25)"
    ]
    assert rule.unchecked(MATHEMATICS) == ()


def test_literacy_lowers_a_mark_by_one_step(rule_of):
    rule = rule_of("ОГЭ", "Русский язык", 9, 2026)
    codes = ["1", "13", "ГK1", "ГК2", "ГК3", "ГК4", "ФК1"]  # one of them with a Latin K
    literacy = [[3, 3, 3, 0], [3, 3, 2, 0], [3, 2, 0, 0], [3, 3, 0, 0], [0, 0, 0, 0]]
    scores = np.array([[6, 7, *points, 1] for points in literacy], dtype=np.int8)
    totals = np.array([33, 33, 33, 26, 25])
    assert marks_by_rule(rule, totals, scores, codes).tolist() == [5, 4, 3, 4, 3]


def test_skipped_items_count_as_nothing(rule_of):
    rule = rule_of("ОГЭ", "Математика", 9, 2026)
    scores = np.array([oge_scores("++++++++++++++++---", "000000")], dtype=np.int8)
    scores[0, 16:19] = -1
    scores[0, 22:] = -2
    assert marks_by_rule(rule, np.array([16]), scores, MATHEMATICS).tolist() == [4]


def test_every_border_of_a_scale(rule_of):
    rule = rule_of("ВПР", "Русский язык", 4, 2026)
    assert marks_by_rule(rule, np.array([0, 9, 10, 15, 16, 20, 21, 24])).tolist() == [2, 2, 3, 3, 4, 4, 5, 5]
    rule = rule_of("ВПР", "Физика", 8, 2022)
    assert marks_by_rule(rule, np.array([4, 5, 7, 8, 10, 11, 18])).tolist() == [2, 3, 3, 4, 4, 5, 5]


def test_where_only_the_minimum_is_known_higher_marks_stay_open(rule_of):
    rule = rule_of("ОГЭ", "Физика", 9, 2026)
    assert marks_by_rule(rule, np.array([9, 10, 39])).tolist() == [2, 0, 0]


def test_a_scale_of_ege_gives_no_marks(rule_of):
    rule = rule_of("ЕГЭ", "Русский язык", 11, 2026)
    assert not rule.gives_marks
    assert marks_by_rule(rule, np.array([0, 50])).tolist() == [0, 0]
    assert marks_by_rule(rule, np.array([], dtype=np.int16)).tolist() == []


@pytest.mark.parametrize(
    ("procedure", "year", "name"),
    [
        ("ВПР", 2026, "ВПР-ФИОКО-2026"), ("ВПР", 2022, "ВПР-ФИОКО-2026"), ("ОГЭ", 2026, "САО 50/15"),
        ("ЕГЭ", 2026, "САО 50/15"), ("Школьный мониторинг", 2026, "Единый порог 50 %"),
    ],
)
def test_the_preset_of_a_procedure(engine_with_reference, procedure, year, name):
    with reading(engine_with_reference) as session:
        assert choose_preset(session, procedure, year).name == name


def test_a_presets_owner_and_years_decide(engine_with_reference):
    with writing(engine_with_reference, actor="Методист") as session:
        session.add(
            ThresholdPreset(
                name="Порог района", basic_sufficient=0.5, basic_insufficient=0.45, advanced_sufficient=0.3,
                advanced_insufficient=0.25, procedures=["ВПР"],
            )
        )
    with writing(engine_with_reference, actor="Методист") as session:
        assert choose_preset(session, "ВПР", 2026).name == "Порог района"
        for preset in presets(session):
            preset.deleted_at = utc_now()
            session.add(preset)
    with reading(engine_with_reference) as session:
        assert choose_preset(session, "ВПР", 2026) is None
