"""The screen «Наставничество»: matching, a pair's page, registers, what each side meets."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.store.unit_of_work import reading, writing
from core.support.journal import MeetingEntry, write_meeting
from core.support.mentorship_cards import get_mentorship, list_mentorships
from core.support.mentorship_tables import Mentor, MentorshipState
from core.support.programme import GoalDraft, draft_programme, get_programme
from tests.pages.conftest import SHELL
from tests.pages.signing import cookie_of, signing_in
from tests.people.conftest import build
from tests.support.conftest import EVERYBODY, TODAY, Help

PAGE = "support/mentorship.py"


@pytest.fixture
def help_(screen_store: Engine) -> Help:
    return Help(screen_store, build(screen_store))


def opened(tab: str = "", unit: int | None = None, **query: object) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    for key, value in query.items():
        run.query_params[key] = str(value)
    if tab:
        run.session_state["mentorship_pair_tab" if "pair" in query else "mentorship_tab"] = tab
    if unit is not None:
        run.session_state["mentorship_unit"] = unit
    run = run.run()
    assert not run.exception, run.exception
    return run


def said(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "success", "error")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind)).replace("\\", "")


def press(run: AppTest, label: str) -> AppTest:
    run = next(one for one in run.button if one.label == label).click().run()
    assert not run.exception, run.exception
    return run


def field(run: AppTest, kind: str, label: str):
    return next(one for one in run.get(kind) if one.label == label)


def test_without_data_it_says_what_to_do(screen_store):
    assert "Организаций пока нет" in said(opened())


def test_a_foreign_address_is_refused_kindly(help_: Help):
    run = opened(pair=99)
    assert "не найдено" in said(run) and any(one.label == "К списку" for one in run.button)
    assert "Пар и групп пока нет" in said(opened(pair="мусор"))
    assert "Педагог: не найдено" in said(opened("Подбор", help_.region.units["школа 1"], mentee=99))


def test_the_door_for_a_teacher_leads_to_their_school(help_: Help):
    run = opened(mentee=help_.teacher("Сидорова"))
    assert run.session_state["mentorship_unit"] == help_.region.units["школа 2"]
    assert field(run, "selectbox", "Кому нужен наставник").value == help_.teacher("Сидорова")


@pytest.mark.parametrize("tab", ["Подбор", "База наставников", "База наставляемых", "Конкурсы", "Состояние системы"])
def test_every_tab_opens(help_: Help, tab: str):
    help_.started()
    run = opened(tab, help_.region.units["школа 1"])
    assert said(run)


def test_a_pair_is_made_from_a_candidate_and_started_when_papers_are_there(help_: Help):
    with writing(help_.engine, "методист") as session:
        session.add(Mentor(organisation_id=help_.region.units["школа 1"], teacher_id=help_.teacher("Иванова")))
    run = opened("Подбор", help_.region.units["школа 1"], mentee=help_.teacher("Смирнова"))
    assert "нет письменного согласия быть наставником" in said(run)
    run = press(run, "Создать пару")
    with reading(help_.engine) as session:
        (card,) = list_mentorships(session, EVERYBODY)
        assert card.row.state is MentorshipState.PREPARED
    run = opened("Пара и приказ", pair=card.id)
    field(run, "date_input", "Начало").set_value(date(2026, 9, 1))
    field(run, "text_input", "Приказ №").set_value("105")
    run = press(run, "Начать наставничество")
    assert "Нет письменного согласия наставника" in said(run)
    assert field(run, "text_input", "Приказ №").value == "105", "what was typed stays"
    field(run, "date_input", "Приказ от").set_value(date(2026, 8, 31))
    field(run, "date_input", "Согласие наставника от").set_value(date(2026, 8, 27))
    field(run, "date_input", "Согласие наставляемого от").set_value(date(2026, 8, 27))
    run = press(run, "Начать наставничество")
    assert "Наставничество начато" in said(run)
    with reading(help_.engine) as session:
        assert get_mentorship(session, EVERYBODY, card.id).row.state is MentorshipState.ACTIVE


def test_a_programme_is_written_from_goals_of_ones_own(help_: Help):
    pair = help_.started()
    run = opened("Программа", pair=pair)
    run = press(run, "Составить программу")
    assert "Не выбран ни один дефицит" in said(run)
    field(run, "text_area", "Своя цель (каждая с новой строки)").set_value("дроби\nпроценты")
    field(run, "text_input", "Срок для всех шагов").set_value("ноябрь 2026")
    run = press(run, "Составить программу")
    with reading(help_.engine) as session:
        programme = get_programme(session, EVERYBODY, pair)
        assert [goal.text for goal in programme.goals] == ["дроби", "проценты"] and len(programme.steps) == 4
    assert "План: выполнено 0 из 4" in said(run)
    press(run, "Достигнута")
    with reading(help_.engine) as session:
        assert get_programme(session, EVERYBODY, pair).goals[0].is_reached is True


def test_each_side_meets_its_own_buttons(help_: Help, monkeypatch: pytest.MonkeyPatch):
    pair = help_.started()
    with writing(help_.engine, "Иванова") as session:
        draft_programme(session, EVERYBODY, pair, [GoalDraft(help_.teacher("Смирнова"), "дроби")])
        write_meeting(session, help_.scope("руководитель шмо"), pair, MeetingEntry(date(2026, 10, 1), "Дроби"), TODAY)
    with signing_in(monkeypatch) as browser:
        browser.token = cookie_of(help_.engine, help_.region.accounts["учитель"])
        run = opened("Журнал встреч", pair=pair)
        assert "наставляемый ещё не подтвердил" in said(run)
        run = press(run, "Подтвердить")
        assert "✓ наставляемый" in said(run)
        assert not [one for one in run.button if one.label == "Подтвердить"]
        run = opened("Пара и приказ", pair=pair)
        assert not [one for one in run.button if one.label in ("Сохранить", "Завершить наставничество")]
        assert [one for one in run.button if one.label == "Прекратить"]
        browser.token = cookie_of(help_.engine, help_.region.accounts["наставник"])
        run = opened(pair=pair)
        assert "не найдено" in said(run)
        assert "Смирнова" not in said(run)


def test_a_head_is_offered_nothing_that_refuses(help_: Help, monkeypatch: pytest.MonkeyPatch):
    help_.started()
    with signing_in(monkeypatch) as browser:
        browser.token = cookie_of(help_.engine, help_.region.accounts["руководитель шмо"])
        run = opened()
        assert "1 пара или группа" in said(run).replace("\u00a0", " ")
        assert not run.tabs and not [one for one in run.selectbox if one.label == "Организация"]


def test_an_early_end_is_refused_without_notice_in_time(help_: Help):
    pair = help_.started()
    run = opened("Пара и приказ", pair=pair)
    field(run, "text_area", "Причина").set_value("переезд")
    field(run, "date_input", "Прекратить с").set_value(date.today())
    run = press(run, "Прекратить")
    assert "рабочих дня" in said(run) and field(run, "text_area", "Причина").value == "переезд"
