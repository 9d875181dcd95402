"""From the first start to everybody's own menu, in a real browser; sessions that end; two people in one grid."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

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


def set_up(server: Server, page: Page, demo: bool = True) -> None:
    """Follow the printed link and create the administrator."""
    path = re.search(r"http://localhost:\d+(/setup\?key=\S+)", server.log.read_text())
    assert path is not None, server.log.read_text()
    open_path(page, server.url, path[1])
    expect(heading(page)).to_have_text("Первый запуск")
    page.get_by_role("textbox", name="Логин").fill(ADMINISTRATOR[0])
    page.get_by_label("Фамилия и инициалы").fill("Орлова А. И.")
    page.get_by_role("textbox", name="Пароль, не короче").fill(ADMINISTRATOR[1])
    page.get_by_role("textbox", name="Пароль ещё раз").fill(ADMINISTRATOR[1])
    page.get_by_text("с учебным муниципалитетом" if demo else "с пустой системой").click()
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


def test_a_deep_link_is_kept_through_the_sign_in(server, page: Page):
    set_up(server, page, demo=False)
    sign_out(page)
    sign_in(server, page, *ADMINISTRATOR, path="/help")
    expect(heading(page)).to_have_text("Справка")
    assert page.url == f"{server.url}/help"


def test_signing_out_in_one_tab_ends_the_other_and_a_copied_cookie(server, page: Page, browser: Browser):
    set_up(server, page, demo=False)
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
    set_up(server, page, demo=False)
    copied = cookie_of(page.context)
    open_path(page, server.url, "/account")
    page.get_by_role("tab", name="Пароль").click()
    new = "тёплый вечер над тихой рекой"
    page.get_by_role("textbox", name="Прежний пароль").fill(ADMINISTRATOR[1])
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


NAME, SUBJECTS = 60, 520
"""How far from the left of the grid the columns stand."""


def edit(page: Page, column: int, text: str) -> None:
    """Type a new value into a cell of the grid's first row."""
    # The grid is drawn on a canvas under the element that scrolls it: the cell is met by its place alone.
    box = page.get_by_test_id("data-grid-canvas").first.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + column, box["y"] + 52)
    field = page.locator("#portal textarea, #portal input").first
    field.fill(text)
    field.press("Enter")
    expect(page.get_by_role("button", name="Сохранить (1)")).to_be_enabled()
    wait_for_run(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Сохранить (1)").click()
    expect(page.get_by_text("Сохранено: 1 строка")).to_be_visible()
    expect(page.get_by_text("Сохранено: 1 строка")).to_have_count(0)


def open_teachers(server: Server, page: Page) -> None:
    open_path(page, server.url, "/admin")
    page.get_by_role("tab", name="Педагоги").click()
    wait_for_run(page)
    expect(page.get_by_test_id("data-grid-canvas").first).to_be_visible()


def test_two_people_in_one_row_keep_both_cells_and_in_one_cell_see_both_values(server, page: Page, browser: Browser):
    set_up(server, page)
    sign_out(page)
    director = ("--role", "director", "--organisation", "edu990101")
    sign_in_anew(server, page, "первый", add_user(server, "первый", "--name", "Первый П. П.", *director))
    open_teachers(server, page)
    page.get_by_role("button", name="Загрузить список").click()
    page.get_by_label("Или вставьте строки").fill("ФИО\tПредметы\nИванова Анна Петровна\tМатематика")
    page.get_by_label("Или вставьте строки").press("Control+Enter")
    page.get_by_role("button", name="Сохранить список").click()
    expect(page.get_by_text("Новых педагогов: 1")).to_be_visible()

    other = browser.new_context(viewport={"width": 1366, "height": 768})
    second = other.new_page()
    sign_in_anew(server, second, "второй", add_user(server, "второй", "--name", "Второй В. В.", *director))
    open_teachers(server, page)
    open_teachers(server, second)
    edit(page, NAME, "Иванова Анна Олеговна")
    save(page)
    edit(second, SUBJECTS, "Астрономия")
    save(second)
    cells = second.get_by_test_id("stDataFrame").first.get_by_role("gridcell", include_hidden=True)
    expect(cells.filter(has_text="Иванова Анна Олеговна")).to_have_count(1)
    expect(cells.filter(has_text="Астрономия")).to_have_count(1)

    edit(page, NAME, "Иванова Анна Ильинична")
    edit(second, NAME, "Петрова Анна Петровна")
    save(page)
    second.get_by_role("button", name="Сохранить (1)").click()
    dialog = second.get_by_role("dialog")
    for said in ("Иванова Анна Ильинична", "Петрова Анна Петровна", "Первый П. П."):
        expect(dialog).to_contain_text(said)
    picture(second, "two-values")
    other.close()
