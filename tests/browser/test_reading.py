"""What can be read: on the screen by people with weaker eyes, and on paper."""

import pytest
from playwright.sync_api import Page, expect

from pages.widgets.screens import SCREENS
from tests.browser.steps import heading, open_path

FAINT_TEXTS = """() => {
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const over = (top, ground) => {
        const [r, g, b, a = 1] = top;
        return [r, g, b].map((part, i) => part * a + ground[i] * (1 - a));
    };
    const ground = (element) => {
        const layers = [];
        for (let e = element; e; e = e.parentElement) layers.unshift(numbers(getComputedStyle(e).backgroundColor));
        return layers.reduce((below, layer) => over(layer, below), [255, 255, 255]);
    };
    const light = (colour) => {
        const [r, g, b] = colour.map((part) => part / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const faint = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.nodeValue.trim();
        const element = walker.currentNode.parentElement;
        if (!/[А-Яа-яё]/.test(text) || !element.checkVisibility() || element.closest(":disabled")) continue;
        const below = ground(element);
        let opacity = 1;
        for (let e = element; e; e = e.parentElement) opacity *= Number(getComputedStyle(e).opacity);
        const [r, g, b, a = 1] = numbers(getComputedStyle(element).color);
        const pair = [light(over([r, g, b, a * opacity], below)), light(below)].sort((one, two) => two - one);
        const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
        if (contrast < 4.5) faint.add(`${contrast.toFixed(1)}: ${text.slice(0, 60)}`);
    }
    return [...faint];
}"""


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path or "first")
def test_every_text_has_a_contrast_of_at_least_4_5_and_nothing_is_wider_than_a_laptop(server, page: Page, screen):
    """WCAG 2.1, 1.4.3 (AA); words of disabled buttons are exempt there."""
    open_path(page, server.url, f"/{screen.path}")
    expect(heading(page)).to_have_text(screen.title)
    assert page.evaluate(FAINT_TEXTS) == []
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0


def test_paper_shows_the_content_and_no_menu(server, page: Page):
    open_path(page, server.url, "/help")
    page.emulate_media(media="print")
    expect(heading(page)).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => getComputedStyle(element).overflow") == "visible"
    assert main.bounding_box()["width"] == pytest.approx(1366, abs=20)
    assert len(page.pdf(format="A4")) > 20_000
