"""The screen «Рекомендации»: writing, answering, drafts together, texts, the chain."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core.planning.recommendations.answering import Answer
from core.planning.recommendations.listing import list_recommendations
from core.planning.recommendations.writing import withdraw_recommendation
from core.planning.tables import AddresseeKind, RecommendationState
from core.store.unit_of_work import reading, writing
from core.workbooks.writing import write_workbook
from pages.plan.recommendation_parts.listing import recommendations_sheet
from tests.pages.conftest import SHELL
from tests.pages.signing import cookie_of, signing_in
from tests.planning.recommendations.conftest import EVERYBODY, Town, build_school

PAGE = "plan/recommendations.py"


@pytest.fixture
def town(screen_store: Engine) -> Town:
    return build_school(screen_store)


def opened(**query: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=30).run()
    run.switch_page(PAGE)
    for key, value in query.items():
        run.query_params[key] = value
    return run.run()


def said(run: AppTest) -> str:
    kinds = ("markdown", "caption", "subheader", "info", "warning", "success", "error")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind))


def stored(town: Town):
    with reading(town.engine) as session:
        return list_recommendations(session, EVERYBODY)


def button(run: AppTest, label: str):
    return next(one for one in run.button if label in one.label)


def test_without_data_it_says_what_to_do(screen_store):
    run = opened()
    assert not run.exception
    assert "Рекомендаций пока нет" in said(run)


def test_what_does_not_exist_is_refused_kindly(town: Town):
    for query in ({"recommendation": "99"}, {"recommendation_field": "99|x|element|y"}, {"chain": "мусор"},
                  {"chain_measure": "7"}, {"recommendation_field": "1-2027-входная|subject:Физика:|item:1"}):
        run = opened(**query)
        assert not run.exception, query
        assert "не найдено или нет доступа" in said(run), query
        assert any("К списку" in one.label for one in run.button)


def test_a_field_becomes_a_sent_recommendation_in_one_press(town: Town):
    run = opened(recommendation_field=town.key)
    assert run.selectbox[0].value.startswith("объединение:")
    assert "25,0" in said(run) or "порог" in said(run)
    button(run, "Отправить").click().run()
    assert not run.exception
    assert "Рекомендация отправлена" in said(run)
    (sent,) = stored(town)
    assert sent.row.state is RecommendationState.SENT and sent.addressee.name == "ШМО математиков"
    assert "осталось 10" in said(run)


def test_a_refused_form_keeps_what_was_typed(town: Town):
    run = opened(recommendation_field=town.key)
    term = next(one for one in run.text_input if one.label == "Срок")
    term.set_value("до 1 января 2020 г.")
    run.text_area[0].set_value("Мой текст")
    button(run, "Отправить").click().run()
    assert "уже прошёл" in said(run) and stored(town) == []
    assert run.text_area[0].value == "Мой текст"
    next(one for one in run.text_input if one.label == "Срок").set_value("до 20 мая 2030 г.")
    button(run, "Отправить").click().run()
    assert [one.row.text for one in stored(town)] == ["Мой текст"]


def test_each_addressee_has_a_text_of_its_own(town: Town):
    run = opened(recommendation_field=town.key)
    first = run.text_area[0].value
    parents = next(one for one in run.selectbox[0].options if one.startswith("родители"))
    run.selectbox[0].select(parents).run()
    assert run.text_area[0].value.startswith("Уважаемые родители!") and run.text_area[0].value != first


def test_the_addressee_answers_and_tells_what_was_done(town: Town):
    written = town.write()
    run = opened(recommendation=str(written))
    button(run, "Получено").click().run()
    assert "● получена" in said(run)
    button(run, "Принято").click().run()
    assert "✓ принята" in said(run) and "Пока ничего не приложено" in said(run)
    run.text_area[0].set_value("Провели занятие")
    button(run, "Исполнено").click().run()
    assert "Исполнено" in said(run) and stored(town)[0].row.state is RecommendationState.DONE


def test_a_refusal_without_a_reason_is_not_taken(town: Town):
    run = opened(recommendation=str(town.write()))
    button(run, "Ответить").click().run()
    assert "Не сказано, почему" in said(run)
    assert stored(town)[0].row.state is RecommendationState.SENT


def test_an_answer_to_what_was_withdrawn_meanwhile_is_told(town: Town):
    written = town.write()
    run = opened(recommendation=str(written))
    with writing(town.engine, "Методист") as session:
        withdraw_recommendation(session, EVERYBODY, written, 2, "Ошибка")
    button(run, "Принято").click().run()
    assert not run.exception
    assert "тем временем изменилась" in said(run) and "– снята" in said(run)


def test_the_list_stands_by_urgency_and_goes_into_a_workbook(town: Town):
    answered, _fresh = town.write(), town.write(AddresseeKind.PARENTS)
    town.answer(answered, Answer.NOT_APPLICABLE, "Тему изучат в марте")
    run = opened()
    table = run.dataframe[0].value
    assert [text.split()[-1] for text in table["state"]] == ["отправлена", "применима"]
    assert table["clock"].iloc[0].startswith("ответить: осталось")
    content = write_workbook([recommendations_sheet(stored(town))])
    assert content[:2] == b"PK"


def test_drafts_of_a_subject_are_made_and_sent_together(town: Town):
    run = opened()
    run.session_state["recommendations_tab"] = "Черновики (0)"
    run.run()
    button(run, "Подготовить черновики по").click().run()
    assert not run.exception
    made = len(stored(town))
    assert made and f"Готово: {made}" in said(run)
    run.session_state["recommendations_tab"] = f"Черновики ({made})"
    run.run()
    button(run, "Отправить вместе").click().run()
    assert {one.row.state for one in stored(town)} == {RecommendationState.SENT}


def test_texts_are_taken_over_to_be_changed(town: Town):
    run = opened()
    run.session_state["recommendations_tab"] = "Тексты рекомендаций"
    run.run()
    button(run, "Взять тексты из поставки").click().run()
    assert not run.exception
    assert "Добавлено:" in said(run)


def test_the_chain_names_the_next_step(town: Town):
    run = opened(chain=town.key)
    assert not run.exception
    text = said(run)
    assert [text.index(name) for name in ("1. Проблемное поле", "3. Рекомендация", "6. Изменение")] == sorted(
        text.index(name) for name in ("1. Проблемное поле", "3. Рекомендация", "6. Изменение")
    )
    assert "Рекомендации ещё нет" in text


def test_a_teacher_sees_what_is_addressed_to_them_alone(town: Town, monkeypatch):
    own, _other = town.write(AddresseeKind.TEACHER), town.write()
    with signing_in(monkeypatch) as browser:
        browser.token = cookie_of(town.engine, town.region.accounts["учитель"])
        run = browser.open(PAGE)
    assert not run.exception
    assert [tab.label for tab in run.tabs] == ["Все (1)", "Ждут меня (1)"]
    look = partial(town.view, own, town.scope("учитель"))
    assert look().may_answer and not look().may_write
