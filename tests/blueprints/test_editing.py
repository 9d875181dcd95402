"""Blueprints, scales and presets made and changed by people."""

from dataclasses import replace

import pytest

from core.blueprints.catalogue import find_blueprint, items_of
from core.blueprints.drafts import BlueprintDraft, DraftItem
from core.blueprints.editing import (
    copy_blueprint,
    create_blueprint,
    delete_blueprint,
    get_blueprint,
    list_blueprints,
    restore_blueprint,
    save_blueprints,
)
from core.blueprints.editing_items import save_item_changes
from core.blueprints.editing_presets import add_presets, restore_preset, save_preset_changes, save_presets
from core.blueprints.editing_scales import add_scales, list_scales, restore_scale, save_scale_changes, save_scales
from core.blueprints.marks import MarkRule
from core.blueprints.overview import list_summaries
from core.blueprints.seeding import seed_reference
from core.blueprints.tables import AnswerFormat, Level, MarkScale, Origin, ThresholdPreset
from core.blueprints.thresholds import list_presets, presets, presets_in_use
from core.errors import InvalidInput, NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.store.edits import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing

ALL = Scope.local_administrator()
DRAFT = BlueprintDraft(
    procedure="Школьный мониторинг",
    subject="матем",
    grade=7,
    year_from=2026,
    items=(DraftItem("1", 1, Level.BASIC, ("дроби",)), DraftItem("2", 3, criteria=(("К1", 1), ("К2", 2)))),
)


@pytest.fixture
def blueprint(engine):
    with writing(engine, actor="Методист") as session:
        return create_blueprint(session, ALL, DRAFT)


def items(engine, blueprint):
    with reading(engine) as session:
        return items_of(session, blueprint.id)


def save_items(session, scope, blueprint_id, edits):
    return save_item_changes(session, scope, blueprint_id, GridChanges(edits=edits))


def add_items(session, scope, blueprint_id, rows):
    return save_item_changes(session, scope, blueprint_id, GridChanges(added=rows))


def delete_items(session, scope, blueprint_id, deletes):
    return save_item_changes(session, scope, blueprint_id, GridChanges(deleted=deletes))


def edit(row, field, value, seen=None):
    return CellEdit(row.id, row.version, field, value, getattr(row, field) if seen is None else seen)


def test_a_draft_becomes_a_blueprint(engine, blueprint):
    with reading(engine) as session:
        found = find_blueprint(session, "Школьный мониторинг", "Математика", 7, 2026)
        assert found.id == blueprint.id
        assert found.title == "Школьный мониторинг, математика, 7 класс, 2026 год"
        assert found.origin is Origin.ENTERED
        assert [(item.code, item.max_score, item.element) for item in items_of(session, found.id)] == [
            ("1", 1, "дроби"),
            ("2", 3, ""),
        ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"procedure": None}, "Не указана процедура"),
        ({"procedure": "Экзамен"}, "Не указана процедура"),
        ({"subject": ""}, "Не указан предмет"),
        ({"grade": None}, "Не указан класс"),
        ({"year_from": None}, "Не указаны годы"),
        ({"year_to": 2020}, "год начала позже года окончания"),
        ({"items": ()}, "нет ни одного задания"),
        ({"items": (DraftItem("1", 1), DraftItem("1", 2))}, "Задание «1» в плане уже есть"),
        ({"items": (DraftItem("1", 3, criteria=(("К1", 1),)),)}, "дают 1, а его наибольший балл — 3"),
    ],
)
def test_an_incomplete_draft_is_refused(sqlite_engine, change, said):
    with writing(sqlite_engine, actor="Методист") as session:
        with pytest.raises(InvalidInput, match=said) as refusal:
            create_blueprint(session, ALL, replace(DRAFT, **change))
        assert refusal.value.advice


def test_one_own_blueprint_a_work_and_year(engine, blueprint):
    with writing(engine, actor="Методист") as session, pytest.raises(InvalidInput, match="уже есть"):
        create_blueprint(session, ALL, replace(DRAFT, year_from=2025, year_to=2026))
    with writing(engine, actor="Методист") as session:
        copy = copy_blueprint(session, ALL, blueprint.id, 2027, 2028)
        assert copy.title.endswith("2027–2028 годы")
        assert [item.criteria for item in items_of(session, copy.id)] == [
            [],
            [{"code": "К1", "max": 1}, {"code": "К2", "max": 2}],
        ]


def test_cells_are_cleaned_and_checked(engine, blueprint):
    first, second = items(engine, blueprint)
    with writing(engine, actor="Методист") as session:
        outcome = save_items(
            session,
            ALL,
            blueprint.id,
            [
                edit(first, "code", "1,1"),
                edit(first, "element", "  дроби ;проценты; дроби"),
                edit(first, "level", "повышенный"),
                edit(first, "answer_format", "РО"),
                edit(first, "max_score", 2.0),
                edit(first, "is_cross_cutting", "да"),
                edit(second, "task_type", "  текстовая   задача "),
                edit(second, "skill", float("nan"), seen=""),
            ],
        )
    assert not outcome.refused
    first, second = items(engine, blueprint)
    assert (first.code, first.element, first.level, first.answer_format) == (
        "1.1",
        "дроби; проценты",
        Level.ADVANCED,
        AnswerFormat.EXTENDED,
    )
    assert (first.max_score, first.is_cross_cutting, second.task_type, second.skill) == (
        2,
        True,
        "текстовая задача",
        "",
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "2", "Задание «2» в плане уже есть"),
        ("code", " ", "не годится"),
        ("max_score", 0, "«0» не годится"),
        ("max_score", "101", "не годится"),
        ("level", "Х", "Уровень «Х» неизвестен"),
        ("answer_format", "эссе", "неизвестен"),
        ("element", "э" * 301, "длиннее 300 знаков"),
        ("position", "-1", "не годится"),
        ("is_cross_cutting", "может", "непонятно"),
    ],
)
def test_a_wrong_cell_saves_nothing(sqlite_engine, field, value, said):
    with writing(sqlite_engine, actor="Методист") as session:
        blueprint = create_blueprint(session, ALL, DRAFT)
    first, second = items(sqlite_engine, blueprint)
    with writing(sqlite_engine, actor="Методист") as session:
        outcome = save_items(session, ALL, blueprint.id, [edit(second, "skill", "счёт"), edit(first, field, value)])
    assert [said in str(refusal.error) for refusal in outcome.refused] == [True]
    assert items(sqlite_engine, blueprint)[1].skill == ""


def test_two_new_codes_must_differ_too(sqlite_engine):
    with writing(sqlite_engine, actor="Методист") as session:
        blueprint = create_blueprint(session, ALL, DRAFT)
        first, second = items_of(session, blueprint.id)
        outcome = save_items(session, ALL, blueprint.id, [edit(first, "code", "5"), edit(second, "code", "5")])
    assert len(outcome.refused) == 2


def test_criteria_and_maximum_are_saved_together_or_not_at_all(engine, blueprint):
    _, second = items(engine, blueprint)
    with pytest.raises(InvalidInput, match="дают 3, а его наибольший балл — 4"), writing(engine, "Методист") as session:
        save_items(session, ALL, blueprint.id, [edit(second, "max_score", 4)])
    assert items(engine, blueprint)[1].max_score == 3
    with writing(engine, "Методист") as session:
        changes = [edit(second, "max_score", 4), edit(second, "criteria", "К1 (1б); К2 (3б)")]
        assert not save_items(session, ALL, blueprint.id, changes).refused
    assert items(engine, blueprint)[1].criteria == [{"code": "К1", "max": 1}, {"code": "К2", "max": 3}]


def test_a_colleagues_cell_is_not_overwritten(engine, blueprint):
    first, _ = items(engine, blueprint)
    with writing(engine, actor="Иванова") as session:
        save_items(session, ALL, blueprint.id, [edit(first, "element", "десятичные дроби")])
    with writing(engine, actor="Петрова") as session:
        outcome = save_items(session, ALL, blueprint.id, [edit(first, "element", "обыкновенные дроби")])
    assert [(one.theirs, one.mine, one.who) for one in outcome.conflicts] == [
        ("десятичные дроби", "обыкновенные дроби", "Иванова")
    ]


def test_items_are_added_and_deleted(engine, blueprint):
    with writing(engine, actor="Методист") as session:
        rows = [{"code": "3", "max_score": 2, "level": "В"}, {"code": "4K1", "max_score": "1"}]
        assert not add_items(session, ALL, blueprint.id, rows).refused
    known = items(engine, blueprint)
    assert [(item.code, item.position) for item in known] == [("1", 0), ("2", 1), ("3", 2), ("4К1", 3)]
    with writing(engine, actor="Методист") as session:
        repeated = [
            {"code": "5", "max_score": 1},
            {"code": "5", "max_score": 1},
            {"code": "3", "max_score": 1},
            {"code": "6"},
        ]
        assert len(add_items(session, ALL, blueprint.id, repeated).refused) == 4
    with writing(engine, actor="Методист") as session:
        delete_items(session, ALL, blueprint.id, [RowDelete(item.id, item.version) for item in known[2:]])
    assert [item.code for item in items(engine, blueprint)] == ["1", "2"]
    with pytest.raises(InvalidInput, match="ни одного задания"), writing(engine, "Методист") as session:
        delete_items(
            session, ALL, blueprint.id, [RowDelete(item.id, item.version) for item in items_of(session, blueprint.id)]
        )


def test_deleting_can_be_undone(engine, blueprint):
    with writing(engine, actor="Методист") as session:
        delete_blueprint(session, ALL, blueprint.id)
    with writing(engine, actor="Методист") as session:
        assert list_blueprints(session, ALL) == []
        assert [one.id for one in list_blueprints(session, ALL, deleted=True)] == [blueprint.id]
        with pytest.raises(NotFound):
            save_items(session, ALL, blueprint.id, [])
        other = create_blueprint(session, ALL, DRAFT)
        with pytest.raises(InvalidInput, match="уже есть"):
            restore_blueprint(session, ALL, blueprint.id)
        delete_blueprint(session, ALL, other.id)
        session.flush()
        assert restore_blueprint(session, ALL, blueprint.id).deleted_at is None


def test_years_of_a_blueprint(engine, blueprint):
    with writing(engine, actor="Методист") as session:
        save_blueprints(
            session, ALL, [edit(blueprint, "year_to", "2027"), edit(blueprint, "title", " План  7 класса ")]
        )
        saved = get_blueprint(session, ALL, blueprint.id)
        assert (saved.year_to, saved.title) == (2027, "План 7 класса")
    with pytest.raises(InvalidInput, match="позже года окончания"), writing(engine, "Методист") as session:
        save_blueprints(session, ALL, [edit(get_blueprint(session, ALL, blueprint.id), "year_from", 2030)])


def test_what_the_scope_does_not_allow(engine, blueprint):
    observer = replace(ALL, actions=frozenset({Action.VIEW}))
    physicist = replace(ALL, subjects=frozenset({"Физика"}))
    with writing(engine, actor="Наблюдатель") as session:
        assert len(list_blueprints(session, observer)) == 1
        with pytest.raises(NotAllowed):
            create_blueprint(session, observer, DRAFT)
        with pytest.raises(NotAllowed):
            add_presets(session, observer, [])
        assert list_blueprints(session, physicist) == []
        for refused in (get_blueprint, delete_blueprint, restore_blueprint):
            with pytest.raises(NotFound):
                refused(session, physicist, blueprint.id)
        with pytest.raises(NotFound):
            create_blueprint(session, physicist, DRAFT)


SCALE = {
    "procedure": "ВПР",
    "subject": "МА",
    "grade": 4,
    "year_from": 2026,
    "year_to": 2026,
    "max_score": 17,
    "from_3": 6,
    "from_4": 9,
    "from_5": 13,
    "source": "Демоверсия ФИОКО",
}


def test_scales_are_added_changed_and_deleted(engine):
    with writing(engine, actor="Методист") as session:
        assert not add_scales(session, ALL, [SCALE]).refused
        (scale,) = list_scales(session, ALL)
        assert (scale.subject, MarkRule.of(scale).from_5) == ("Математика", 13)
        save_scales(session, ALL, [edit(scale, "from_5", "14")])
        assert scale.from_5 == 14
    with pytest.raises(InvalidInput, match="не по порядку"), writing(engine, "Методист") as session:
        save_scales(session, ALL, [edit(session.get(MarkScale, scale.id), "from_4", 15)])
    with writing(engine, actor="Методист") as session:
        gone = session.get(MarkScale, scale.id)
        save_scale_changes(session, ALL, GridChanges(deleted=[RowDelete(gone.id, gone.version)]))
    with writing(engine, actor="Методист") as session:
        assert list_scales(session, ALL) == []
        assert [one.id for one in list_scales(session, ALL, deleted=True)] == [scale.id]
        restore_scale(session, ALL, scale.id)
    with reading(engine) as session:
        assert [one.id for one in list_scales(session, ALL)] == [scale.id]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"from_4": None}, "не по порядку"),
        ({"from_5": 18}, "не по порядку"),
        ({"from_3": 9}, "не по порядку"),
        ({"from_3": None, "from_4": None, "from_5": None}, "пуста"),
        ({"year_to": 2025}, "позже года окончания"),
    ],
)
def test_an_impossible_scale_is_refused(sqlite_engine, change, said):
    with pytest.raises(InvalidInput, match=said), writing(sqlite_engine, "Методист") as session:
        add_scales(session, ALL, [SCALE | change])
    with reading(sqlite_engine) as session:
        assert list_scales(session, ALL) == []


def test_presets_are_added_changed_and_deleted(engine):
    with writing(engine, actor="Поставка") as session:
        seed_reference(session)
    typed = {
        "name": "Порог района",
        "basic_sufficient": "65",
        "basic_insufficient": "62,5 %",
        "advanced_sufficient": 0.4,
        "advanced_insufficient": "35",
        "procedures": "ВПР, ОГЭ",
    }
    with writing(engine, actor="Методист") as session:
        assert not add_presets(session, ALL, [typed]).refused
        own = next(one for one in presets(session) if one.name == "Порог района")
        assert (own.basic_sufficient, own.basic_insufficient, own.procedures) == (0.65, 0.625, ["ВПР", "ОГЭ"])
        assert (own.advanced_sufficient, own.advanced_insufficient) == (0.4, 0.35)
    for change, said in [({"basic_insufficient": "70"}, "больше верхней"), ({"name": "САО 50/15"}, "уже есть")]:
        with pytest.raises(InvalidInput, match=said), writing(engine, "Методист") as session:
            add_presets(session, ALL, [typed | {"name": "Другой"} | change])
    with writing(engine, actor="Методист") as session:
        refused = add_presets(
            session, ALL, [typed | {"name": "Третий", "basic_sufficient": "много", "procedures": "Зачёт"}]
        )
        assert len(refused.refused) == 2
        assert not save_presets(
            session, ALL, [edit(session.get(ThresholdPreset, own.id), "name", "Порог города")]
        ).refused
        now = session.get(ThresholdPreset, own.id)
        save_preset_changes(session, ALL, GridChanges(deleted=[RowDelete(now.id, now.version)]))
    with writing(engine, actor="Методист") as session:
        assert len(presets(session)) == 3
        with pytest.raises(NotFound):
            restore_preset(session, ALL, 999)
        restore_preset(session, ALL, own.id)
    with reading(engine) as session:
        assert len(list_presets(session, ALL)) == 4
        used = presets_in_use(session, ALL, 2026)
        assert (used["ВПР"].name, used["ЕГЭ"].name, used["НИКО"].name) == (
            "Порог города", "САО 50/15", "Единый порог 50 %"
        )


def test_a_new_item_may_take_the_number_of_a_deleted_one(engine, blueprint):
    first, second = items(engine, blueprint)
    with writing(engine, actor="Методист") as session:
        changes = GridChanges(
            added=[{"code": "1", "max_score": 4}], deleted=[RowDelete(one.id, one.version) for one in (first, second)]
        )
        assert not save_item_changes(session, ALL, blueprint.id, changes).refused
    assert [(item.code, item.max_score) for item in items(engine, blueprint)] == [("1", 4)]


def test_a_refused_new_item_undoes_the_other_changes(engine, blueprint):
    first, _second = items(engine, blueprint)
    with writing(engine, actor="Методист") as session:
        changes = GridChanges([edit(first, "element", "доли")], [{"code": "3", "max_score": 0}], [])
        outcome = save_item_changes(session, ALL, blueprint.id, changes)
    assert [(one.row, one.field) for one in outcome.refused] == [(-1, "max_score")]
    assert items(engine, blueprint)[0].element == "дроби"


def test_blueprints_at_a_glance(engine, blueprint):
    with reading(engine) as session:
        (summary,) = list_summaries(session, ALL)
    assert (summary.items, summary.max_score, summary.years) == (2, 4, "2026")
    assert (summary.without_level, summary.without_element, summary.without_task_type) == (1, 1, 2)
