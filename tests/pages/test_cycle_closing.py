"""«Закрытие» and «Свои модели» of the screen «Управленческий цикл» as people use them."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.cycle.closing import closing_state, cycle_chain
from core.cycle.cycles import open_cycle
from core.cycle.own_models import list_own_models, models_for
from core.people.scope import Scope
from core.store.unit_of_work import reading, writing
from tests.pages.conftest import SHELL
from tests.pages.town import build_town

PAGE = "glance/cycle.py"
ALL = Scope.local_administrator()


@pytest.fixture
def town(screen_store):
    ids, _work = build_town(screen_store)
    return screen_store, min(ids.values())


def opened(**state: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=60).run()
    for key, value in state.items():
        run.session_state[f"cycle_{key}"] = value
    return run.switch_page(PAGE).run()


def texts(run: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "success", "error")
    return "\n".join(str(one.value) for kind in kinds for one in run.get(kind)).replace("\\", "")


def button(run: AppTest, label: str):
    return next(one for one in run.button if one.label == label)


def shown_unit(run: AppTest) -> int:
    return run.selectbox(key="cycle_unit").value


def test_a_cycle_is_closed_and_the_next_one_is_behind_the_door(town):
    engine, _first = town
    run = opened(tab="Закрытие")
    assert not run.exception
    assert "закрывать нечего" in texts(run)
    unit = shown_unit(run)
    with writing(engine, "тест") as session:
        cycle = open_cycle(session, ALL, unit, "zelenchuk", 2026)
    run = opened(tab="Закрытие", year="2025/2026")
    assert not run.exception
    assert button(run, "Закрыть цикл").disabled
    assert run.text_area[0].value.startswith("Итог года")
    run.checkbox(key=f"cycle_closing_acknowledged_{cycle.id}").check().run()
    button(run, "Закрыть цикл").click().run()
    assert not run.exception
    said = texts(run)
    assert "Цикл 2025/2026 закрыт, цикл 2026/2027 открыт." in said
    assert "Заключение по управленческому циклу 2025/2026 учебного года" in said
    assert "● **2025/2026**" in said and "○ **2026/2027**" in said
    with reading(engine) as session:
        assert [one.is_open for one in cycle_chain(session, ALL, unit)] == [False, True]
        assert closing_state(session, ALL, cycle.id or 0).next_id is not None
    button(run, "Перейти в цикл 2026/2027").click().run()
    assert not run.exception
    assert run.selectbox(key="cycle_year").value == "2026/2027"


def test_a_note_changed_by_people_is_kept(town):
    engine, _first = town
    unit = shown_unit(opened())
    with writing(engine, "тест") as session:
        cycle = open_cycle(session, ALL, unit, "zelenchuk", 2026)
    run = opened(tab="Закрытие", year="2025/2026")
    run.text_area[0].set_value("Итог года\nГод был трудным.").run()
    button(run, "Сохранить заключение").click().run()
    assert not run.exception
    assert run.text_area[0].value == "Итог года\nГод был трудным."
    with reading(engine) as session:
        assert closing_state(session, ALL, cycle.id or 0).is_own_note


def test_a_model_is_copied_put_in_force_and_offered(town):
    engine, _first = town
    run = opened(tab="Модель", models="Свои модели")
    assert not run.exception
    assert "Своих моделей пока нет" in texts(run)
    unit = shown_unit(run)
    run.text_input(key="cycle_own_copy_name").set_value("Наша модель").run()
    button(run, "Создать").click().run()
    assert not run.exception
    said = texts(run)
    assert "Модель «Наша модель» создана" in said and "редакция 1 готова" in said
    for part in ("Этап подробно", "Название и назначение", "Списки модели", "Таблицы"):
        run.session_state["cycle_own_part"] = part
        run.run()
        assert not run.exception
    button(run, "Ввести в действие").click().run()
    assert "Действует редакция 1" in texts(run)
    with reading(engine) as session:
        assert [one.edition for one in list_own_models(session, ALL, unit)] == [1]
        assert models_for(session, ALL, unit)[0].file.short == "Наша модель"
    run = opened(tab="Сравнение", other="nikolsky")
    assert not run.exception
