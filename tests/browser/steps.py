"""What a person does in the browser, in words: open a screen, wait until it stands, take a picture."""

import os
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

_ENGLISH = re.compile(r"[A-Z][a-z]+[ -~]*|[a-z]+ [ -~]*|[A-Z][a-z]+( [a-z]+)+\b.*")
STANDING = '[data-testid="stApp"][data-test-script-state="notRunning"]'


def open_path(page: Page, url: str, path: str = "/") -> None:
    """Open a screen by its address and wait until it is drawn."""
    page.goto(f"{url}{path}")
    wait_for_run(page)


def wait_for_run(page: Page) -> None:
    """Wait until the script has run and nothing is half drawn any more."""
    expect(page.locator(STANDING)).to_be_attached()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.locator('[data-stale="true"]')).to_have_count(0)


def heading(page: Page) -> Locator:
    """Return the title of the screen."""
    return page.get_by_test_id("stMain").get_by_role("heading", level=1)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a selection field with this label."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    wait_for_run(page)


def upload(page: Page, *files: Path) -> None:
    """Give files to the screen's upload field and wait until the screen has answered."""
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([str(file) for file in files])
    wait_for_run(page)


def press(page: Page, name: str) -> None:
    """Press a button by its words and wait for the answer."""
    page.get_by_role("button", name=name).first.click()
    wait_for_run(page)


def download(page: Page, name: str, folder: Path) -> Path:
    """Press a download button and return the file, under the name that the program gave it."""
    with page.expect_download() as caught:
        page.get_by_test_id("stDownloadButton").filter(has_text=name).first.click()
    target = folder / caught.value.suggested_filename
    caught.value.save_as(target)
    return target


def type_over(page: Page, grid: Locator, across: float, down: float, text: str, leave: str = "Enter") -> None:
    """Type a text over the cell of a grid that lies at this place, and leave it with a key.

    The grid is drawn on a canvas, so the cell is met by its place alone; while the screen still moves, the double click
    may meet another place, and is made again.
    """
    field = page.locator("#portal textarea, #portal input").first
    for _ in range(5):
        box = grid.bounding_box()
        assert box is not None
        page.mouse.dblclick(box["x"] + across, box["y"] + down)
        try:
            expect(field).to_be_visible(timeout=3_000)
            break
        except AssertionError:
            continue
    field.fill(text)
    field.press(leave)


def english_words(page: Page) -> list[str]:
    """Return what the page says in English to eyes or to a screen reader: lines and labels that hold no Russian word.

    Names of icons («upload_file») are drawn as pictures; abbreviations in capitals (PNG, XLSX) are Russian usage.
    """
    said = page.evaluate(
        """() => {
            const names = ["aria-label", "title", "placeholder", "alt"];
            const labels = [...document.querySelectorAll("body *")].flatMap(
                (element) => names.map((name) => element.getAttribute(name)).filter(Boolean));
            return [...document.body.innerText.split("\\n"), ...labels];
        }"""
    )
    return sorted({line.strip() for line in said if _ENGLISH.fullmatch(line.strip())})


def picture(page: Page, name: str) -> None:
    """Keep a screenshot when QUALITY_SCREENSHOTS names a folder: for people to look at, not for comparing."""
    folder = os.environ.get("QUALITY_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
