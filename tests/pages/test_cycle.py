"""The screen «Управленческий цикл» as people use it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.cycle.models import mentions, models
from pages.manage.helping.model_places import places_table
from pages.widgets.screens import SCREENS
from tests.pages.conftest import SHELL
from tests.pages.town import build_town

PAGE = "glance/cycle.py"


@pytest.fixture
def town(screen_store):
    build_town(screen_store)
    return screen_store


def opened(**state: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=60).run()
    for key, value in state.items():
        run.session_state[f"cycle_{key}"] = value
    return run.switch_page(PAGE).run()


def texts(run: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "success")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def links(run: AppTest) -> list[str]:
    return [link.proto.label for link in run.get("page_link")]


def test_an_empty_store_says_that_there_is_nobody_yet(open_screen):
    run = open_screen(PAGE)
    assert not run.exception
    assert run.subheader[0].value == "Организаций пока нет"
    assert links(run)[-1] == "Загрузить результаты"


def test_stages_stand_with_state_sign_and_word_and_a_door(town):
    run = opened()
    assert not run.exception
    said = texts(run)
    assert "I. Сбор данных о качестве образования" in said
    assert "VI. Мониторинг реализации образовательных программ и рекомендаций" in said
    assert "◐ идёт" in said and "○ не начат" in said
    assert {"Загрузка результатов", "Рекомендации", "Наставничество"} <= set(links(run))


def test_one_stage_in_full_says_who_what_when_and_what_is_there(town):
    said = texts(opened())
    for words in ("**Кто отвечает**", "**Что делают**", "**Когда**", "**На входе**", "**На выходе**", "● **есть**"):
        assert words in said


@pytest.mark.parametrize("model", models(), ids=lambda one: one.code)
@pytest.mark.parametrize("tab", ["Этапы", "Модель", "Сравнение", "Самопроверка"])
def test_every_model_opens_on_every_tab(town, model, tab):
    run = opened(model=model.code, tab=tab)
    assert not run.exception
    said = texts(run)
    if tab == "Этапы":
        assert all(stage.name[:30] in said for stage in model.file.stages)
    if tab == "Модель":
        assert all(place.name[-25:] in said.replace("\\", "") for place in model.file.participants)


def test_two_models_side_by_side(town):
    run = opened(model="napolnovskaya", other="isadskaya", tab="Сравнение")
    said = texts(run)
    assert "**Напольновская СШ**" in said and "**Исадская СОШ**" in said
    assert "**4\\. Рекомендации и карты**" in said
    same = opened(model="isadskaya", other="isadskaya", tab="Сравнение")
    assert "Выбрана та же модель" in texts(same)


def test_the_self_check_names_the_empty_links_and_leads_to_them(town):
    run = opened(tab="Самопроверка")
    assert "Пустые звенья:" in run.warning[0].value
    assert "цели" in run.warning[0].value
    assert "○ пусто" in texts(run)
    assert {"Дорожные карты", "Показатели", "Заседание"} <= set(links(run))


def test_the_help_tells_of_every_thing_where_it_lives(screen_store, open_screen):
    titles = {screen.title for screen in SCREENS}
    for model in models():
        rows = places_table(model).rows
        assert [row["text"] for row in rows] == [one.text for one in mentions(model.file)]
        assert all({part.split(":")[0] for part in str(row["where"]).split("; ")} <= titles for row in rows)
    run = open_screen("manage/help.py")
    run.session_state["help_said"] = "взаимопосещение уроков"
    run = run.run()
    assert not run.exception
    said = [one.value for one in run.caption if "Щёлкните" in one.value]
    assert [one.split(". ")[0] for one in said] == ["2\xa0строки"], "task 6 and row 4 of the plan"
    run.session_state["help_said"] = "квантовая механика"
    assert any("Такого в документе нет" in one.value for one in run.run().info)


def button(run: AppTest, label: str):
    return next(one for one in run.button if one.label == label)


def test_a_cycle_is_opened_marked_by_hand_and_its_acts_registered(town):
    run = opened(model="nikolsky")
    assert "ещё не открыт" in texts(run)
    run = button(run, "Открыть цикл").click().run()
    assert not run.exception
    said = texts(run)
    assert "открыт. Проверьте сроки этапов" in said and "Не отмечено: «Положения о методическом" in said
    assert [one.options for one in run.selectbox if one.label == "Модель"] == [["Никольский район"]]
    run.session_state["cycle_stage_nikolsky"] = "1"
    run = run.run()
    next(one for one in run.text_area if one.label == "Комментарий").input("приказ № 12")
    run = button(run, "Отметить").click().run()
    assert not run.exception
    assert "приказ № 12" in texts(run) and "Отмечено." in texts(run)
    run.session_state["cycle_tab"] = "Нормативные акты"
    run = button(run.run(), "Внести в реестр (10)").click().run()
    assert not run.exception
    assert "◌ **нет даты принятия**" in texts(run)


def test_a_cycle_opened_by_mistake_is_taken_back_and_opened_again(town):
    run = button(opened(model="zelenchuk"), "Открыть цикл").click().run()
    run = button(run, "Отменить открытие").click().run()
    assert "Открытие отменено" in texts(run) and "ещё не открыт" in texts(run)
    run = button(run, "Открыть цикл").click().run()
    assert not run.exception
    assert "Дальше: этап" in texts(run) or "Срок прошёл" in texts(run)
