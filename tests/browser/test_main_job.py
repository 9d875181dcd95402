"""The main job in a real browser: a workbook of ФИС ОКО goes in, the planted field is seen and taken away."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import download, heading, open_path, picture, press, upload, wait_for_run
from tests.intake.file_formats import written
from tests.intake.layout_files import fisoko_individual, truth

MAXIMA = (1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2)
CODES = ("1", "2", "3", "4", "5.1", "5.2", "6.1", "6.2", "7", "8", "9.1", "9.2", "10", "11")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Return «Индивидуальные результаты», ВПР, Математика, 4: nobody can do areas and perimeters (5.1, 5.2)."""
    classes = (("edu000001", "А", 25), ("edu000001", "Б", 24), ("edu000002", "А", 26))
    t = truth(MAXIMA, CODES, classes, skipped=0)
    for number, row in enumerate(t.scores):
        for place, most in enumerate(MAXIMA):
            row[place] = most if (number * 7 + place * 3) % 10 < 8 else 0
        row[4] = row[5] = int(number % 5 == 0)
    path = tmp_path / "результаты.xlsx"
    path.write_bytes(written(fisoko_individual(t)))
    return path


def cells(page: Page, text: str) -> Locator:
    """Return the cells of the first table that hold the text: they stand inside its canvas, out of sight."""
    return page.get_by_test_id("stDataFrame").first.locator("[role=gridcell]").filter(has_text=text)


def test_from_a_workbook_to_the_planted_field(fresh_server, page: Page, workbook: Path, tmp_path: Path) -> None:
    open_path(page, fresh_server.url, "/upload")
    expect(heading(page)).to_have_text("Загрузка результатов")
    upload(page, workbook)
    expect(page.get_by_text("75 участников")).to_be_visible()
    page.get_by_text("Создать 2").click()
    wait_for_run(page)
    press(page, "Сохранить")
    expect(page.get_by_text("Сохранено. Анализ готов.")).to_be_visible()
    picture(page, "upload-saved")

    page.get_by_role("link", name="Проблемные поля этой работы").click()
    expect(heading(page)).to_have_text("Проблемные поля")
    wait_for_run(page)
    expect(cells(page, "площадь и периметр").first).to_be_attached()
    expect(cells(page, "достоверно ниже").first).to_be_attached()
    picture(page, "problem-fields")

    file = download(page, "XLSX", tmp_path)
    sheet = openpyxl.load_workbook(file).worksheets[0]
    values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "площадь и периметр" in values
    assert any(isinstance(value, float) and 0.15 < value < 0.25 for value in values), "shares are real numbers"


def test_a_refused_file_says_where_and_stores_nothing(fresh_server, page: Page, tmp_path: Path) -> None:
    t = truth()
    t.scores[3][1] = 7
    path = tmp_path / "плохой.xlsx"
    path.write_bytes(written(fisoko_individual(t)))
    open_path(page, fresh_server.url, "/upload")
    upload(page, path)
    expect(page.get_by_text("Файл не сохранён")).to_be_visible()
    expect(cells(page, "строка 13").first).to_be_attached()
    expect(page.get_by_role("button", name="Сохранить", exact=True)).to_have_count(0)
    marked = download(page, "отмеченными ячейками", tmp_path)
    assert "Замечания" in openpyxl.load_workbook(marked).sheetnames
    picture(page, "upload-refused")
