"""«Планы работ»: the list, a plan in its grid, plans from files, scales and presets, and what one may not do."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.blueprints.drafts import BlueprintDraft, DraftItem
from core.blueprints.editing import create_blueprint
from core.blueprints.seeding import seed_reference
from core.blueprints.tables import Blueprint, BlueprintItem, Level, MarkScale, Origin, ThresholdPreset
from core.blueprints.template import blueprint_workbook
from core.intake.tables import Assessment
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.store.unit_of_work import reading, writing
from pages.widgets import session as screens
from tests.analysis.stored import ELEMENTS, MAXIMA, add_organisations, add_work
from tests.intake import layout_files
from tests.intake.file_formats import written

SCREEN = "collect/blueprints.py"
ALL = Scope.local_administrator()
DRAFT = BlueprintDraft(
    procedure="Школьный мониторинг", subject="Математика", grade=7, year_from=2026, year_to=2026, source="Приказ № 5",
    items=(
        DraftItem("1", 1, Level.BASIC, ("дроби",), task_type="вычисление"),
        DraftItem("2", 3, Level.ADVANCED, ("уравнения", "неравенства"), criteria=(("К1", 1), ("К2", 2))),
    ),
)


@pytest.fixture
def store(screen_store):
    with writing(screen_store, "Поставка") as session:
        seed_reference(session)
    return screen_store


@pytest.fixture
def plan(store) -> int:
    with writing(store, "Методист") as session:
        return create_blueprint(session, ALL, DRAFT).id


def opened(open_screen, plan: int | None = None, tab: str | None = None) -> AppTest:
    run = open_screen(SCREEN)
    if plan is not None:
        run.query_params["plan"] = str(plan)
    if tab is not None:
        run.session_state["blueprints_tab"] = tab
    return run.run()


def typed(run: AppTest, grid: str, rows=None, added=(), deleted=()) -> AppTest:
    generation = run.session_state[f"grid:{grid}"].generation
    run.session_state[f"grid_editor:{grid}:{generation}"] = {
        "edited_rows": rows or {}, "added_rows": list(added), "deleted_rows": list(deleted)
    }
    return run.run()


def save(run: AppTest, grid: str) -> AppTest:
    run = run.button(key=f"grid_save:{grid}").click().run()
    assert not run.exception
    return run


def items(engine, plan: int) -> list[tuple[str, int, str]]:
    with reading(engine) as session:
        rows = session.exec(
            select(BlueprintItem).where(BlueprintItem.blueprint_id == plan).order_by(BlueprintItem.position)
        )
        return [(row.code, row.max_score, row.element) for row in rows]


def own_plans(engine) -> list[Blueprint]:
    with reading(engine) as session:
        return list(session.exec(select(Blueprint).where(Blueprint.origin != Origin.SHIPPED).order_by(Blueprint.id)))


def test_the_list_shows_the_shipped_plans_and_can_be_filtered(open_screen, store):
    run = opened(open_screen)
    assert not run.exception
    shown = run.dataframe[0].value
    assert {"Русский язык", "Математика"} <= set(shown["subject"])
    assert set(shown["origin"]) == {"из поставки"}
    run = run.multiselect(key="blueprints_subject").set_value(["Русский язык"]).run()
    run = run.multiselect(key="blueprints_procedure").set_value(["ВПР"]).run()
    assert run.dataframe[0].value[["subject", "grade", "years"]].values.tolist() == [["Русский язык", 4, "2026"]]


def test_a_chosen_plan_takes_the_place_of_the_list(open_screen, plan):
    run = opened(open_screen)
    place = run.dataframe[0].value["procedure"].tolist().index("Школьный мониторинг")
    run.session_state["blueprints_list"] = {"selection": {"rows": [place], "columns": [], "cells": []}}
    run = run.run()
    assert not run.exception
    assert run.query_params["plan"] == str(plan)
    assert run.data_editor[0].value["element"].tolist() == ["дроби", "уравнения; неравенства"]
    assert run.data_editor[0].value["criteria"].tolist() == ["", "К1 (1б); К2 (2б)"]
    run = run.button(key="blueprints_back").click().run()
    assert "plan" not in run.query_params
    assert len(run.dataframe[0].value) > 1


def test_an_edited_item_is_saved_and_survives_a_reload(open_screen, plan, store):
    grid = f"blueprint_item:{plan}"
    run = typed(opened(open_screen, plan), grid, {0: {"element": "обыкновенные дроби", "level": "П"}})
    save(typed(run, grid, {0: {"element": "обыкновенные дроби"}}, [{"code": "3", "max_score": 2}]), grid)
    assert items(store, plan) == [
        ("1", 1, "обыкновенные дроби"), ("2", 3, "уравнения; неравенства"), ("3", 2, ""),
    ]
    again = opened(open_screen, plan)
    assert again.data_editor[0].value["element"].tolist()[0] == "обыкновенные дроби"
    assert any("3\xa0задания, 6\xa0баллов" in text.value for text in again.caption)


def test_a_cell_that_somebody_else_changed_is_shown_with_both_values(open_screen, plan, store):
    grid = f"blueprint_item:{plan}"
    run = typed(opened(open_screen, plan), grid, {1: {"criteria": "К1 (2б); К2 (1б)"}})
    with writing(store, "Иванова") as session:
        row = session.exec(select(BlueprintItem).where(BlueprintItem.blueprint_id == plan, BlueprintItem.code == "2"))
        item = row.one()
        item.criteria = [{"code": "К1", "max": 3}]
        session.add(item)
    run = save(run, grid)
    said = " ".join(text.value for text in run.markdown)
    assert "Ваше: **К1 (2б); К2 (1б)**" in said
    assert "Сейчас: **К1 (3б)**" in said
    assert "Иванова" in said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"max_score": 0}, "Наибольший балл «0» не годится. Нужно целое число от 1 до 100."),
        ({"max_score": 4}, "Критерии задания «2» дают 3, а его наибольший балл — 4."),
    ],
)
def test_a_bad_maximum_is_refused_with_a_sentence(open_screen, plan, store, cells, said):
    grid = f"blueprint_item:{plan}"
    run = save(typed(opened(open_screen, plan), grid, {1: cells}), grid)
    assert said in " ".join(error.value for error in run.error)
    assert items(store, plan)[1] == ("2", 3, "уравнения; неравенства")
    assert run.button(key=f"grid_save:{grid}").label == "Сохранить (1)"


def test_a_plan_is_copied_for_another_year_once(open_screen, plan, store):
    run = opened(open_screen, plan)
    run = run.button(key=f"blueprint_copy_{plan}").click().run()
    assert not run.exception
    copy = own_plans(store)[-1]
    assert (copy.year_from, copy.year_to, copy.origin) == (2027, 2027, Origin.ENTERED)
    assert items(store, copy.id) == items(store, plan)
    assert run.query_params["plan"] == str(copy.id)
    again = opened(open_screen, plan).button(key=f"blueprint_copy_{plan}").click().run()
    assert "План для этой работы уже есть" in again.error[0].value


def test_a_deleted_plan_can_be_brought_back(open_screen, plan, store):
    run = opened(open_screen, plan).button(key=f"blueprint_delete_{plan}").click().run()
    assert "План удалён" in run.warning[0].value
    assert not run.data_editor
    run = run.button(key=f"blueprint_restore_{plan}").click().run()
    assert not run.warning
    assert own_plans(store)[0].deleted_at is None


def test_a_template_goes_out_and_comes_back(open_screen, store):
    run = opened(open_screen)
    run = run.file_uploader(key="blueprints_drop").set_value(("план.xlsx", blueprint_workbook(DRAFT), "")).run()
    assert not run.exception
    preview = run.dataframe[-1].value
    assert preview[["code", "max", "element"]].values.tolist() == [
        ["1", 1, "дроби"], ["2", 3, "уравнения; неравенства"],
    ]
    assert own_plans(store) == []
    next(button for button in run.button if button.label == "Сохранить план").click().run()
    (stored,) = own_plans(store)
    assert (stored.procedure, stored.subject, stored.grade, stored.source) == (
        "Школьный мониторинг", "Математика", 7, "Приказ № 5"
    )
    assert stored.origin is Origin.UPLOADED
    assert items(store, stored.id) == [("1", 1, "дроби"), ("2", 3, "уравнения; неравенства")]


def test_problems_of_a_file_are_shown_by_cell_and_nothing_can_be_saved(open_screen, store):
    table = "Номер задания;Максимальный балл;Уровень\n1;1;Б\n2;много;Б\n".encode()
    run = opened(open_screen)
    run = run.file_uploader(key="blueprints_drop").set_value(("план.csv", table, "text/csv")).run()
    assert not run.exception
    problems = run.dataframe[-2].value
    assert "строка 3, столбец B" in problems["place"][0]
    assert "Наибольший балл «много» не годится" in problems["message"][0]
    assert next(button for button in run.button if button.label == "Сохранить план").disabled


def test_a_file_without_a_plan_is_refused(open_screen, store):
    run = opened(open_screen).file_uploader(key="blueprints_drop").set_value(("план.csv", b"a;b\n1;2\n", "")).run()
    assert "В файле нет таблицы плана работы" in run.error[0].value


def test_a_plan_is_made_by_hand(open_screen, store):
    run = opened(open_screen)
    run.session_state["blueprints_way"] = "Вручную"
    run = run.run()
    run = run.number_input(key="blueprints_count").set_value(3).run()
    run = run.button(key="blueprints_hand_save").click().run()
    assert "Не указана процедура" in run.error[0].value
    run.selectbox(key="blueprints_hand_procedure").set_value("Школьный мониторинг")
    run.selectbox(key="blueprints_hand_subject").set_value("Физика")
    run = run.number_input(key="blueprints_hand_grade").set_value(8).run()
    run = run.button(key="blueprints_hand_save").click().run()
    assert not run.exception
    (stored,) = own_plans(store)
    assert items(store, stored.id) == [("1", 1, ""), ("2", 1, ""), ("3", 1, "")]


def test_scales_say_their_conditions_and_are_edited(open_screen, store):
    run = opened(open_screen, tab="Шкалы отметок")
    run = run.selectbox(key="blueprints_scales_of").set_value("ОГЭ").run()
    assert not run.exception
    shown = run.data_editor[0].value
    place = shown.index[(shown["subject"] == "Математика") & (shown["year_to"] == 2026)][0]
    assert shown["conditions"][place] == "для «3» — не менее 2 баллов за геометрию (задания 15–19, 23–25)"
    run = save(typed(run, "mark_scale:ОГЭ", {int(place): {"from_4": 30}}), "mark_scale:ОГЭ")
    assert "границы отметок идут не по порядку" in run.error[0].value
    new = {
        "subject": "Математика", "grade": 9, "year_from": 2027, "year_to": 2027, "max_score": 31, "from_3": 8,
        "from_4": 15, "from_5": 22,
    }
    save(typed(run, "mark_scale:ОГЭ", {int(place): {"from_4": 16}}, [new]), "mark_scale:ОГЭ")
    with reading(store) as session:
        scales = session.exec(select(MarkScale).where(MarkScale.procedure == "ОГЭ", MarkScale.subject == "Математика"))
        assert sorted((scale.year_to, scale.from_4) for scale in scales)[-2:] == [(2026, 16), (2027, 15)]


def test_presets_are_edited_in_per_cent(open_screen, store):
    run = opened(open_screen, tab="Пороги")
    assert not run.exception
    shown = run.data_editor[0].value
    place = shown["name"].tolist().index("ВПР-ФИОКО-2026")
    assert shown.loc[place, ["basic_sufficient", "advanced_insufficient"]].tolist() == [60, 28.5]
    assert dict(run.dataframe[-1].value[["procedure", "preset"]].values)["ВПР"] == "ВПР-ФИОКО-2026"
    save(typed(run, "threshold_preset", {place: {"basic_sufficient": 65, "advanced_insufficient": 1}}),
         "threshold_preset")
    with reading(store) as session:
        preset = session.exec(select(ThresholdPreset).where(ThresholdPreset.name == "ВПР-ФИОКО-2026")).one()
    assert (preset.basic_sufficient, preset.advanced_insufficient) == (0.65, 0.01)


@pytest.mark.parametrize("tab", ["Планы", "Шкалы отметок", "Пороги"])
def test_without_the_right_everything_is_only_shown(open_screen, plan, monkeypatch, tab):
    observer = Scope(None, "Наблюдатель", None, None, None, None, frozenset({Action.VIEW}))
    monkeypatch.setattr(screens, "current_scope", lambda: observer)
    run = opened(open_screen, plan if tab == "Планы" else None, tab)
    assert not run.exception
    assert not run.data_editor
    assert not run.error
    assert len(run.dataframe[0].value) > 0
    assert not [button for button in run.button if button.label.startswith(("Сохранить", "Удалить", "Создать"))]


def test_a_plan_is_attached_to_a_work_that_came_without_one(open_screen, store):
    items_of_work = tuple(
        DraftItem(str(place + 1), most, elements=(element,))
        for place, (element, most) in enumerate(zip(ELEMENTS, MAXIMA, strict=True))
    )
    with writing(store, "Методист") as session:
        work_id = add_work(session, add_organisations(session), plan_id=None)
    assert any("Подходящего плана нет" in text.value for text in opened(open_screen).caption)
    with writing(store, "Методист") as session:
        plan = create_blueprint(session, ALL, BlueprintDraft("ВПР", "Математика", 6, 2026, items=items_of_work)).id
    run = opened(open_screen).button(key=f"blueprint_attach_{work_id}").click().run()
    assert not run.exception
    with reading(store) as session:
        assert session.get(Assessment, work_id).blueprint_id == plan
    assert not [box for box in run.expander if box.label.startswith("Без плана")]


def test_a_report_of_planned_results_becomes_a_plan(open_screen, store):
    report = written(layout_files.fisoko_outcomes(layout_files.truth()))
    run = open_screen("collect/upload.py")
    run = run.file_uploader(key="upload_drop").set_value([("планируемые.xlsx", report, "")]).run()
    assert not run.exception
    run = run.button(key="upload_plan_0_0").click().run()
    assert not run.exception
    (stored,) = own_plans(store)
    assert (stored.procedure, stored.subject, stored.grade, stored.year_from) == ("ВПР", "Математика", 4, 2026)
    assert [(code, most) for code, most, _ in items(store, stored.id)] == [("1", 1), ("2", 2), ("3", 1), ("4", 3)]
    assert "План работы создан" in run.success[0].value


def test_a_school_looks_at_shared_plans_and_copies_them(store, plan, open_screen, monkeypatch):
    with writing(store, "тест") as session:
        school = Organisation(code="ш1", name="Школа № 1", kind=OrganisationKind.SCHOOL)
        session.add(school)
        session.flush()
        own = Scope(
            5, "Завуч", frozenset({school.id}), frozenset({school.id}), None, None,
            frozenset(Action),
        )
    monkeypatch.setattr(screens, "current_scope", lambda: own)
    run = opened(open_screen, plan)
    assert "Этот план меняет только его владелец" in run.info[0].value
    assert not [button for button in run.button if button.label == "Удалить план"]
    run.button(key=f"blueprint_copy_{plan}").click().run()
    assert not run.exception and not run.error
    with reading(store) as session:
        copy = session.exec(select(Blueprint).where(Blueprint.organisation_id == school.id)).one()
    assert (copy.year_from, copy.year_to) == (2026, 2026)
    assert str(copy.id) in run.query_params["plan"] and not run.info
    assert any("Чей план: Школа № 1" in caption.value for caption in run.caption)
    shared = opened(open_screen, tab="Пороги")
    assert any("меняет их владелец" in caption.value for caption in shared.caption)
