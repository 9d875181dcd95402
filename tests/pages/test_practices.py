"""The screen «Лучшие практики»: reading, offering, deciding, talking, clubs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.people.association_tables import Association, AssociationKind
from core.people.scope import Action, Scope
from core.practice.deciding import send_to_trial
from core.practice.events import EventPlan, close_event, plan_event
from core.practice.practices import PracticeDraft, create_practice
from core.practice.states import UseOutcome
from core.practice.tables import (
    ClubDecision,
    ClubEvent,
    EventKind,
    EventState,
    Practice,
    PracticeNote,
    PracticeState,
    PracticeUse,
)
from core.store.unit_of_work import reading, writing
from tests.pages.conftest import SHELL
from tests.pages.town import EVERYTHING, build_town

PAGE = "practice/practices.py"


@pytest.fixture
def town(screen_store):
    """Give a store with a work, a club, and an offered practice in the class of the planted weakness."""
    ids, _work = build_town(screen_store)
    with writing(screen_store, "тест") as session:
        club = Association(
            organisation_id=ids["town"], kind=AssociationKind.SUBJECT_CLUB, name="«Линейка»", subjects=["Математика"]
        )
        session.add(club)
        session.flush()
        ids["club"] = club.id or 0
        draft = PracticeDraft(
            ids["school1"], "Геометрия руками", "Математика", elements=("геометрия",), author="Иванова А. П.",
            problem="Чертёж не видят.", actions="Лепим.", repeat="Пластилин.", class_grade=6, class_letter="А",
            class_year=2026, grades=(5, 6),
        )
        ids["practice"] = create_practice(session, EVERYTHING, draft, offer=True).id or 0
    return screen_store, ids


def opened(**query: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    for key, value in query.items():
        run.query_params[key] = value
    run = run.run()
    assert not run.exception
    return run


def tab(run: AppTest, ids: dict[str, int], label: str, key: str = "") -> AppTest:
    """Open a tab of the practice, or that of the tabs with this key."""
    run.session_state[key or f"practices_tab_{ids['practice']}"] = label
    run = run.run()
    assert not run.exception
    return run


def press(run: AppTest, label: str) -> AppTest:
    run = next(button for button in run.button if button.label == label).click().run()
    assert not run.exception
    return run


def said(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "success", "error")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def stored(engine, table):
    with reading(engine) as session:
        return list(session.exec(select(table)))


def test_an_empty_library_says_what_to_do(screen_store):
    run = opened()
    assert "Практик пока нет" in said(run)
    assert "Предложить практику" in [button.label for button in run.button]
    run = opened(practices_view="Клубы и объединения")
    run.segmented_control(key="practices_view").set_value("Клубы и объединения").run()
    assert "Клубов и объединений пока нет" in said(run)


def test_the_list_tells_what_a_practice_answers_and_is_no_rating(town):
    run = opened()
    row = run.dataframe[0].value.iloc[0]
    assert (row["title"], row["keys"], row["grades"], row["state"]) == (
        "Геометрия руками", "геометрия", "5–6", "предложена",
    )
    assert "1\xa0практика: предложена – 1. Список не рейтинг." in said(run)


def test_a_link_from_a_problem_field_narrows_to_its_element(town):
    run = opened(practices_subject="Математика", practices_element="геометрия")
    assert run.multiselect(key="practices_element").value == ["геометрия"]
    assert len(run.dataframe[0].value) == 1
    run = opened(practices_subject="Математика", practices_element="уравнения")
    assert "Практик, отвечающих на «уравнения», пока нет" in said(run)


def test_a_problem_field_tells_how_many_practices_answer_it(town):
    engine, ids = town
    with writing(engine, "тест") as session:
        row = session.get_one(Practice, ids["practice"])
        row.state = PracticeState.RECOMMENDED
        session.add(row)
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page("analyse/problem_fields.py")
    run.query_params["fields_key"] = f"1|class:{ids['school1']}:А|element|геометрия"
    run.run()
    assert not run.exception
    links = [link.proto.label for link in run.get("page_link")]
    assert "Практики: 1" in links


def test_search_finds_by_words(town):
    run = opened()
    run.text_input(key="practices_text").set_value("пластилин").run()
    assert len(run.dataframe[0].value) == 1
    run.text_input(key="practices_text").set_value("гербарий").run()
    assert "Таких практик нет" in said(run)


def test_a_practice_is_read_whole(town):
    _, ids = town
    run = opened(practice=str(ids["practice"]))
    words = said(run)
    assert "Геометрия руками" in words and "Чертёж не видят" in words and "Иванова А" in words
    assert "6А, 2025/2026" in words


def test_a_practice_that_is_not_there_is_told_kindly(town):
    run = opened(practice="999")
    assert "не найдено или нет доступа" in said(run)
    run = next(button for button in run.button if button.label == "К списку").click().run()
    assert "не найдено" not in said(run)


def test_a_practice_is_offered_and_what_was_typed_survives_a_refusal(town):
    engine, ids = town
    run = opened(offer="new")
    fields = {"title": "Дроби", "problem": "Путают.", "actions": "Режем."}
    for name, text in fields.items():
        next(one for one in [*run.text_input, *run.text_area] if one.key.endswith(f"_0_{name}")).set_value(text)
    next(one for one in run.text_input if one.key.endswith("_author")).set_value("Белова С. И.")
    next(one for one in run.selectbox if one.key.endswith("_organisation_id")).set_value(ids["school1"])
    run = press(run, "Предложить")
    assert "не хватает описания: «Как повторить»" in said(run)
    kept = {one.key.rpartition("_")[2]: one.value for one in [*run.text_input, *run.text_area]}
    assert kept["title"] == "Дроби" and kept["actions"] == "Режем."
    next(one for one in run.text_area if one.key.endswith("_repeat")).set_value("Нарезать.")
    run = press(run, "Предложить")
    assert "Практика предложена" in said(run)
    assert [row.state for row in stored(engine, Practice)] == [PracticeState.OFFERED] * 2


def test_a_change_saves_only_what_was_changed(town):
    engine, ids = town
    run = opened(practice=str(ids["practice"]), offer=str(ids["practice"]))
    assert next(button for button in run.button if button.label == "Сохранить").disabled
    next(one for one in run.text_area if one.key.endswith("_result")).set_value("Видят чертёж.").run()
    with writing(engine, "Петрова") as session:
        row = session.get_one(Practice, ids["practice"])
        row.conditions = "Пластилин и доски."
        session.add(row)
    run = press(run, "Сохранить")
    (row,) = stored(engine, Practice)
    assert (row.result, row.conditions) == ("Видят чертёж.", "Пластилин и доски.")


def test_a_colleagues_change_of_the_same_text_is_shown_and_not_overwritten(town):
    engine, ids = town
    run = opened(practice=str(ids["practice"]), offer=str(ids["practice"]))
    next(one for one in run.text_area if one.key.endswith("_result")).set_value("Моё.").run()
    with writing(engine, "Петрова") as session:
        row = session.get_one(Practice, ids["practice"])
        row.result = "Её."
        session.add(row)
    run = press(run, "Сохранить")
    assert "Пока вы правили, изменилось: «Результат» – Петрова: «Её" in said(run)
    assert stored(engine, Practice)[0].result == "Её."
    assert next(one for one in run.text_area if one.key.endswith("_result")).value == "Моё."
    press(run, "Сохранить")
    assert stored(engine, Practice)[0].result == "Моё."


def on_trial(engine, ids: dict[str, int]) -> None:
    from core.practice.deciding import Trial

    with writing(engine, "тест") as session:
        version = session.get_one(Practice, ids["practice"]).version
        trial = Trial(ids["club"], "Методист", date(2026, 10, 1), date(2026, 12, 25))
        send_to_trial(session, EVERYTHING, ids["practice"], trial, version)


def test_a_decision_without_minutes_is_refused_and_with_them_kept(town):
    engine, ids = town
    on_trial(engine, ids)
    run = tab(opened(practice=str(ids["practice"])), ids, "Решения")
    assert "Предметный клуб" in said(run) or "предметный клуб «Линейка»" in said(run)
    run = press(run, "Записать решение")
    assert "Не указан номер протокола" in said(run)
    run.text_input(key=f"practices_{ids['practice']}_number_TRIED").set_value("7")
    run = press(run, "Записать решение")
    assert "Записано: практика апробирована" in said(run)
    assert stored(engine, Practice)[0].state is PracticeState.TRIED


def test_a_question_and_an_answer(town):
    engine, ids = town
    run = tab(opened(practice=str(ids["practice"])), ids, "Обсуждение")
    run = press(run, "Написать")
    assert "Запись пустая" in said(run)
    run.text_area(key=f"practices_{ids['practice']}_talk_text").set_value("Сколько **уроков**?")
    run = press(run, "Написать")
    (note,) = stored(engine, PracticeNote)
    assert note.text == "Сколько **уроков**?"
    assert "Сколько \\*\\*уроков\\*\\*?" in said(run)


def test_a_mark_of_use_leads_to_the_results(town):
    engine, ids = town
    on_trial(engine, ids)
    run = tab(opened(practice=str(ids["practice"])), ids, "Применение и результаты")
    assert "Результатов до и после пока нет" in said(run)
    key = f"practices_{ids['practice']}_use"
    run.selectbox(key=f"{key}_school").set_value(ids["school2"])
    run.selectbox(key=f"{key}_grade").set_value(6)
    run.text_input(key=f"{key}_letter").set_value("б")
    run.selectbox(key=f"{key}_outcome").set_value(UseOutcome.HELPED)
    run = press(run, "Отметить")
    (use,) = stored(engine, PracticeUse)
    assert (use.grade, use.letter, use.outcome) == (6, "Б", UseOutcome.HELPED)
    assert "1\xa0отметка: помогло – 1" in said(run)


def test_results_before_and_after_carry_the_caution(screen_store):
    from tests.practice.test_effect import prepared

    _ids, practice = prepared(screen_store)
    run = tab(opened(practice=str(practice)), {"practice": practice}, "Применение и результаты")
    assert "не доказывает причину" in said(run)
    row = run.dataframe[0].value.iloc[0]
    assert row["key"] == "геометрия" and "от +" in row["change"] and "здесь изменение больше" in row["beyond"]


def test_deleting_and_restoring(town):
    engine, ids = town
    run = press(opened(practice=str(ids["practice"])), "Удалить")
    assert "Практика удалена" in said(run)
    assert stored(engine, Practice)[0].deleted_at is not None


def test_a_club_with_its_plan_feedback_and_decisions(town):
    engine, ids = town
    with writing(engine, "тест") as session:
        plan = EventPlan(EventKind.WEBINAR, "Чертёж", date(2026, 11, 11), subject="Математика", elements=("геометрия",))
        event = plan_event(session, EVERYTHING, ids["club"], plan)
        close_event(session, EVERYTHING, event.id or 0, EventState.HELD, event.version, attended=12)
    run = opened(club=str(ids["club"]))
    assert "Предметный клуб «Линейка»" in said(run) and "12\xa0участников" in said(run)
    for mark in (5, 4, 5, 3, 4):
        run.segmented_control(key=f"practices_feedback_{event.id}_mark").set_value(mark)
        run = press(run, "Отправить")
    assert "Оценка 4,2 из 5 (95 % интервал" in said(run) and "n = 5" in said(run)
    run = tab(run, ids, "Решения", "practices_club_tab")
    run.text_area(key=f"practices_decision_new_{ids['club']}_text").set_value("Разослать листы.")
    run = press(run, "Записать решение")
    assert stored(engine, ClubDecision)[0].text == "Разослать листы."
    run = tab(run, ids, "Проблемные поля", "practices_club_tab")
    assert "геометрия" in said(run)


def test_a_meeting_is_planned_on_the_screen(town):
    engine, ids = town
    run = opened(club=str(ids["club"]))
    run = press(run, "Добавить в план")
    assert "должна быть тема" in said(run)
    next(one for one in run.text_input if one.key.endswith("_title")).set_value("Подобие фигур")
    run = press(run, "Добавить в план")
    assert [row.title for row in stored(engine, ClubEvent)] == ["Подобие фигур"]


def test_who_may_only_read_gets_no_buttons(town, monkeypatch):
    engine, ids = town
    on_trial(engine, ids)
    reader = Scope(
        7, "Наблюдатель", frozenset({ids["town"], ids["school1"]}), frozenset(), None, None,
        frozenset({_view()}),
    )
    for module in ("pages.widgets.session", "pages.practice.library.listing", "pages.practice.library.opened",
                   "pages.practice.library.talk", "pages.practice.library.use_marks", "pages.widgets.links"):
        monkeypatch.setattr(f"{module}.current_scope", lambda: reader)
    run = opened()
    assert "Предложить практику" not in [button.label for button in run.button]
    run = opened(practice=str(ids["practice"]))
    labels = {button.label for button in run.button}
    assert labels & {"Изменить", "Удалить", "Приложить", "Написать", "Отметить"} == set()


def _view():
    from core.people.scope import Action

    return Action.VIEW_PRACTICES


def test_the_form_of_a_practice_of_others_stays_shut(town, monkeypatch):
    engine, ids = town
    may_not = replace(Scope.local_administrator(), actions=frozenset({Action.VIEW_PRACTICES}))
    monkeypatch.setattr("pages.widgets.session.current_scope", lambda: may_not)
    with writing(engine, "Петрова") as session:
        session.get_one(Practice, ids["practice"]).state = PracticeState.TRIED
    run = opened(practice=str(ids["practice"]), offer=str(ids["practice"]))
    assert "меняет её автор" in said(run)
    assert not run.text_area
