"""The screen «Муниципалитет» as people use it."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from core.cycle.cycles import open_cycle
from core.people.academic_year import year_on
from core.people.organisations import create_organisation, load_tree
from core.people.scope import Scope
from core.people.tables import OrganisationKind
from core.store.unit_of_work import reading, writing
from pages.glance.municipality_parts.passports import NO_RANKING
from tests.pages.conftest import SHELL
from tests.pages.test_cycle import links, texts
from tests.pages.town import build_town

PAGE = "glance/municipality.py"
ALL = Scope.local_administrator()


def opened(**state: str) -> AppTest:
    run = AppTest.from_file(str(SHELL), default_timeout=60).run()
    for key, value in state.items():
        run.session_state[f"municipality_{key}"] = value
    return run.switch_page(PAGE).run()


def test_an_empty_store_and_a_single_school_say_where_to_go(open_screen, screen_store):
    run = open_screen(PAGE)
    assert (run.subheader[0].value, links(run)[-1]) == ("Организаций пока нет", "Загрузить результаты")
    with writing(screen_store, "тест") as session:
        create_organisation(session, ALL, code="Ш1", name="Школа № 1", kind=OrganisationKind.SCHOOL)
    run = open_screen(PAGE)
    assert (run.subheader[0].value, links(run)[-1]) == ("Здесь одна школа", "Управленческий цикл")
    with writing(screen_store, "тест") as session:
        town = create_organisation(session, ALL, code="М1", name="Район", kind=OrganisationKind.MUNICIPALITY)
        open_cycle(session, ALL, town.id or 0, "nikolsky", year_on(date.today()))
    run = open_screen(PAGE)
    assert (run.subheader[0].value, links(run)[-1]) == ("Школ в муниципалитете пока нет", "К циклу организации")


def test_schools_stand_with_their_own_models_and_why_they_are_not_ranked(screen_store):
    build_town(screen_store)
    with reading(screen_store) as session:
        school = load_tree(session, ALL).schools()[0]
    with writing(screen_store, "тест") as session:
        open_cycle(session, ALL, school.id or 0, "sasovo-106", year_on(date.today()))
    run = opened()
    assert not run.exception
    assert NO_RANKING in texts(run)
    assert "цикл года открыт у 1" in texts(run)
    chosen = next(one for one in run.selectbox if school.name in one.options)
    run = chosen.select(school.name).run()
    assert not run.exception
    assert any("№ 106" in one.value or "Сасов" in one.value for one in run.markdown if school.name in one.value)
    assert "К циклу организации" in links(run)
    for tab in ("Системные поля", "Дефициты и показатели"):
        assert not opened(tab=tab).exception
