"""Every model's circle in a real browser: opened, walked by stages, closed, opened anew; tabs, a door, contrast."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from core.cycle.models import models
from core.people.academic_year import year_name, year_on
from core.store.engine import default_engine
from core.store.upgrade import prepare_store
from tests.browser.conftest import Server, started
from tests.browser.steps import choose, english_words, heading, open_path, press, wait_for_run
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


# Where and in which year, counted from the running one, each model's cycle is opened.
PLACES = (("Школа № 1", 0), ("Школа № 2", 0), ("Школа № 1", -2), ("Город", 0), ("Область", 0))


def choose_until(page: Page, said: Locator, choices: dict[str, str]) -> None:
    """Make the choices until the screen says so: one made while it still answers the former choice may be lost."""
    for _ in range(4):
        for label, option in choices.items():
            choose(page, label, option)
        try:
            expect(said).to_be_visible()
            return
        except AssertionError:
            continue
    expect(said).to_be_visible()


def test_the_circle_of_every_model_is_opened_walked_closed_and_opened_anew(server_of_town: Server, page: Page):
    main, running = page.get_by_test_id("stMain"), year_on(date.today())
    open_path(page, server_of_town.url, "/cycle")
    expect(heading(page)).to_have_text("Управленческий цикл")
    for model, (unit, years) in zip(models(), PLACES, strict=True):
        year = year_name(running + years)
        unopened = main.get_by_text(f"Цикл {year} ещё не открыт: {unit}.")
        choose_until(page, unopened, {"Организация": unit, "Учебный год": year})
        choose_until(page, main.get_by_text(f"По модели «{model.file.short}»"), {"Модель": model.file.short})
        expect(unopened).to_be_visible()
        press(page, "Открыть цикл")
        expect(page.locator("canvas, svg.marks").first).to_be_visible()
        for stage in model.file.stages:
            page.get_by_role("radio", name=f"Этап {stage.number}", exact=True).click()
            wait_for_run(page)
            expect(main.get_by_role("heading", level=4)).to_contain_text(f"{stage.number}. {stage.name}")
            expect(main.get_by_text(stage.outputs[0].name).last).to_be_visible()
        assert english_words(page) == []
        page.get_by_role("tab", name="Закрытие").click()
        wait_for_run(page)
        main.get_by_text("Прочитано: цикл закрывается").click()
        wait_for_run(page)
        press(page, "Закрыть цикл")
        press(page, f"Перейти в цикл {year_name(running + years + 1)}")
        # The field of the year before goes only when the run is over.
        expect(page.get_by_role("combobox", name="Учебный год").first).to_have_value(year_name(running + years + 1))
        wait_for_run(page)
        page.get_by_role("tab", name="Этапы").click()
        wait_for_run(page)
        expect(main.get_by_text(f"Цикл {year_name(running + years + 1)} работает с результатами")).to_be_visible()
        expect(main.get_by_role("button", name="Открыть цикл")).to_have_count(0)
    for tab in ("Нормативные акты", "Модель", "Сравнение", "Самопроверка"):
        page.get_by_role("tab", name=tab).click()
        wait_for_run(page)
        assert page.evaluate(FAINT_TEXTS) == []
    main.get_by_role("link", name="Заседание").click()
    wait_for_run(page)
    expect(heading(page)).to_have_text("Заседание")
    open_path(page, server_of_town.url, f"/cycle?cycle_year={year_name(running + 1)}")
    expect(page.get_by_role("combobox", name="Учебный год")).to_have_value(year_name(running + 1))
