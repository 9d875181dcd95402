"""From a red problem field to a delivered recommendation in a real browser; the head answers it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.planning.recommendations.listing import list_recommendations
from core.planning.tables import RecommendationState
from core.store.engine import default_engine
from core.store.unit_of_work import reading
from core.store.upgrade import prepare_store
from tests.browser.conftest import Server, started
from tests.browser.steps import english_words, heading, open_path, picture, wait_for_run
from tests.pages.signing import cookie_of
from tests.planning.recommendations.conftest import EVERYBODY, Town, build_school

COUNT_CLICKS = """
window.addEventListener("click", (event) => {
  if (event.isTrusted) sessionStorage.setItem("clicks", Number(sessionStorage.getItem("clicks") || 0) + 1);
}, true);
"""
_FIRST_ROW = (17, 55)
"""Where the box of the first row stands in the list, from its corner."""
MOST_CLICKS = 5


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """Give the store of the server to come."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    yield build_school(engine)
    engine.dispose()


@pytest.fixture
def server(town: Town, tmp_path: Path) -> Iterator[Server]:
    with started(tmp_path, sign_in="on") as running:
        yield running


def signed_in(browser: Browser, server: Server, town: Town, name: str) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    token = cookie_of(town.engine, town.region.accounts[name])
    context.add_cookies([{"name": "quality_session", "value": token, "url": server.url}])
    context.set_default_timeout(20_000)
    context.add_init_script(COUNT_CLICKS)
    return context


def clicks(page: Page) -> int:
    return int(page.evaluate("sessionStorage.getItem('clicks')") or 0)


def test_from_a_red_field_to_a_delivered_recommendation(browser: Browser, server: Server, town: Town) -> None:
    page = signed_in(browser, server, town, "директор").new_page()
    open_path(page, server.url, "/problem-fields")
    expect(heading(page)).to_have_text("Проблемные поля")
    wait_for_run(page)
    before = clicks(page)
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + _FIRST_ROW[0], box["y"] + _FIRST_ROW[1])
    page.get_by_role("link", name="Написать рекомендацию").click()
    expect(heading(page)).to_have_text("Рекомендации")
    expect(page.get_by_role("combobox", name="Кому")).to_have_value("ШМО математиков")
    wait_for_run(page)
    picture(page, "recommendation-writing")
    assert english_words(page) == []
    page.get_by_role("button", name="Отправить").dblclick()
    expect(page.get_by_text("Рекомендация отправлена")).to_be_visible()
    wait_for_run(page)
    used = clicks(page) - before - 1
    assert used <= MOST_CLICKS, used
    assert used == 3, "the row, the door, the button (pressed twice by a nervous hand)"
    with reading(town.engine) as session:
        (sent,) = list_recommendations(session, EVERYBODY)
    assert sent.row.state is RecommendationState.SENT, "a double click sends once"

    page = signed_in(browser, server, town, "руководитель шмо").new_page()
    open_path(page, server.url, f"/recommendations?recommendation={sent.id}")
    expect(page.get_by_text("осталось 10")).to_be_visible()
    picture(page, "recommendation-answering")
    page.get_by_role("button", name="Принято").click()
    expect(page.get_by_text("Ответ сохранён")).to_be_visible()
    page.get_by_role("link", name="Цепочка").click()
    expect(page.get_by_text("3. Рекомендация")).to_be_visible()
    wait_for_run(page)
    assert english_words(page) == []
    picture(page, "recommendation-chain")
    with reading(town.engine) as session:
        (answered,) = list_recommendations(session, EVERYBODY)
    assert answered.row.state is RecommendationState.ACCEPTED
    assert answered.row.received_at is not None
