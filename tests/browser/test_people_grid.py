"""Two people edit the list of teachers in two browsers: different cells are kept, of the same cell both are shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.store.engine import default_engine
from core.store.upgrade import prepare_store
from tests.browser.conftest import Server, started
from tests.browser.steps import open_path, picture, type_over, wait_for_run
from tests.pages.signing import cookie_of
from tests.people.conftest import Region, build

NAME, SUBJECTS = 60, 520
"""How far from the left of the grid the columns stand."""


def edit(page: Page, column: int, text: str) -> None:
    """Type a new value into a cell of the grid's first row."""
    type_over(page, page.get_by_test_id("data-grid-canvas").first, column, 52, text)
    expect(page.get_by_role("button", name="Сохранить (1)")).to_be_enabled()
    wait_for_run(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Сохранить (1)").click()
    expect(page.get_by_text("Сохранено: 1 строка").first).to_be_visible()
    expect(page.get_by_role("button", name="Сохранить (1)")).to_have_count(0)


def open_teachers(server: Server, page: Page) -> None:
    open_path(page, server.url, "/admin")
    page.get_by_role("tab", name="Педагоги").click()
    wait_for_run(page)
    expect(page.get_by_test_id("data-grid-canvas").first).to_be_visible()


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    """Give the store of the server to come, with a school's teachers."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    yield build(engine)
    engine.dispose()


@pytest.fixture
def server(region: Region, tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path, sign_in="on") as running:
        yield running


def person(browser: Browser, server: Server, region: Region, name: str) -> Page:
    """Return a browser of their own in which somebody has the list open."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    token = cookie_of(region.engine, region.accounts[name])
    context.add_cookies([{"name": "quality_session", "value": token, "url": server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    open_teachers(server, page)
    return page


def test_in_one_row_both_cells_are_kept_and_of_one_cell_both_values_are_shown(
    browser: Browser, server: Server, region: Region
) -> None:
    first, second = (person(browser, server, region, name) for name in ("директор", "методист школы"))
    edit(first, NAME, "Иванова Анна Олеговна")
    save(first)
    edit(second, SUBJECTS, "Астрономия")
    save(second)
    cells = second.get_by_test_id("stDataFrame").first.get_by_role("gridcell", include_hidden=True)
    expect(cells.filter(has_text="Иванова Анна Олеговна")).to_have_count(1)
    expect(cells.filter(has_text="Астрономия")).to_have_count(1)

    edit(first, NAME, "Иванова Анна Ильинична")
    edit(second, NAME, "Петрова Анна Петровна")
    save(first)
    second.get_by_role("button", name="Сохранить (1)").click()
    dialog = second.get_by_role("dialog")
    for said in ("Иванова Анна Ильинична", "Петрова Анна Петровна", "Директор"):
        expect(dialog).to_contain_text(said)
    picture(second, "two-values")
    for page in (first, second):
        page.context.close()
