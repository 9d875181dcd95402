"""What the one writer makes: numbers that count, texts that cannot run, sheets that print."""

import io
from datetime import UTC, date, datetime

import openpyxl
import pytest

from core.workbooks.safe_text import clean_text, safe_text, sheet_name
from core.workbooks.writing import TableColumn, TableSheet, write_workbook
from tests.workbooks.files import parts

COLUMNS = (
    TableColumn("Элемент содержания"),
    TableColumn("Участников", "integer"),
    TableColumn("Средний балл", "decimal"),
    TableColumn("Выполнение", "percent", 14),
    TableColumn("Дата", "date"),
)
ROWS = [
    ("Дроби", 25, 1.25, 0.575, date(2026, 4, 12)),
    ("Углы", 0, float("nan"), None, datetime(2026, 4, 13, tzinfo=UTC)),
]
TABLE = TableSheet("Поля: 8А/8Б", "Проблемные поля", COLUMNS, ROWS, ("Для кого: методист.", "=1+1"))


def reopened(*tables):
    return openpyxl.load_workbook(io.BytesIO(write_workbook(tables)))


def test_numbers_are_numbers_with_their_formats():
    sheet = reopened(TABLE).worksheets[0]
    assert [cell.value for cell in sheet[3]] == [column.header for column in COLUMNS]
    values = [cell.value for cell in sheet[4]]
    assert values == ["Дроби", 25, 1.25, 0.575, datetime(2026, 4, 12)]
    assert [cell.data_type for cell in sheet[4]] == ["s", "n", "n", "n", "d"]
    assert [cell.number_format for cell in sheet[4]] == ["@", "0", "0.00", "0.0%", "dd.mm.yyyy"]
    assert [cell.value for cell in sheet[5]] == ["Углы", 0, None, None, datetime(2026, 4, 13)]


def test_header_is_frozen_filtered_and_printed_on_every_page():
    sheet = reopened(TABLE).worksheets[0]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:E5"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (
        9,
        0,
        True,
    )
    assert sheet.column_dimensions["D"].width == pytest.approx(14, abs=1)


def test_a_wide_table_lies_across():
    wide = TableSheet("Широкая", "Широкая", [TableColumn(f"Задание {number}", "percent") for number in range(20)], [])
    assert reopened(wide).worksheets[0].page_setup.orientation == "landscape"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+7 900 123", "-cmd", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "=cmd|'/c calc'!A1"],
)
def test_nothing_can_run(text):
    table = TableSheet("Л", text, [TableColumn(text)], [(text,)], (text,))
    content = write_workbook([table])
    for name, raw in parts(content).items():
        assert b"<f>" not in raw, name
        assert b"<hyperlink" not in raw, name
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.worksheets[0]["A4"].value.startswith("'")
    assert book["Паспорт"]["A2"].value.startswith("'")


@pytest.mark.parametrize("text", ["https://example.org", "mailto:a@b", "<script>", "007", "-", "-5", "+5,5 %", "50%"])
def test_harmless_text_stays_as_it_is(text):
    book = reopened(TableSheet("Л", "Т", [TableColumn("Н")], [(text,)]))
    cell = book.worksheets[0]["A4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_control_characters_and_half_signs_are_removed():
    nasty = "а\x00\x0b\x1f\ud800\ufffeб_x0041_"
    assert reopened(TableSheet("Л", "Т", [TableColumn("Н")], [(nasty,)])).worksheets[0]["A4"].value == "аб_x0041_"
    assert len(clean_text("я" * 40_000)) == len(safe_text("=" * 40_000)) == 32_767


def test_sheet_names_are_cut_cleaned_and_unique():
    taken = set()
    names = [sheet_name(name, taken) for name in ("8А", "8а", "a[]:*?/\\b", "", "'x'", "History", "я" * 40, "я" * 40)]
    assert names == ["8А", "8а (2)", "a b", "Лист", "x", "History 1", "я" * 31, "я" * 27 + " (2)"]


def test_notes_stand_on_a_sheet_of_their_own():
    book = reopened(TABLE, TableSheet("Паспорт", "Вторая", COLUMNS[:1], [("x",)]))
    assert book.sheetnames == ["Поля 8А 8Б", "Паспорт (2)", "Паспорт"]
    assert [cell.value for cell in book["Паспорт"]["A"]] == ["Проблемные поля", "Для кого: методист.", "'=1+1"]


def test_an_empty_table_says_so_and_a_short_row_is_a_mistake():
    assert reopened(TableSheet("Л", "Т", COLUMNS, [])).worksheets[0]["A4"].value == "Нет данных"
    with pytest.raises(ValueError, match="2 values for 5 columns"):
        write_workbook([TableSheet("Л", "Т", COLUMNS, [("a", 1)])])


def test_truth_values_are_words():
    assert reopened(TableSheet("Л", "Т", [TableColumn("Н")], [(True,), (False,)])).worksheets[0]["A5"].value == "нет"


def test_only_the_columns_meant_for_paper_are_printed() -> None:
    columns = [TableColumn("Мероприятие", width=60), TableColumn("Срок", width=20), TableColumn("Вес", width=200)]
    content = write_workbook([TableSheet("Карта", "Карта", columns, [["Семинар", "май", "1"]], printed=2)])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.print_area.endswith("$A$1:$B$4") and sheet["C4"].value == "1"
    assert sheet.page_setup.orientation == "portrait"
