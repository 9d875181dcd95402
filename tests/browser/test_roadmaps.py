"""Two people edit one roadmap in two browsers: different cells are kept, of the same cell both values are shown."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.store.engine import default_engine
from core.store.unit_of_work import writing
from core.store.upgrade import prepare_store
from tests.browser.conftest import Server, started
from tests.browser.steps import english_words, open_path, picture, press, type_over, wait_for_run
from tests.pages.signing import cookie_of
from tests.people.conftest import build
from tests.planning.conftest import EVERYBODY, Plan

HEADER, ROW = 36, 72
TITLE, DEADLINE = 250, 470


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    """Give the store of the server to come with a roadmap of two measures."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    region = build(engine)
    with writing(engine, "подготовка теста") as session:
        draft = RoadmapDraft(region.units["школа 1"], "Карта школы", date(2025, 9, 1), date(2030, 8, 31))
        roadmap_id = create_roadmap(session, EVERYBODY, draft).id or 0
    plan = Plan(engine, region, roadmap_id)
    plan.add("Анализ итогов", deadline_text="май 2030 г.")
    plan.add("Семинар", deadline_text="июнь 2030 г.")
    yield plan
    engine.dispose()


@pytest.fixture
def server(plan: Plan, tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path, sign_in="on") as running:
        yield running


def person(browser: Browser, server: Server, plan: Plan, name: str) -> Page:
    """Return a browser of their own in which somebody has the table of the roadmap open."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="en-US")
    context.add_cookies([
        {"name": "quality_session", "value": cookie_of(plan.engine, plan.region.accounts[name]), "url": server.url}
    ])
    page = context.new_page()
    page.set_default_timeout(20_000)
    open_table(page, server, plan)
    return page


def open_table(page: Page, server: Server, plan: Plan) -> None:
    """Open the table of the roadmap anew."""
    open_path(page, server.url, f"/roadmaps?roadmap={plan.roadmap_id}")
    page.get_by_role("tab", name="Таблица").click()
    expect(page.get_by_text("Столбцы", exact=True)).to_be_visible()
    wait_for_run(page)


def write_into(page: Page, row: int, across: int, text: str) -> None:
    """Type a text over a cell of the table and leave the cell."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    type_over(page, table, across, HEADER + ROW * row + ROW / 2, text, leave="Tab")
    wait_for_run(page)


def test_different_cells_are_both_kept_and_for_the_same_one_both_values_are_shown(
    browser: Browser, server: Server, plan: Plan
) -> None:
    director, methodist = (person(browser, server, plan, name) for name in ("директор", "методист школы"))
    try:
        write_into(director, 0, TITLE, "Анализ итогов года")
        write_into(methodist, 1, DEADLINE, "июль 2030 г.")
        press(director, "Сохранить (1)")
        expect(director.get_by_text("Сохранено: 1 строка")).to_be_visible()
        press(methodist, "Сохранить (1)")
        expect(methodist.get_by_text("Сохранено: 1 строка")).to_be_visible()
        rows = plan.rows()
        assert (rows["1"].title, rows["2"].deadline_text) == ("Анализ итогов года", "июль 2030 г.")

        open_table(methodist, server, plan)
        write_into(methodist, 0, TITLE, "Анализ методиста")
        write_into(director, 0, TITLE, "Анализ директора")
        press(director, "Сохранить (1)")
        expect(director.get_by_text("Сохранено: 1 строка")).to_be_visible()
        press(methodist, "Сохранить (1)")
        dialog = methodist.get_by_role("dialog")
        expect(dialog).to_contain_text("Анализ методиста")
        expect(dialog).to_contain_text("Анализ директора")
        picture(methodist, "roadmap-conflict")
        assert plan.rows()["1"].title == "Анализ директора", "nothing is overwritten before the person decides"
        assert english_words(methodist) == []
        dialog.get_by_role("button", name="Записать моё").click()
        wait_for_run(methodist)
        expect(dialog).to_have_count(0)
        assert plan.rows()["1"].title == "Анализ методиста"
    finally:
        for page in (director, methodist):
            page.context.close()
