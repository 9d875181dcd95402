"""What opens, what does not, and what goes out: on a server that nobody has visited yet."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages.widgets.screens import SCREENS
from tests.browser.steps import english_words, heading, open_path, picture


def status_of(url: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path or "first")
def test_every_address_answers_and_shows_its_screen(server, page: Page, page_requests, screen):
    status, body = status_of(f"{server.url}/{screen.path}")
    assert status == 200
    assert '<html lang="ru"' in body
    open_path(page, server.url, f"/{screen.path}")
    expect(heading(page)).to_have_text(screen.title)
    expect(page).to_have_title("Цикл качества")
    picture(page, f"empty-{screen.path or 'first'}")
    places = {urlsplit(url).netloc for url in page_requests if urlsplit(url).scheme in ("http", "https", "ws", "wss")}
    assert places == {urlsplit(server.url).netloc}
    assert english_words(page) == []


def test_a_fresh_server_opens_a_deep_link_and_keeps_it(fresh_server, page: Page):
    open_path(page, fresh_server.url, "/help")
    expect(heading(page)).to_have_text("Справка")
    expect(page.get_by_test_id("stDialog")).to_have_count(0)


def test_files_of_pages_are_not_served_by_discovery(fresh_server, page: Page):
    """A folder `pages/` beside the running script would be served by itself, past every check (security.md, F3)."""
    for path in ("shell", "session", "help.py", "manage", "pages", "widgets"):
        open_path(page, fresh_server.url, f"/{path}")
        expect(heading(page)).to_have_text(SCREENS[0].title)
        expect(page.get_by_role("dialog")).to_contain_text("Страница не найдена")
        links = page.get_by_test_id("stSidebarNavLink").all_inner_texts()
        assert len(links) == len(SCREENS), path


def test_a_foreign_name_for_this_computer_is_refused(server):
    status, body = status_of(server.url, {"Host": "evil.example"})
    assert status == 403
    assert "Нет доступа" in body


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_routes_for_machines_are_closed(server, path):
    assert status_of(f"{server.url}{path}")[0] == 403


def test_files_are_refused_to_other_sites(server):
    assert status_of(f"{server.url}/media/x.xlsx", {"Sec-Fetch-Site": "cross-site"})[0] == 403
    assert status_of(f"{server.url}/_stcore/upload_file/a/b", {"Sec-Fetch-Site": "cross-site"})[0] == 403


def test_no_policy_is_broken_and_no_error_rises(server, page: Page):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    open_path(page, server.url, "/help")
    page.get_by_role("tab", name="Методика расчёта").click()
    expect(page.locator(".katex").first).to_be_visible()
    # The frontend probes for its server under the address of a screen first; these two answers are harmless.
    assert [text for text in said if "404" not in text] == []
    assert "Traceback" not in server.log.read_text()


def test_the_frames_own_words_are_russian(server, page: Page):
    open_path(page, server.url, "/help")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.get_by_test_id("stMainMenu").click()
    expect(page.get_by_test_id("stMainMenuList").get_by_text("Печать")).to_be_visible()
    expect(page.get_by_text("Record screen")).to_be_hidden()
    assert english_words(page) == []
    assert page.evaluate("(1234.5).toLocaleString(navigator.language)") == "1\xa0234,5"


def test_an_empty_date_and_a_tables_tools_are_russian(server, page: Page):
    open_path(page, server.url, "/admin")
    page.get_by_role("tab", name="Журнал изменений").click()
    field = page.get_by_test_id("stDateInput").get_by_role("group", name="Начиная с")
    expect(field).to_have_text("дд.мм.гггг")
    expect(field.get_by_role("spinbutton", name="день, Начиная с")).to_have_attribute("aria-valuetext", "не указано")
    expect(page.get_by_text("Show/hide columns")).to_have_count(0)
    assert english_words(page) == []
