"""From the first start to everybody's own menu, in a real browser."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from core.people.role_names import Role
from pages.manage.helping.access import role_opens
from pages.widgets.screens import SCREENS
from tests.browser.conftest import ROOT, Server, started
from tests.browser.steps import english_words, heading, open_path, picture, wait_for_run

ADMINISTRATOR = ("орлова", "синий трактор едет в поле")
COOKIE = "quality_session"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path, sign_in="on") as running:
        yield running


def command(server: Server, *arguments: str) -> str:
    """Run the command line on the server's store and return what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "QUALITY_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "core", *arguments],
        cwd=ROOT, env={**environment, "QUALITY_STORE": str(server.store)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def add_user(server: Server, login: str, *options: str) -> str:
    """Create an account; return the password that was given."""
    return json.loads(command(server, "user", "add", login, *options, "--json"))["password"]


def set_up(server: Server, page: Page) -> None:
    """Follow the printed link, create the administrator and fill the store with the demo municipality."""
    path = re.search(r"http://localhost:\d+(/setup\?key=\S+)", server.log.read_text())
    assert path is not None, server.log.read_text()
    open_path(page, server.url, path[1])
    expect(heading(page)).to_have_text("Первый запуск")
    page.get_by_role("textbox", name="Логин").fill(ADMINISTRATOR[0])
    page.get_by_label("Фамилия и инициалы").fill("Орлова А. И.")
    page.get_by_role("textbox", name="Пароль, не короче").fill(ADMINISTRATOR[1])
    page.get_by_role("textbox", name="Пароль ещё раз").fill(ADMINISTRATOR[1])
    page.get_by_text("с учебным муниципалитетом").click()
    page.get_by_role("button", name="Создать администратора").click()
    # The demo municipality takes its seconds, more of them on a busy computer.
    expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible(timeout=60_000)
    wait_for_run(page)


def sign_in(server: Server, page: Page, login: str, password: str, path: str = "/") -> None:
    open_path(page, server.url, path)
    expect(heading(page)).to_have_text("Вход в систему")
    page.get_by_role("textbox", name="Логин").fill(login)
    page.get_by_role("textbox", name="Пароль").fill(password)
    page.get_by_role("button", name="Войти").click()


def sign_in_anew(server: Server, page: Page, login: str, given: str) -> str:
    """Sign in with a given password and change it; return the new one."""
    sign_in(server, page, login, given)
    expect(heading(page)).to_have_text("Придумайте свой пароль")
    wait_for_run(page)
    new = "тёплый вечер над тихой рекой"
    page.get_by_role("textbox", name="Прежний пароль").fill(given)
    page.get_by_role("textbox", name="Новый пароль", exact=True).fill(new)
    page.get_by_role("textbox", name="Новый пароль ещё раз").fill(new)
    # The change ends the session and a new one begins: until its cookie has come, every address is the gate.
    with page.expect_response("**/session/start"):
        page.get_by_role("button", name="Сменить пароль").click()
    expect(heading(page)).not_to_have_text("Придумайте свой пароль")
    expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible()
    wait_for_run(page)
    return new


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Выйти").click()
    expect(heading(page)).to_have_text("Вход в систему")
    wait_for_run(page)


def menu(page: Page) -> list[str]:
    """Return the titles in the menu, without the names of their icons."""
    return [text.split("\n")[-1] for text in page.get_by_test_id("stSidebarNavLink").all_inner_texts()]


def cut_titles(page: Page) -> list[str]:
    """Return the titles in the menu that do not fit into their place."""
    return page.get_by_test_id("stSidebarNavLink").evaluate_all(
        """links => links
            .filter(link => [...link.querySelectorAll("[label], p")].some(one => one.scrollWidth > one.clientWidth))
            .map(link => link.innerText)"""
    )


def cookie_of(context: BrowserContext) -> dict:
    return next(cookie for cookie in context.cookies() if cookie["name"] == COOKIE)


def test_from_the_first_start_to_everybodys_menu(server, page: Page, page_requests):
    open_path(page, server.url, "/help")
    expect(heading(page)).to_have_text("Первый запуск")
    set_up(server, page)
    picture(page, "first-start-done")
    assert menu(page) == [screen.title for screen in SCREENS]
    assert cut_titles(page) == []
    expect(page.get_by_role("button", name="Выйти")).to_be_in_viewport(ratio=1)
    cookie = cookie_of(page.context)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert COOKIE not in page.evaluate("document.cookie")
    sign_out(page)
    picture(page, "sign-in")
    assert english_words(page) == []
    assert all(other["name"] != COOKIE for other in page.context.cookies())

    people = {
        "директор": (Role.DIRECTOR, "director", "edu990101"),
        "методист": (Role.MUNICIPAL_METHODIST, "municipal-methodist", "reg99_m001"),
        "наблюдатель": (Role.OBSERVER, "observer", "reg99_m001"),
    }
    for login, (role, word, place) in people.items():
        given = add_user(server, login, "--role", word, "--organisation", place)
        sign_in_anew(server, page, login, given)
        assert menu(page) == [screen.title for screen in SCREENS if role_opens(role, screen)], login
        assert english_words(page) == []
        sign_out(page)
    assert {re.sub(r"(://[^/]+).*", r"\1", url) for url in page_requests if not url.startswith(("data:", "blob:"))} <= {
        server.url,
        server.url.replace("http", "ws"),
    }
    assert "Traceback" not in server.log.read_text()
