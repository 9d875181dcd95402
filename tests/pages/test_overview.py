"""The screen «Обзор»: what a director understands at once, and how an empty store begins."""

from __future__ import annotations

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.analysis.elements import Kind
from core.analysis.reviewing import review_field
from core.analysis.tables import ReviewState
from core.intake.tables import Assessment, ClassWork
from core.people.organisations import create_organisation
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.store.unit_of_work import reading, writing
from tests.analysis.stored import add_work
from tests.pages.conftest import SHELL
from tests.pages.signing import add_person
from tests.pages.town import EVERYTHING, build_town

PAGE = "glance/overview.py"


@pytest.fixture
def town(screen_store):
    return (screen_store, *build_town(screen_store))


def opened() -> AppTest:
    return AppTest.from_file(str(SHELL), default_timeout=60).run().switch_page(PAGE).run()


def metrics(run: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in run.metric}


def texts(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "success")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def links(run: AppTest) -> list[str]:
    return [link.proto.label for link in run.get("page_link")]


def test_five_numbers_of_the_newest_year(town):
    engine, ids, _ = town
    with writing(engine, actor="тест") as session:
        add_work(session, ids, plan_id=None, year=2025)
    shown = metrics(opened())
    assert shown["Результаты пришли"] == "2 из 2"
    assert shown["Западающие элементы"].startswith("1 из ")
    assert set(shown) == {
        "Результаты пришли", "Западающие элементы", "Выполнено в срок", "Педагоги с помощью", "Показатели с планом",
    }


def test_the_surest_field_comes_first_with_one_action(town):
    run = opened()
    assert not run.exception
    said = [one.value for one in run.markdown if "Геометрия" in one.value]
    assert "▼▼ достоверно ниже" in said[0]
    assert "6А, Школа № 1" in texts(run)
    assert "Разобрать" in links(run)


def test_a_decided_field_steps_back(town):
    engine, ids, work = town
    with writing(engine, actor="тест") as session:
        review_field(
            session, EVERYTHING, assessment_id=work, unit=f"class:{ids['school1']}:А", kind=Kind.ELEMENT,
            key="геометрия", state=ReviewState.CONFIRMED, cause="другое",
        )
    run = opened()
    shown = [one.value for one in run.markdown if one.value.startswith(":red")]
    assert shown
    assert "достоверно ниже" not in shown[0]
    assert "6А, Школа № 1" not in texts(run)


def test_next_steps_name_missing_plans_and_missing_results(screen_store):
    ids, work = build_town(screen_store, with_plan=False)
    with writing(screen_store, actor="тест") as session:
        other = add_work(session, ids, plan_id=None, year=2026, grade=6)
        session.get(Assessment, other).title = "пересдача"
        for row in session.exec(select(ClassWork).where(ClassWork.assessment_id == other)):
            if row.school_id == ids["school2"]:
                session.delete(row)
    run = opened()
    assert {"Прикрепить план", "Загрузить"} <= set(links(run))
    assert "ещё без плана: 1" in texts(run)
    assert "результаты не пришли" in texts(run) and "Школа № 2" in texts(run)
    assert work != other


def test_what_is_new_is_told_with_its_door_and_stays_after_a_reload(town):
    for _look in range(2):
        run = opened()
        assert not run.exception
        assert "За последнюю неделю:" in texts(run)
        assert "1\xa0загруженный файл" in links(run)


def test_who_sees_less_gets_other_numbers_and_no_cycle_of_others(town, monkeypatch):
    engine, ids, _work = town
    places = frozenset({ids["school1"]})
    seen = frozenset({Action.VIEW, Action.VIEW_RECOMMENDATIONS})
    teacher = Scope(add_person(engine, "учитель", None), "Учитель", places, places, None, None, seen)
    for module in ("widgets.session", "glance.overview_parts.cards", "glance.overview_parts.attention",
                   "glance.overview_parts.week"):
        monkeypatch.setattr(f"pages.{module}.current_scope", lambda: teacher)
    run = opened()
    assert not run.exception
    assert set(metrics(run)) == {
        "Результаты пришли", "Западающие элементы", "Рекомендации с ответом", "Поля с решением",
    }
    assert metrics(run)["Рекомендации с ответом"] == "—"
    assert "Школа № 1" in texts(run) and "Школа № 2" not in texts(run)


def test_an_empty_store_offers_upload_and_demo_data(screen_store):
    run = opened()
    assert not run.exception
    assert "Результатов пока нет" in texts(run)
    assert "Загрузить результаты" in links(run)
    run.button(key="overview_demo").click().run()
    assert not run.exception
    assert not run.error
    assert metrics(run)["Результаты пришли"] == "75 из 76"
    with reading(screen_store) as session:
        assert len(session.exec(select(Assessment)).all()) >= 18


def test_a_school_without_results_sees_its_cycle_and_no_demo(screen_store):
    with writing(screen_store, "подготовка теста") as session:
        create_organisation(session, EVERYTHING, code="Ш1", name="Школа № 1", kind=OrganisationKind.SCHOOL)
    run = opened()
    assert not run.exception
    assert "Начните с загрузки." in texts(run) and "ещё не открыт" in texts(run)
    assert not [one for one in run.button if one.key == "overview_demo"]


def test_demo_data_are_offered_to_administrators_only(screen_store, monkeypatch):
    viewer = Scope(5, "Директор", None, None, None, None, frozenset({Action.VIEW}))
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: viewer)
    for part in ("start", "week"):
        monkeypatch.setattr(f"pages.glance.overview_parts.{part}.current_scope", lambda: viewer)
    run = opened()
    assert not run.exception
    assert not [button for button in run.button if button.key == "overview_demo"]


def test_nothing_is_shown_without_the_right(town, monkeypatch):
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: Scope.of(7, "Гость", ()))
    run = opened()
    assert not run.metric
