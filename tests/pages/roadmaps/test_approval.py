"""«Дорожные карты»: remarks, approval, a new edition, who only looks."""

from datetime import date

from core.people.scope import Action, Scope
from core.planning.approval import Agreement, Order, agree_by_council, approve
from core.planning.roadmaps import get_roadmap
from core.planning.tables import Roadmap, RoadmapState
from core.store.unit_of_work import reading, writing
from pages.widgets import session as screens
from tests.pages.roadmaps.conftest import click, opened, rows_of, said, save, typed
from tests.pages.town import EVERYTHING


def test_the_way_to_approval_a_new_edition_and_its_differences(school, screen_store):
    run = opened("Согласование", roadmap=school)
    assert "Пункт 2.2: срок «как получится» не понят" in said(run).replace("\\", "")
    name = f"roadmaps_step_{school}_AGREED_BY_COUNCIL"
    run = click(run, f"{name}_take")
    assert "Не указан номер протокола" in run.error[0].value
    run.text_input(key=f"{name}_number").set_value("4").run()
    run = click(run, f"{name}_take")
    name = f"roadmaps_step_{school}_APPROVED"
    run.text_input(key=f"{name}_number").set_value("17-о").run()
    run.text_input(key=f"{name}_person").set_value("Н. А. Огнева").run()
    run = click(run, f"{name}_take")
    assert "Дорожная карта утверждена: редакция 1" in said(run)
    later = {"deadline_text": "до 1 ноября 2025 г."}
    run = save(typed(opened("Таблица", roadmap=school), school, {"0": later}), school)
    run = opened("Согласование", roadmap=school)
    differences = next(frame.value for frame in run.dataframe if "what" in frame.value)
    assert differences[["what", "label", "old", "new"]].values.tolist() == [
        ["✎ изменено", "Срок", "до 1 октября 2025 г.", "до 1 ноября 2025 г."]
    ]
    with reading(screen_store) as session:
        assert get_roadmap(session, EVERYTHING, school).state is RoadmapState.DRAFT


def test_of_two_approvals_at_once_the_second_is_told_and_keeps_its_paper(school, screen_store):
    with writing(screen_store, "тест") as session:
        agree_by_council(session, EVERYTHING, school, Agreement("Совет", "4", date(2025, 9, 1)), 1)
        seen = get_roadmap(session, EVERYTHING, school).version
    run = opened("Согласование", roadmap=school)
    name = f"roadmaps_step_{school}_APPROVED"
    run.text_input(key=f"{name}_number").set_value("18-о").run()
    button = run.button(key=f"{name}_take")
    with writing(screen_store, "Директор") as session:
        approve(session, EVERYTHING, school, Order("17-о", date(2025, 9, 2)), seen)
    run = button.click().run()
    assert not run.exception
    assert "уже поработал другой человек: утверждено приказом (приказ № 17-о)" in run.error[0].value
    with reading(screen_store) as session:
        assert get_roadmap(session, EVERYTHING, school).approved_edition == 1


def test_return_with_remarks_and_their_settling(school, screen_store):
    run = opened("Согласование", roadmap=school)
    run.session_state[f"roadmaps_return_{school}_box"] = True
    run.run()
    run = click(run, f"roadmaps_return_{school}_take")
    assert "Замечаний нет" in run.error[0].value
    run.text_area(key=f"roadmaps_return_{school}_whole").set_value("Мало мероприятий").run()
    run = click(run, f"roadmaps_return_{school}_take")
    assert "Замечания (1)" in said(run)
    with reading(screen_store) as session:
        assert session.get_one(Roadmap, school).state is RoadmapState.RETURNED
    run = click(run, next(one.key for one in run.button if one.label == "Снять"))
    assert "Открытых замечаний нет" in said(run)


def test_who_only_looks_gets_no_buttons(school, screen_store, monkeypatch):
    observer = Scope(None, "Наблюдатель", None, None, None, None, frozenset({Action.VIEW, Action.VIEW_ROADMAPS}))
    monkeypatch.setattr(screens, "current_scope", lambda: observer)
    forbidden = ("Сохранить", "Удалить", "Согласовать", "Вернуть")
    for tab in ("Ход", "Таблица", "График", "Согласование", "Журнал"):
        run = opened(tab, roadmap=school)
        assert not run.data_editor
        assert not [one for one in run.button if one.label.startswith(forbidden)]
        assert "Дальше" not in said(run) and "отметить ход" not in said(run), "nothing is asked of who cannot do it"
    run = opened(measure=rows_of(screen_store, school)["1"].id)
    assert not [one for one in run.button if one.label in ("Сохранить ход", "Приложить", "Переместить")]
    assert not opened().get("expander")
