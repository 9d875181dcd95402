"""The shipped files: what they add up to, and what happens when one is broken."""

import pytest

from core.blueprints.dictionaries import load_procedures, load_subjects, subject_cycle, subjects_of_cycle
from core.blueprints.reference import load_blueprints, load_presets, load_scales
from core.errors import InvalidInput


@pytest.mark.parametrize(
    ("name", "total", "levels"),
    [
        ("vpr-ru4-2026", 24, (11, 4, 0)), ("vpr-ma4-2026", 17, (10, 4, 0)), ("oge-ma-2026", 31, (19, 4, 2)),
        ("oge-ru-2026", 37, (18, 0, 0)), ("oge-fi-2026", 39, (14, 5, 3)), ("oge-inf-2026", 21, (10, 3, 3)),
        ("oge-bio-2026", 47, (14, 9, 3)), ("ege-ma-prof-2026", 32, (7, 10, 2)), ("ege-ru-2026", 50, (24, 3, 0)),
        ("vpr-fi8-2021", 18, (5, 4, 2)),
    ],
)
def test_blueprints_add_up(name, total, levels):
    blueprint = load_blueprints()[name]
    assert sum(item.max for item in blueprint.items) == blueprint.total == total
    assert tuple(sum(item.level == level for item in blueprint.items) for level in "БПВ") == levels
    assert all(item.task_type and item.format for item in blueprint.items)


def test_scales_cover_every_score_once():
    for file in load_scales().values():
        for scale in file.scales:
            if scale.marks is None:
                continue
            last = scale.marks[5][1] or scale.marks[5][0]
            ranges = [range(low, (last if high is None else high) + 1) for low, high in scale.marks.values()]
            covered = [score for scores in ranges for score in scores]
            assert sorted(covered) == list(range(last + 1)), (file.source, scale.subject, scale.grade)


def test_a_work_has_one_shipped_scale_a_year():
    years = [
        (file.procedure, scale.subject, scale.grade, year)
        for file in load_scales().values()
        for scale in file.scales
        for year in range(file.year_from, file.year_to + 1)
    ]
    assert len(years) == len(set(years))


def test_scales_agree_with_their_blueprints():
    totals = {(one.procedure, one.subject, one.grade, one.year_from): one.total for one in load_blueprints().values()}
    found = 0
    for file in load_scales().values():
        for scale in file.scales:
            total = totals.get((file.procedure, scale.subject, scale.grade, file.year_from))
            if total is not None:
                assert scale.values()["max_score"] == total
                found += 1
    assert found >= 8


def test_conditions_name_items_of_the_work():
    codes = {
        one.subject: {item.code for item in one.items} for one in load_blueprints().values() if one.procedure == "ОГЭ"
    }
    for scale in load_scales()["oge-2026"].scales:
        for condition in scale.conditions:
            assert set(condition.items) <= codes[scale.subject]


def test_presets_of_three_kinds():
    presets = {preset.name: preset for preset in load_presets().values()}
    assert (presets["ВПР-ФИОКО-2026"].basic.sufficient, presets["ВПР-ФИОКО-2026"].basic.insufficient) == (0.6, 0.57)
    assert presets["ВПР-ФИОКО-2026"].advanced.insufficient == 0.285
    assert presets["САО 50/15"].advanced.sufficient == 0.15
    assert presets["САО 50/15"].source.startswith("Не подтверждено")
    assert presets["Единый порог 50 %"].basic == presets["Единый порог 50 %"].advanced


def test_cycles_of_subjects():
    assert subject_cycle("Физика") == "Естественно-математический цикл"
    assert subject_cycle("Астрология") is None
    assert "Математика" in subjects_of_cycle("Естественно-математический цикл")
    assert "Русский язык" not in subjects_of_cycle("Естественно-математический цикл")


GOOD = """
source: письмо
procedure: ВПР
subject: Математика
grade: 5
year_from: 2026
year_to: 2026
total: 3
items:
  - {code: "1", max: 1, level: Б, elements: [числа]}
  - {code: "2.1", max: 2, level: П, elements: [числа, фигуры]}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("max: 2", "max: 2.5", "поле «items», элемент 2, поле «max»: нужно число"),
        ("max: 2", "max: 101", "не больше 100"),
        ('code: "2.1"', "code: 2.1", "номер с точкой берите в кавычки"),
        ('code: "2.1"', 'code: "1"', "задание «1» записано дважды"),
        ("level: П", "level: Ж", "допустимо только"),
        ("total: 3", "total: 4", "сумма баллов заданий — 3, а в total указано 4"),
        ("total: 3", "totla: 3", "поле «totla»: такого поля нет"),
        ("source: письмо\n", "", "поле «source»: поле обязательно"),
        ("year_to: 2026", "year_to: 2020", "позже года окончания"),
        ("subject: Математика", "subject: Арифметика", "названия «Арифметика» нет в словаре subjects.yaml"),
        ("grade: 5", "grade: 5\ngrade: 6", "ключ «grade» записан дважды"),
        ("items:", "items: [", "нарушена запись YAML"),
        ("elements: [числа, фигуры]", "elements: [числа; фигуры]", "точки с запятой"),
        (", фигуры", ", числа", "назван дважды"),
        ("max: 2,", "max: 2, criteria: [{code: К1, max: 1}],", "критерии дают 1"),
    ],
)
def test_a_broken_blueprint_is_named_with_file_and_key(tmp_path, old, new, said):
    assert old in GOOD
    (tmp_path / "rabota.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidInput) as refusal:
        load_blueprints(tmp_path)
    assert "«rabota.yaml»" in str(refusal.value)
    assert said in str(refusal.value)


def test_a_good_blueprint_is_read(tmp_path):
    (tmp_path / "rabota.yaml").write_text(GOOD, encoding="utf-8")
    assert [item.code for item in load_blueprints(tmp_path)["rabota"].items] == ["1", "2.1"]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ("{2: [0, 5], 3: [7, 9], 4: [10, 11], 5: [12, 15]}", "после 0–5 стоит 7"),
        ("{2: [1, 5], 3: [6, 9], 4: [10, 11], 5: [12, 15]}", "должны начинаться с 0"),
        ("{2: [0, 5], 3: [6, 9], 5: [10, 15]}", "нужны отметки 2, 3, 4 и 5"),
    ],
)
def test_a_scale_with_a_gap_is_refused(tmp_path, marks, said):
    text = "source: письмо\nprocedure: ВПР\nyear_from: 2026\nyear_to: 2026\nscales:\n"
    text += f"  - {{subject: Математика, grade: 5, marks: {marks}}}\n"
    (tmp_path / "shkala.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="«shkala") as refusal:
        load_scales(tmp_path)
    assert said in str(refusal.value)


def test_dictionaries_name_what_is_wrong(tmp_path):
    path = tmp_path / "subjects.yaml"
    path.write_text(
        "source: словарь\nvalid_from: 2014\nvalid_to: null\ncycles: [Цикл]\nassociation_kinds: []\n"
        "subjects: [{name: Физика, cycle: Другой цикл, forms: [физик*]}]\n", encoding="utf-8",
    )
    with pytest.raises(InvalidInput, match="цикла «Другой цикл» нет в списке cycles"):
        load_subjects(path)
    with pytest.raises(InvalidInput, match="не читается"):
        load_procedures(tmp_path / "нет.yaml")
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(InvalidInput, match="не читается"):
        load_subjects(path)
