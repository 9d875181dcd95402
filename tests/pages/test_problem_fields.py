"""The screen «Проблемные поля»: what a methodist sees and decides."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import FieldReview, ReviewState
from core.people.scope import Action, Scope
from core.store.unit_of_work import reading, writing
from core.workbooks.writing import write_workbook
from tests.analysis.stored import scope_of
from tests.pages.conftest import SHELL
from tests.pages.town import EVERYTHING, build_town

PAGE = "analyse/problem_fields.py"


@pytest.fixture
def town(screen_store):
    return (screen_store, *build_town(screen_store))


def opened(**query: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    for key, value in query.items():
        run.query_params[key] = value
    return run.run()


def geometry(ids: dict[str, int], work: int) -> str:
    return f"{work}|class:{ids['school1']}:А|element|геометрия"


def listed(run: AppTest) -> list[str]:
    return run.dataframe[0].value["key"].tolist()


def texts(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def map_table(run: AppTest):
    run.session_state["fields_map_1_0_folded"] = True
    run.run()
    return next(frame.value for frame in run.dataframe if "row" in frame.value)


def test_the_planted_field_stands_first_with_its_numbers_and_words(town):
    run = opened()
    assert not run.exception
    first = run.dataframe[0].value.iloc[0]
    assert first["key"] == "геометрия"
    assert first["finding"].startswith("▼▼ достоверно ниже")
    assert first["unit"] == "6А, Школа № 1"
    assert first["facility"].endswith("n\xa024") or "n 24" in first["facility"]
    assert first["decision"] == "ждёт"
    sentence = run.markdown[0].value
    assert "Из 5 элементов содержания в 1\xa0работе достоверно ниже порога 1" in sentence
    assert "ждут решения" in sentence


def test_the_map_shows_elements_against_schools_and_classes(town):
    run = opened()
    by_school = map_table(run)
    assert list(by_school) == ["row", "Школа № 1", "Школа № 2"]
    assert by_school["row"].tolist()[0] == "геометрия"
    assert by_school["Школа № 1"].iloc[0] < by_school["Школа № 2"].iloc[0]
    run.segmented_control(key="fields_where").set_value("Классы").run()
    assert not run.exception
    assert {"6А, Школа № 1"} <= set(run.dataframe[0].value["unit"])
    assert all("," in unit for unit in run.dataframe[0].value["unit"])


def test_kinds_and_certainty_narrow_the_list(town):
    run = opened()
    run.segmented_control(key="fields_show").set_value("Достоверные").run()
    assert listed(run) == ["геометрия"]
    run.segmented_control(key="fields_kind").set_value("Типы заданий").run()
    assert "типов заданий" in run.markdown[0].value


def test_a_school_is_chosen_among_organisations(town):
    run = opened()
    run.multiselect(key="fields_organisation").select("Школа № 2").run()
    assert "6А, Школа № 1" not in run.dataframe[0].value["unit"].tolist()


def test_a_link_with_a_work_narrows_to_it(screen_store):
    ids, first = build_town(screen_store, years=(2025, 2026))
    assert ids
    run = opened(fields_work=str(first))
    assert run.multiselect(key="fields_work_name").value == ["ВПР, Математика, 6 класс, 2025"]
    assert run.multiselect(key="fields_year").value == []
    assert opened().multiselect(key="fields_year").value == [2026]


def test_a_link_with_a_field_opens_it_with_its_evidence(town):
    _, ids, work = town
    run = opened(fields_key=geometry(ids, work))
    assert not run.exception
    assert "Геометрия — 6А, Школа № 1" in [one.value for one in run.subheader]
    said = texts(run)
    assert "задания 4" in said
    assert "Слабое место" in said
    assert "по одному заданию" in said
    assert [metric.label for metric in run.metric][:4] == ["Выполнение", "Порог", "Острота", "Охват"]
    compared = next(frame.value for frame in run.dataframe if "verdict" in frame.value)
    assert "Школа № 1 (школа), остальные" in compared["name"].tolist()
    assert compared["says"].tolist()[0] == "здесь ниже"
    assert set(compared["verdict"]) == {"сопоставимо"}


def test_a_field_of_a_link_that_is_gone_is_told_kindly(town):
    run = opened(fields_key="999|class:1:А|element|нет такого")
    assert not run.exception
    assert "Поля из ссылки в этом отборе нет" in run.info[0].value
    assert listed(run)


def decided(run: AppTest, name: str) -> AppTest:
    return next(button for button in run.button if button.label == name).click().run()


def fill(run: AppTest, prefix: str, value: str) -> None:
    kind = "selectbox" if prefix == "fields_cause" else "text_area"
    widget = next(one for one in run.get(kind) if one.key.startswith(prefix))
    widget.set_value(value)


def test_confirming_keeps_cause_remark_and_the_numbers_of_the_moment(town):
    engine, ids, work = town
    run = opened(fields_key=geometry(ids, work))
    fill(run, "fields_cause", "не хватило времени")
    fill(run, "fields_remark", "Обсудили на ШМО.")
    run = decided(run, "Сохранить решение")
    assert not run.exception
    with reading(engine) as session:
        review = session.exec(select(FieldReview)).one()
    assert (review.state, review.cause, review.remark) == (
        ReviewState.CONFIRMED, "не хватило времени", "Обсудили на ШМО.",
    )
    assert review.participants == 24
    said = texts(run)
    assert "**Подтверждено** — Локальный администратор" in said
    assert "не меняются" in said
    run.session_state["fields_folded"] = True
    run.run()
    history = next(frame.value for frame in run.dataframe if "actor" in frame.value)
    assert set(history["actor"]) == {"Локальный администратор"}


def test_a_confirmation_without_a_cause_is_refused_in_words(town):
    engine, ids, work = town
    run = decided(opened(fields_key=geometry(ids, work)), "Сохранить решение")
    assert "Не указана предполагаемая причина" in run.error[0].value
    with reading(engine) as session:
        assert session.exec(select(FieldReview)).first() is None


def test_a_colleagues_decision_is_shown_and_nothing_is_overwritten(town):
    engine, ids, work = town
    run = opened(fields_key=geometry(ids, work))
    fill(run, "fields_cause", "пробелы прошлых лет")
    colleague = replace(EVERYTHING, actor_name="Петрова")
    with writing(engine, actor="Петрова") as session:
        review_field(
            session, colleague, assessment_id=work, unit=f"class:{ids['school1']}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.REJECTED, remark="Ошибка проверки.",
        )
    run = decided(run, "Сохранить решение")
    assert not run.exception
    assert "решение принял другой пользователь" in run.warning[0].value
    assert "уже изменил другой пользователь" in run.error[0].value
    assert next(box for box in run.selectbox if box.key.startswith("fields_cause")).value == "пробелы прошлых лет"
    assert "Петрова" in texts(run)
    with reading(engine) as session:
        assert session.exec(select(FieldReview)).one().state is ReviewState.REJECTED
    run = decided(run, "Я посмотрел, решаю заново")
    run = decided(run, "Сохранить решение")
    with reading(engine) as session:
        assert session.exec(select(FieldReview)).one().cause == "пробелы прошлых лет"


def test_a_decision_is_taken_back(town):
    engine, ids, work = town
    with writing(engine, actor="тест") as session:
        review_field(
            session, EVERYTHING, assessment_id=work, unit=f"class:{ids['school1']}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.CONFIRMED, cause="другое",
        )
    run = decided(opened(fields_key=geometry(ids, work)), "Снять решение")
    assert not run.exception
    with reading(engine) as session:
        assert session.exec(select(FieldReview)).one().deleted_at is not None


def test_who_may_only_look_gets_no_form(town, monkeypatch):
    _, ids, work = town
    viewer = replace(EVERYTHING, actions=frozenset({Action.VIEW}))
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: viewer)
    monkeypatch.setattr("pages.analyse.fields.decision.current_scope", lambda: viewer)
    run = opened(fields_key=geometry(ids, work))
    assert not run.exception
    assert "Сохранить решение" not in [button.label for button in run.button]
    assert "Решать о проблемных полях может" in texts(run)


def test_another_school_does_not_see_the_field(town, monkeypatch):
    _, ids, work = town
    outsider = replace(scope_of(ids, "school2", own=("school2",)), actor_id=None)
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: outsider)
    run = opened(fields_key=geometry(ids, work))
    assert not run.exception
    assert "Школа № 1" not in texts(run)
    assert all("Школа № 1" not in unit for frame in run.dataframe for unit in frame.value.get("unit", []))


def test_a_class_of_three_is_hidden_outside_its_school(town, monkeypatch):
    _, ids, _ = town
    methodist = replace(scope_of(ids, "region", "town", "school1", "school2"), actor_id=None)
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: methodist)
    run = opened()
    run.segmented_control(key="fields_where").set_value("Классы").run()
    assert not run.exception
    assert map_table(run)["6В\nШкола № 2"].isna().all()
    assert map_table(run)["6В\nШкола № 1"].notna().all()
    assert "6В, Школа № 2" not in run.dataframe[0].value["unit"].tolist()


def test_a_work_without_a_plan_is_told_by_item(screen_store):
    build_town(screen_store, with_plan=False)
    run = opened()
    assert "Из 6 заданий" in run.markdown[0].value
    assert listed(run)[0] == "задание 4"


def test_an_empty_store_says_what_to_do(screen_store):
    run = opened()
    assert not run.exception
    assert "Пока нечего анализировать" in [one.value for one in run.subheader]


def test_nothing_is_shown_to_somebody_without_the_right(town, monkeypatch):
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: Scope.of(7, "Гость", ()))
    run = opened()
    assert "Нет права" in run.error[0].value
    assert not run.dataframe


def test_the_workbook_holds_real_numbers_and_the_passport(town):
    def script() -> None:
        import streamlit as st

        from core.intake.history import list_works
        from pages.analyse.fields.choice import choose
        from pages.analyse.fields.listing import fields_sheet
        from pages.widgets.session import read

        st.session_state["sheet"] = fields_sheet(choose(read(list_works)))

    run = AppTest.from_function(script).run()
    assert not run.exception
    book = openpyxl.load_workbook(io.BytesIO(write_workbook([run.session_state["sheet"]])))
    rows = list(book["Проблемные поля"].iter_rows(min_row=3, values_only=True))
    head, first = list(rows[0]), list(rows[1])
    assert 0 < first[head.index("Выполнение")] < 0.57
    assert first[head.index("Поле")] == "геометрия"
    assert any("Чего нельзя заключить" in str(row[0]) for row in book["Паспорт"].iter_rows(values_only=True))
