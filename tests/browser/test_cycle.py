"""Every model's circle walked in a real browser: its stages one by one, its other tabs, a door, words and contrast."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from core.cycle.models import models
from core.store.engine import default_engine
from core.store.upgrade import prepare_store
from tests.browser.conftest import Server, started
from tests.browser.steps import english_words, heading, open_path, wait_for_run
from tests.browser.test_reading import FAINT_TEXTS
from tests.pages.town import build_town


@pytest.fixture
def server_of_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Give a running program whose store has a small town with results."""
    monkeypatch.setenv("QUALITY_STORE", str(tmp_path / "store"))
    monkeypatch.delenv("QUALITY_DATABASE_URL", raising=False)
    engine = default_engine()
    prepare_store(engine)
    build_town(engine)
    engine.dispose()
    with started(tmp_path) as running:
        yield running


def test_every_stage_of_every_model_is_walked(server_of_town: Server, page: Page):
    main = page.get_by_test_id("stMain")
    for model in models():
        open_path(page, server_of_town.url, f"/cycle?cycle_model={quote(model.file.short)}")
        expect(heading(page)).to_have_text("Управленческий цикл")
        expect(page.locator("canvas, svg.marks").first).to_be_visible()
        for stage in model.file.stages:
            page.get_by_role("radio", name=f"Этап {stage.number}", exact=True).click()
            wait_for_run(page)
            expect(main.get_by_role("heading", level=4)).to_contain_text(f"{stage.number}. {stage.name}")
            expect(main.get_by_text(stage.outputs[0].name).last).to_be_visible()
        assert english_words(page) == []
    for tab in ("Модель", "Сравнение", "Самопроверка"):
        page.get_by_role("tab", name=tab).click()
        wait_for_run(page)
        assert page.evaluate(FAINT_TEXTS) == []
    main.get_by_role("link", name="Заседание").click()
    wait_for_run(page)
    expect(heading(page)).to_have_text("Заседание")
