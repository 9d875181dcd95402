"""From a deficit to a matched pair with its programme, a journal confirmed by both sides, and the printed programme."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from core.people.role_names import Role
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing
from core.store.upgrade import prepare_store
from core.support.journal import is_confirmed, list_meetings
from core.support.mentorship_cards import list_mentorships
from core.support.mentorship_tables import Mentor
from tests.browser.conftest import Server, started
from tests.browser.steps import download, english_words, heading, open_path, picture, press, wait_for_run
from tests.diagnostics.stored_answers import MATHS, District, build_district
from tests.diagnostics.viewers import account_of
from tests.pages.signing import cookie_of
from tests.support.conftest import EVERYBODY

MENTOR, MENTEE = f"{MATHS} 1/4", f"{MATHS} 1/0"


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    """Give the store of the server to come: answers to a questionnaire, and a mentor in the register."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    district = build_district(engine)
    with writing(engine, "подготовка теста") as session:
        session.add(
            Mentor(
                organisation_id=district.units["школа 1"], teacher_id=district.teachers[MENTOR], capacity=2,
                consent_on=date.today() - timedelta(days=30),
            )
        )
    yield district
    engine.dispose()


@pytest.fixture
def server(district: District, tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path, sign_in="on") as running:
        yield running


def signed_in(browser: Browser, server: Server, district: District, account: int) -> Page:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True, locale="ru-RU")
    token = cookie_of(district.engine, account)
    context.add_cookies([{"name": "quality_session", "value": token, "url": server.url}])
    context.set_default_timeout(20_000)
    return context.new_page()


def write_date(page: Page, label: str, day: date) -> None:
    """Type a day into a date field, part by part as people do."""
    box = page.get_by_test_id("stDateInput").filter(has_text=label).first
    box.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{day:%d%m%Y}", delay=30)
    page.keyboard.press("Tab")
    wait_for_run(page)


def tab(page: Page, name: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    wait_for_run(page)


def test_from_a_deficit_to_the_printed_programme(
    browser: Browser, server: Server, district: District, tmp_path: Path
) -> None:
    director = signed_in(browser, server, district, account_of(district, Role.DIRECTOR, "школа 1"))
    mentor = signed_in(browser, server, district, account_of(district, Role.MENTOR, "школа 1", MENTOR))
    mentee = signed_in(browser, server, district, account_of(district, Role.TEACHER, "школа 1", MENTEE))

    open_path(director, server.url, f"/mentorship?mentee={district.teachers[MENTEE]}")
    expect(heading(director)).to_have_text("Наставничество")
    expect(director.get_by_text("может помочь в том, что трудно")).not_to_have_count(0)
    picture(director, "mentorship-matching")
    assert english_words(director) == []
    director.get_by_role("button", name="Создать пару").first.click()
    wait_for_run(director)
    director.get_by_test_id("stPopoverBody").get_by_role("button", name="Создать пару").dblclick()
    expect(director.get_by_text("Пара создана")).to_be_visible()
    wait_for_run(director)
    with reading(district.engine) as session:
        (card,) = list_mentorships(session, EVERYBODY)
    press(director, "Составить программу")
    expect(director.get_by_text("Программа составлена")).to_be_visible()
    tab(director, "Пара и приказ")
    today = date.today()
    write_date(director, "Согласие наставника от", today - timedelta(days=2))
    write_date(director, "Согласие наставляемого от", today - timedelta(days=2))
    write_date(director, "Приказ от", today - timedelta(days=1))
    director.get_by_label("Приказ №").fill("105")
    director.get_by_label("Приказ №").press("Tab")
    wait_for_run(director)
    picture(director, "mentorship-order")
    press(director, "Начать наставничество")
    expect(director.get_by_text("Наставничество начато")).to_be_visible()

    for side in (mentor, mentee):
        open_path(side, server.url, f"/mentorship?pair={card.id}")
        tab(side, "Анкеты")
        fill_in_questionnaire(side, "до начала")
    for number in range(1, 4):
        write_meeting(mentor, card.id, server, f"Встреча {number}")
    open_path(mentee, server.url, f"/mentorship?pair={card.id}")
    tab(mentee, "Журнал встреч")
    picture(mentee, "mentorship-journal")
    for left in (3, 2, 1):
        expect(mentee.get_by_role("button", name="Подтвердить")).to_have_count(left)
        press(mentee, "Подтвердить")
        expect(mentee.get_by_role("button", name="Подтвердить")).to_have_count(left - 1)
    with reading(district.engine) as session:
        assert [is_confirmed(one) for one in list_meetings(session, EVERYBODY, card.id)] == [True] * 3
    for side in (mentor, mentee):
        tab(side, "Анкеты")
        fill_in_questionnaire(side, "по завершении")

    open_path(director, server.url, f"/mentorship?pair={card.id}")
    tab(director, "Анкеты")
    expect(director.get_by_test_id("stDataFrame").first).to_be_visible()
    picture(director, "mentorship-change")
    printed = download(director, "Программа (DOCX)", tmp_path)
    text = "\n".join(cell.text for table in Document(str(printed)).tables for row in table.rows for cell in row.cells)
    for words in ("Встреча 3", "наставник, наставляемый", "0\u00a0%", "5,0"):
        assert words in text, words


def write_meeting(page: Page, pair: int, server: Server, topic: str) -> None:
    open_path(page, server.url, f"/mentorship?pair={pair}")
    tab(page, "Журнал встреч")
    page.get_by_role("button", name="Записать встречу").click()
    wait_for_run(page)
    page.get_by_label("Тема").fill(topic)
    page.get_by_label("Тема").press("Tab")
    wait_for_run(page)
    page.get_by_role("button", name="Записать", exact=True).dblclick()
    expect(page.get_by_text("Встреча записана")).to_be_visible()
    wait_for_run(page)


def fill_in_questionnaire(page: Page, moment: str) -> None:
    page.get_by_role("button", name=f"Анкета «{moment}»").click()
    wait_for_run(page)
    page.get_by_role("button", name="Сохранить анкету").click()
    expect(page.get_by_text(f"Анкета «{moment}» сохранена")).to_be_visible()
    wait_for_run(page)
