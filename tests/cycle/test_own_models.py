"""Own models: copied, changed by several people at once, checked in words, put in force, taken away as YAML."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from core.cycle.chosen import model_of, own_code
from core.cycle.cycle_tables import Cycle
from core.cycle.cycles import open_cycle
from core.cycle.model_check import check_content
from core.cycle.model_content import content_of, plain_content, rows_of
from core.cycle.model_editing import part_rows
from core.cycle.model_words import DERIVED_WORDS, ROOM_WORDS, SCREEN_WORDS
from core.cycle.models import model_by_code, models
from core.cycle.next_cycle import close_and_open_next
from core.cycle.own_model_making import (
    change_head,
    copy_model,
    delete_model,
    model_yaml,
    put_in_force,
    read_model_file,
    restore_model,
    save_part,
    upload_model,
)
from core.cycle.own_models import deleted_own_models, find_model, list_own_models, models_for, own_content
from core.cycle.records import Derived, RoomName
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound, QualityError
from core.people.access import scope_for
from core.people.account_tables import Account
from core.people.scope import Scope
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from core.store.history import history
from core.store.unit_of_work import reading, writing
from pages.widgets.screens import SCREENS
from tests.people.conftest import DAY, Region, build

SYSTEM = frozenset({"", "help", "account"})


@pytest.fixture
def region(sqlite_engine: Engine) -> Region:
    return build(sqlite_engine)


def scope_of(session: Session, region: Region, name: str) -> Scope:
    account = session.get(Account, region.accounts[name])
    assert account is not None
    return scope_for(session, account, DAY)


def copied(region: Region, name: str = "директор", unit: str = "школа 1", short: str = "Наша модель") -> int:
    with writing(region.engine, name) as session:
        row = copy_model(session, scope_of(session, region, name), region.units[unit], "isadskaya", short)
        return row.id or 0


def changed(region: Region, model_id: int, path: str, changes: GridChanges, who: str = "директор"):
    with writing(region.engine, who) as session:
        return save_part(session, scope_of(session, region, who), model_id, path, changes)


def shown(region: Region, model_id: int, path: str):
    with reading(region.engine) as session:
        scope = scope_of(session, region, "директор")
        card = next(one for one in list_own_models(session, scope, region.units["школа 1"]) if one.id == model_id)
        return card.version, part_rows(own_content(session, scope, model_id), path)


def in_force(region: Region, model_id: int, version: int, who: str = "директор") -> None:
    with writing(region.engine, who) as session:
        put_in_force(session, scope_of(session, region, who), model_id, version)


@pytest.mark.parametrize("model", models(), ids=lambda one: one.code)
def test_a_shipped_model_comes_back_whole(model):
    content = content_of(model.file)
    assert check_content(content).file == model.file
    numbers = [row["#"] for row in rows_of(content, "stages")]
    assert len(set(numbers)) == len(model.file.stages)
    assert "#" not in str(plain_content(content))


def test_everything_chosen_from_lists_has_a_russian_name():
    assert set(DERIVED_WORDS) == set(Derived) and set(ROOM_WORDS) == set(RoomName)
    assert len(set(DERIVED_WORDS.values())) == len(Derived)
    titles = {one.path: one.title for one in SCREENS if one.path not in SYSTEM}
    assert titles.items() <= SCREEN_WORDS.items()


def test_a_school_copies_changes_and_puts_a_model_in_force(region):
    model_id = copied(region)
    version, stages = shown(region, model_id, "stages")
    first = stages[0]
    outcome = changed(region, model_id, "stages", GridChanges(
        [CellEdit(first.number, version, "name", "Сбор наших данных", first.cells["name"])],
        [], [RowDelete(stages[4].number, version)],
    ))
    assert not outcome.refused and not outcome.conflicts
    with reading(region.engine) as session, pytest.raises(NotFound):
        find_model(session, scope_of(session, region, "директор"), own_code(model_id))
    version, _stages = shown(region, model_id, "stages")
    in_force(region, model_id, version)
    with reading(region.engine) as session:
        scope = scope_of(session, region, "директор")
        known = models_for(session, scope, region.units["школа 1"])
        found = find_model(session, scope, own_code(model_id))
        said = history(session, "own_model", model_id)
    assert known[0].code == own_code(model_id) and len(known) == 6
    assert found.file.stages[0].name == "Сбор наших данных"
    assert len(found.file.stages) == 4 and found.file.short == "Наша модель"
    assert any("Этапы: 2" in (line.new or "") for line in said)


def test_rows_are_added_moved_and_filled_from_lists_in_russian(region):
    model_id = copied(region)
    version, stages = shown(region, model_id, "stages")
    changed(region, model_id, "stages", GridChanges(
        [CellEdit(stages[3].number, version, "position", 1.0, 4.0)],
        [{"position": 2.0, "number": "0", "name": "Подготовка года", "room": "4. Рекомендации и карты",
          "responsible": "Директор; Завуч", "screens": ["Дорожные карты"]}],
    ))
    version, after = shown(region, model_id, "stages")
    assert [one.cells["name"] for one in after][:3] == [stages[3].cells["name"], stages[0].cells["name"],
                                                        "Подготовка года"]
    path = f"stages/{after[2].number}/outputs"
    outcome = changed(region, model_id, path, GridChanges([], [
        {"name": "Приказ об этапах", "kind": "документ", "derived": "отмечают люди", "screens": ["Документы"]},
    ]))
    assert outcome.refused == []
    wrong = changed(region, model_id, path, GridChanges([], [{"name": "Ещё", "kind": "бумага"}]))
    assert "«бумага» в списке нет" in str(wrong.refused[0].error)
    with pytest.raises(InvalidInput) as refusal:
        in_force(region, model_id, shown(region, model_id, "stages")[0])
    assert "Этап 0 «Подготовка года», «Задачи»: нужно не меньше 1, а записано 0." in refusal.value.message
    changed(region, model_id, f"stages/{after[2].number}/tasks", GridChanges([], [{"text": "Назначить людей"}]))
    in_force(region, model_id, shown(region, model_id, "stages")[0])


def test_what_a_colleague_changed_is_not_overwritten(region):
    model_id = copied(region)
    version, stages = shown(region, model_id, "stages")
    first, second = stages[0], stages[1]
    mine = [CellEdit(first.number, version, "name", "Моё", first.cells["name"]),
            CellEdit(second.number, version, "when", "в мае", second.cells["when"])]
    changed(region, model_id, "stages", GridChanges(
        [CellEdit(first.number, version, "name", "Чужое название", first.cells["name"])]), "методист школы")
    outcome = changed(region, model_id, "stages", GridChanges(mine))
    assert [(one.field, one.theirs, one.who) for one in outcome.conflicts] == [
        ("name", "Чужое название", "методист школы")]
    _version, after = shown(region, model_id, "stages")
    assert after[0].cells["name"] == "Чужое название" and after[1].cells["when"] == "в мае"
    with pytest.raises(EditConflict):
        in_force(region, model_id, version)


def test_texts_of_the_whole_and_tables(region):
    with writing(region.engine, "директор") as session:
        scope = scope_of(session, region, "директор")
        row = copy_model(session, scope, region.units["школа 1"], "napolnovskaya", "С таблицами")
        model_id = row.id or 0
        change_head(session, scope, model_id, row.version, {"purpose": "Вести  качество по-своему."})
        with pytest.raises(InvalidInput):
            change_head(session, scope, model_id, row.version, {"level": "страна"})
    version, tables = shown(region, model_id, "tables")
    number = tables[0].number
    columns = str(tables[0].cells["columns"])
    changed(region, model_id, "tables", GridChanges([
        CellEdit(number, version, "columns", f"{columns}; Отметка", columns)]))
    _version, rows = shown(region, model_id, f"tables/{number}/rows")
    assert {len(one.cells) for one in rows} == {len(columns.split("; ")) + 1}
    in_force(region, model_id, shown(region, model_id, "tables")[0])


def test_an_open_cycle_keeps_its_edition_and_the_next_one_takes_the_newest(engine: Engine):
    region = build(engine)
    model_id = copied(region)
    in_force(region, model_id, 1)
    with writing(engine, "директор") as session:
        scope = scope_of(session, region, "директор")
        cycle = open_cycle(session, scope, region.units["школа 1"], own_code(model_id), 2026)
    version, stages = shown(region, model_id, "stages")
    changed(region, model_id, "stages", GridChanges(
        [CellEdit(stages[0].number, version, "name", "По-новому собираем", stages[0].cells["name"])]))
    in_force(region, model_id, version + 1)
    with writing(engine, "директор") as session:
        scope = scope_of(session, region, "директор")
        kept = model_of(session, session.get(Cycle, cycle.id)).file.stages[0].name
        card = list_own_models(session, scope, region.units["школа 1"])[0]
        following = close_and_open_next(session, scope, cycle.id or 0, acknowledged=True)
        newest = model_of(session, following).file.stages[0].name
    assert (kept, newest) == (stages[0].cells["name"], "По-новому собираем")
    assert (card.edition, card.is_changed, card.open_cycles) == (2, False, 1)


@pytest.mark.parametrize(("who", "unit", "error"), [
    ("учитель", "школа 1", NotAllowed), ("наблюдатель", "школа 1", NotAllowed), ("директор", "школа 2", NotFound),
])
def test_others_do_not_make_models(region, who, unit, error):
    with pytest.raises(error):
        copied(region, who, unit)


def test_a_model_of_the_municipality_is_copied_by_its_schools_and_changed_by_none(region):
    model_id = copied(region, "специалист", "район", "Модель района")
    in_force(region, model_id, 1, "специалист")
    with writing(region.engine, "директор") as session:
        scope = scope_of(session, region, "директор")
        own = copy_model(session, scope, region.units["школа 1"], own_code(model_id), "Как в районе")
        assert [one.origin for one in list_own_models(session, scope, region.units["школа 1"])] == [
            "копия модели «Модель района»"]
        delete_model(session, scope, own.id or 0)
        assert deleted_own_models(session, scope, region.units["школа 1"]) == {own.id: "Как в районе"}
        restore_model(session, scope, own.id or 0)
        delete_model(session, scope, own.id or 0)
        for wanted in (model_id, own.id or 0):
            with pytest.raises(NotFound):
                change_head(session, scope, wanted, 1, {"short": "Захват"})
        assert len(models_for(session, scope, region.units["школа 1"])) == 5


def test_a_name_that_is_taken_is_refused(region):
    copied(region)
    with pytest.raises(InvalidInput, match="уже есть"):
        copied(region)
    with pytest.raises(InvalidInput, match="уже есть"):
        copied(region, short="Исадская СОШ")


def test_a_model_goes_out_as_yaml_and_comes_back(region):
    model_id = copied(region)
    with reading(region.engine) as session:
        text = model_yaml(session, scope_of(session, region, "директор"), model_id)
    file = read_model_file(text, "наша.yaml")
    assert file.stages == model_by_code("isadskaya").file.stages
    with writing(region.engine, "директор") as session:
        scope = scope_of(session, region, "директор")
        delete_model(session, scope, model_id)
        upload_model(session, scope, region.units["школа 1"], file)


_BOMB = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n"


@pytest.mark.parametrize(("text", "said"), [
    (_BOMB, "строка 1: ссылки (& и *) не принимаются"),
    ("title: " + "я" * 6000, "слишком длинное значение"),
    ("a: " + "[" * 60 + "]" * 60, "слишком глубокая вложенность"),
    ("title: !!python/object/apply:os.system ['true']", "нарушена запись YAML"),
    ("title: [1", "нарушена запись YAML"),
    ("- 1\n- 2", "содержит не набор полей"),
    ("title: Модель без остального", "поле «short»: поле обязательно"),
    ("x: 1\n" * 60000, "больше 200 КБ"),
])
def test_a_broken_or_hostile_file_is_refused_in_words(text, said):
    with pytest.raises(InvalidInput) as refusal:
        read_model_file(text.encode(), "чужая.yaml")
    assert "чужая.yaml" in refusal.value.message and said in refusal.value.message


def test_other_encodings_and_unknown_screens_are_refused(region):
    with pytest.raises(QualityError, match="UTF-8"):
        read_model_file("title: Модель".encode("cp1251"), "старая.yaml")
    with reading(region.engine) as session:
        model_id = copied(region)
        text = model_yaml(session, scope_of(session, region, "директор"), model_id)
    with pytest.raises(InvalidInput, match="экрана «нет-такого» в программе нет"):
        read_model_file(text.replace(b"- upload", "- нет-такого".encode(), 1), "а.yaml")
