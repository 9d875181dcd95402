"""From a teacher's difficulty to a course with its document, in a real browser."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.people.role_names import Role
from core.store.engine import default_engine
from core.store.unit_of_work import reading
from core.store.upgrade import prepare_store
from core.support.course_tables import EnrolmentState
from core.support.courses import list_enrolments
from tests.browser.conftest import Server, started
from tests.browser.steps import english_words, heading, open_path, picture, press, wait_for_run
from tests.diagnostics.stored_answers import MATHS, District, build_district
from tests.diagnostics.viewers import account_of
from tests.pages.signing import cookie_of
from tests.people.conftest import Region
from tests.support.conftest import EVERYBODY, Help
from tests.support.test_development import course


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    """Give the store of the server to come, with a course in the catalogue."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    found = build_district(engine)
    course(Help(engine, Region(engine, found.units)))
    yield found
    engine.dispose()


@pytest.fixture
def server(district: District, tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path, sign_in="on") as running:
        yield running


def signed_in(browser: Browser, server: Server, district: District, account: int, width: int = 1366) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 844 if width < 500 else 768})
    context.add_cookies([{"name": "quality_session", "value": cookie_of(district.engine, account), "url": server.url}])
    context.set_default_timeout(20_000)
    return context.new_page()


def fill_date(page: Page, label: str, when: date) -> None:
    """Type a date into the field of the open form, part by part as people do."""
    form = page.get_by_test_id("stPopoverBody")
    form.get_by_label(label, exact=True).first.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{when:%d%m%Y}")
    page.keyboard.press("Tab")
    wait_for_run(page)


def test_from_a_difficulty_to_a_document(browser: Browser, server: Server, district: District) -> None:
    teacher = account_of(district, Role.TEACHER, "школа 1", f"{MATHS} 1/0")
    director = account_of(district, Role.DIRECTOR, "школа 1")
    today = date.today()

    page = signed_in(browser, server, district, teacher)
    open_path(page, server.url, "/development")
    expect(heading(page)).to_have_text("Повышение квалификации")
    expect(page.get_by_text("Компетенция 1").first).to_be_visible()
    expect(page.get_by_text("Результаты ВПР не используются").first).to_be_visible()
    wait_for_run(page)
    picture(page, "development-own")
    assert english_words(page) == []
    press(page, "Заявка на курсы")
    fill_date(page, "Начало", today - timedelta(days=20))
    fill_date(page, "Окончание", today - timedelta(days=2))
    picture(page, "development-request")
    page.get_by_role("button", name="Подать заявку").dblclick()
    expect(page.get_by_text("Заявка подана")).to_be_visible()
    wait_for_run(page)
    with reading(district.engine) as session:
        (card,) = list_enrolments(session, EVERYBODY)
    assert card.row.competence_id == district.competences[0], "a double click asks once, the difficulty is kept"

    page = signed_in(browser, server, district, director)
    open_path(page, server.url, f"/development?enrolment={card.row.id}")
    expect(page.get_by_text("дефицит: Компетенция 1")).to_be_visible()
    press(page, "Согласовать")
    expect(page.get_by_text("Заявка согласована")).to_be_visible()
    picture(page, "development-approved")
    assert english_words(page) == []

    page = signed_in(browser, server, district, teacher, width=390)
    open_path(page, server.url, f"/development?enrolment={card.row.id}")
    press(page, "Вписать документ")
    page.get_by_label("Документ №").fill("УПК-2026-17")
    page.get_by_label("Документ №").press("Tab")
    wait_for_run(page)
    fill_date(page, "От", today)
    page.get_by_label("Документ №").click()
    wait_for_run(page)
    picture(page, "development-document")
    press(page, "Завершить курсы")
    expect(page.get_by_text("Документ записан")).to_be_visible()
    expect(page.get_by_text("УПК-2026-17")).to_be_visible()
    wait_for_run(page)
    assert english_words(page) == []
    picture(page, "development-finished")
    with reading(district.engine) as session:
        (card,) = list_enrolments(session, EVERYBODY)
    assert (card.row.state, card.row.document_on) == (EnrolmentState.FINISHED, today)
