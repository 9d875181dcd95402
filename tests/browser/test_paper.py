"""Paper: every report screen on A4 with its title, its filters in words and whole tables, without menu and buttons."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.widgets.screens import SCREENS, screen_at
from tests.browser.conftest import Server, started
from tests.browser.steps import STANDING, heading
from tests.conftest import DemoStore

REPORTS = (
    "results", "problem-fields", "deficits", "roadmaps", "recommendations", "mentorship", "development", "indicators",
    "cycle", "municipality", "documents",
)
_LONGEST = 30_000
_SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
_PARTS_OF_FRAME = (
    "Выйти", "Скачать XLSX", "Сбросить", "Печать", "1. Сбор данных", "Загрузка результатов", "Методика расчёта",
)
_CLICKS = re.compile(r"(^|[.!?] )(Щёлкните|Нажмите)", re.MULTILINE)


@pytest.fixture
def demo(demo_store: DemoStore, tmp_path: Path) -> Iterator[Server]:
    """Give a running program with the demo municipality."""
    shutil.copytree(demo_store.folder, tmp_path / "store")
    with started(tmp_path) as running:
        yield running


def printed(page: Page, demo: Server, path: str, target: Path) -> tuple[str, int]:
    """Print a screen as its button does; return the words and the number of sheets."""
    page.goto(f"{demo.url}/{path}")
    expect(heading(page)).to_have_text(screen_at(path).title, timeout=_LONGEST)
    # The first run of a screen on new data takes the longest.
    expect(page.locator(STANDING)).to_be_attached(timeout=_LONGEST)
    page.locator(".st-key-paper_print button").click()
    expect(page.locator(".quality-paper-mark[data-run]")).to_be_attached(timeout=_LONGEST)
    expect(page.locator("html.quality-paper-ready")).to_be_attached(timeout=_LONGEST)
    file = target / f"{path or 'overview'}.pdf"
    page.pdf(path=file, format="A4", print_background=True)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    words = page.evaluate("document.body.innerText")
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    return words, len(_SHEET.findall(file.read_bytes()))


def test_every_report_is_printed_without_the_frame(demo: Server, page: Page, tmp_path: Path) -> None:
    words, sheets = printed(page, demo, "", tmp_path)
    assert sheets == 1
    assert "Обзор" in words and "Площадь и периметр" in words
    assert "через систематическую работу РМО, ШМО" in words, "names that the screen cuts are whole on paper"
    for path in (one.path for one in SCREENS if one.path in REPORTS):
        words, _sheets = printed(page, demo, path, tmp_path)
        assert screen_at(path).title in words and "Цикл качества · " in words, path
        assert not [part for part in _PARTS_OF_FRAME if part in words], path
        assert not _CLICKS.search(words), path
        if path == "problem-fields":
            rows = page.locator(".quality-paper-table tbody tr").count()
            assert rows > 40, "the whole table, and not what a laptop's screen holds"
            assert "Год: 2026" in words
            assert words.count("вероятно ниже") >= 20
