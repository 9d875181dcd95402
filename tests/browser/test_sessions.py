"""Sessions in a real browser: where a sign-in leads, what ends a session, what a copied cookie is worth afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.people import passwords
from core.store.engine import default_engine
from core.store.upgrade import prepare_store
from tests.browser.conftest import Server, started
from tests.browser.steps import heading, open_path, wait_for_run
from tests.browser.test_sign_in import cookie_of, sign_in, sign_out
from tests.pages.signing import PASSWORD, add_person

PERSON = ("орлова", PASSWORD)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Give a running program with one account, the administrator's."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    monkeypatch.setattr(passwords, "COST", 4)
    engine = default_engine()
    prepare_store(engine)
    add_person(engine, PERSON[0])
    engine.dispose()
    with started(tmp_path, sign_in="on") as running:
        yield running


def come_in(server: Server, page: Page) -> None:
    """Sign in and wait for the first screen."""
    sign_in(server, page, *PERSON)
    expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible()
    wait_for_run(page)


def test_a_deep_link_is_kept_through_the_sign_in(server, page: Page):
    sign_in(server, page, *PERSON, path="/help")
    expect(heading(page)).to_have_text("Справка")
    assert page.url == f"{server.url}/help"


def test_signing_out_in_one_tab_ends_the_other_and_a_copied_cookie(server, page: Page, browser: Browser):
    come_in(server, page)
    second = page.context.new_page()
    open_path(second, server.url, "/help")
    expect(heading(second)).to_have_text("Справка")
    copied = cookie_of(page.context)
    thief = browser.new_context()
    thief.add_cookies([copied])
    stolen = thief.new_page()
    open_path(stolen, server.url, "/help")
    expect(heading(stolen)).to_have_text("Справка")

    sign_out(page)
    expect(heading(second)).to_have_text("Вход в систему")
    stolen.get_by_role("tab", name="Словарь").click()
    stolen.reload()
    expect(heading(stolen)).to_have_text("Вход в систему")
    thief.close()


def test_a_copied_cookie_is_worth_nothing_after_a_change_of_password(server, page: Page, browser: Browser):
    come_in(server, page)
    copied = cookie_of(page.context)
    open_path(page, server.url, "/account")
    page.get_by_role("tab", name="Пароль").click()
    new = "тёплый вечер над тихой рекой"
    page.get_by_role("textbox", name="Прежний пароль").fill(PERSON[1])
    page.get_by_role("textbox", name="Новый пароль", exact=True).fill(new)
    page.get_by_role("textbox", name="Новый пароль ещё раз").fill(new)
    with page.expect_response("**/session/start"):
        page.get_by_role("button", name="Сменить пароль").click()
    expect(heading(page)).to_have_text("Мой профиль")
    wait_for_run(page)
    assert cookie_of(page.context)["value"] != copied["value"]
    other = browser.new_context()
    other.add_cookies([copied])
    stolen = other.new_page()
    open_path(stolen, server.url, "/help")
    expect(heading(stolen)).to_have_text("Вход в систему")
    other.close()
