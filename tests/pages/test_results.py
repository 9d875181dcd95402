"""The screen «Результаты работ»: what a deputy head sees of one work."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.blueprints.tables import MarkScale
from core.intake.tables import Assessment, ClassWork, ReferenceRow, Upload
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from pages.widgets.passport import VPR_LINE
from tests.analysis.stored import add_organisations, add_plan, class_row, scope_of
from tests.pages.conftest import SHELL
from tests.pages.town import build_town

PAGE = "analyse/results.py"


@pytest.fixture
def town(screen_store):
    return (screen_store, *build_town(screen_store))


def opened(**query: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    for key, value in query.items():
        run.query_params[key] = value
    return run.run()


def on_tab(run: AppTest, name: str) -> AppTest:
    run.session_state["results_tab"] = name
    return run.run()


def metrics(run: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in run.metric}


def texts(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "success")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def table(run: AppTest, column: str):
    """Return the table with this column; what is folded is unfolded."""
    for part in ("items", "marks", "scores", "groups"):
        run.session_state[f"results_{part}_folded"] = True
    run.session_state["results_folded"] = run.session_state["results_quality_folded"] = True
    run.run()
    return next(frame.value for frame in run.dataframe if column in frame.value)


def test_the_head_says_who_wrote_and_how_well_with_intervals(town):
    run = opened()
    assert not run.exception
    shown = metrics(run)
    assert shown["Участники"] == "115"
    assert set(shown) == {
        "Участники", "Средний первичный балл", "Успеваемость", "Качество знаний", "Средняя отметка",
    }
    said = texts(run)
    assert "отсутствовали: 6" in said
    assert said.count("95 % интервал") >= 3
    assert "115\xa0участников" in said


def test_items_stand_with_status_and_the_planted_one_is_named(town):
    _, ids, work = town
    run = opened(results_work=str(work), results_unit=f"class:{ids['school1']}:А")
    items = table(run, "threshold")
    assert items["code"].tolist() == ["1", "2", "3", "4", "5", "6"]
    planted = items[items["code"] == "4"].iloc[0]
    assert planted["status"] == "▼▼ достоверно ниже"
    assert planted["low"] < planted["facility"] < planted["high"]
    assert "Ниже порога: 4" in texts(run)
    assert "Надёжность (α Кронбаха)" in texts(run)


def test_a_class_of_three_gets_words_instead_of_numbers(town):
    _, ids, work = town
    run = opened(results_work=str(work), results_unit=f"class:{ids['school2']}:В")
    assert not run.exception
    assert metrics(run)["Участники"] == "3"
    assert "Малая выборка: меньше 10 участников" in texts(run)
    reasons = {"меньше 20 участников: показатель был бы случайным", "меньше трёх участников"}
    assert set(table(run, "why")["why"]) <= reasons
    assert "Не показаны группы" in texts(on_tab(run, "Группы")) or "профиль не строится" in texts(run)
    for name in ("Отметки", "Баллы", "Классы и школы", "Объективность"):
        assert not on_tab(run, name).exception


def test_a_hidden_tab_computes_nothing(town, monkeypatch):
    calls: list[str] = []

    def counted(session, scope, *given):
        calls.append("signs")
        return ()

    monkeypatch.setattr("core.analysis.signs.signs_of_work", counted)
    run = opened()
    assert not calls
    assert not on_tab(run, "Объективность").exception
    assert calls == ["signs"]


def test_marks_stand_beside_the_town_and_the_region_and_the_journal(town):
    engine, ids, _ = town
    with writing(engine, actor="тест") as session:
        upload = Upload(file_name="отметки.xlsx", sha256="m", layout="fisoko-marks")
        session.add(upload)
        session.flush()
        session.add(ReferenceRow(
            upload_id=upload.id, procedure="ВПР", subject="Математика", grade=6, year=2026, kind="marks",
            group_name="Область", group_level="region", participants=5000,
            values={"2": 10.0, "3": 40.0, "4": 30.0, "5": 20.0},
        ))
    run = on_tab(opened(results_unit=f"organisation:{ids['school1']}"), "Отметки")
    assert table(run, "2")["name"].tolist() == ["Школа № 1", "Город", "Область (сводный отчёт)"]
    assert metrics(run)["Подтвердили"] == "100,0\xa0%"
    assert metrics(run)["Разрыв в 2 отметки и больше"] == "0,0\xa0%"


def test_units_stand_by_name_without_a_rating(town):
    run = on_tab(opened(), "Классы и школы")
    names = table(run, "level")["name"].tolist()
    assert names == [
        "Город", "Школа № 1", "6А, Школа № 1", "6Б, Школа № 1", "6В, Школа № 1", "Школа № 2", "6А, Школа № 2",
        "6Б, Школа № 2", "6В, Школа № 2",
    ]
    assert VPR_LINE[1:] in texts(run)


def test_signs_are_never_more_than_signs(town):
    run = on_tab(opened(), "Объективность")
    assert not run.exception
    assert "признак, требует проверки" in texts(run)


def test_scores_show_the_unit_above(town):
    _, ids, _ = town
    run = on_tab(opened(results_unit=f"class:{ids['school1']}:А"), "Баллы")
    assert "Пунктир — Город" in texts(run)
    scores = table(run, "reference")
    assert scores["count"].sum() == 24
    assert scores["reference"].sum() == pytest.approx(1, abs=0.01)


def test_groups_are_told_with_those_left_out(town):
    run = on_tab(opened(), "Группы")
    assert not run.exception
    assert "pattern" in table(run, "pattern")


def test_marks_by_the_scale_are_said_to_be_so(screen_store):
    with writing(screen_store, actor="тест") as session:
        ids = add_organisations(session)
        work = Assessment(
            procedure="ВПР", subject="Физика", grade=8, year=2026, item_codes=["1", "2"], item_maxima=[2, 2],
            item_levels=["Б", "Б"], items_key="k", blueprint_id=None,
        )
        upload = Upload(file_name="ф.xlsx", sha256="f", layout="wide")
        session.add_all([work, upload])
        session.flush()
        row = class_row(np.tile(np.array([[1, 1], [2, 2], [0, 0]], dtype=np.int8), (8, 1)), "А", ids["school1"],
                        work.id, upload.id)
        row.marks = bytes(len(row.marks))
        session.add(row)
        session.add(MarkScale(
            procedure="ВПР", subject="Физика", grade=8, year_from=2026, year_to=2026, max_score=4, from_3=1, from_4=2,
            from_5=4,
        ))
    run = opened()
    assert "В файле отметок не было, они поставлены по шкале" in texts(run)
    assert metrics(run)["Успеваемость"] == "66,7\xa0%"


def test_a_work_without_a_plan_is_offered_the_fitting_one(screen_store):
    build_town(screen_store, with_plan=False)
    with writing(screen_store, actor="тест") as session:
        plan = add_plan(session)
    run = opened()
    assert "У этой работы нет плана" in texts(run)
    next(button for button in run.button if button.label == "Прикрепить").click().run()
    assert not run.exception
    assert "У этой работы нет плана" not in texts(run)
    with reading(screen_store) as session:
        assert session.exec(select(Assessment)).one().blueprint_id == plan
    assert table(run, "threshold")["asks"].tolist()[3] == "геометрия"


def test_a_work_without_any_fitting_plan_says_where_to_make_one(screen_store):
    build_town(screen_store, with_plan=False)
    said = texts(opened())
    assert "Готового плана с такими же заданиями и баллами нет" in said


def test_an_empty_store_says_what_to_do(screen_store):
    assert "Работ пока нет" in [one.value for one in opened().subheader]


def test_a_work_of_the_address_that_is_not_there_gives_the_newest(town):
    run = opened(results_work="999", results_unit="class:1:Я")
    assert not run.exception
    assert run.selectbox[0].value == str(town[2])


def test_other_schools_and_people_without_the_right_see_nothing(town, monkeypatch):
    _, ids, _ = town
    outsider = replace(scope_of(ids, "school2", own=("school2",)), actor_id=None)
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: outsider)
    run = opened(results_unit=f"organisation:{ids['school1']}")
    assert metrics(run)["Участники"] == "49"
    assert "Школа № 1" not in texts(run)
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: Scope.of(7, "Гость", ()))
    run = opened()
    assert "Нет права" in run.error[0].value
    assert not run.metric


def test_rows_of_the_store_stay_as_they_are(town):
    engine, _, _ = town
    with reading(engine) as session:
        before = [row.version for row in session.exec(select(ClassWork))]
    opened()
    with reading(engine) as session:
        assert [row.version for row in session.exec(select(ClassWork))] == before


def test_hidden_classes_are_told_with_the_reason(town, monkeypatch):
    _, ids, work = town
    specialist = replace(scope_of(ids, "region", "town", "school1", "school2"), actor_id=None)
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: specialist)
    run = on_tab(opened(results_work=str(work)), "Классы и школы")
    assert not run.exception
    said = texts(run)
    assert "6В, Школа № 2 — скрыто: меньше 5 участников" in said
    assert "6Б, Школа № 2 — скрыто, чтобы малую группу нельзя было вычислить" in said
    notes = table(run, "note").set_index("name")["note"]
    assert notes["6Б, Школа № 2"] == notes["6В, Школа № 2"] == "скрыто"
    run = opened(results_work=str(work), results_unit=f"class:{ids['school2']}:Б")
    assert any("вычитанием" in error.value for error in run.error)
    assert any("скрыто" in option for box in run.selectbox for option in box.options)
