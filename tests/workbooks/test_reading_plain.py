"""The fast reader of large sheets gives the same cells as calamine, or leaves the sheet to it."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
import xlsxwriter
from openpyxl import Workbook as OpenpyxlBook
from python_calamine import CalamineError, CalamineWorkbook

from core.workbooks import reading_plain
from core.workbooks.book_parts import check_book
from core.workbooks.packed import PackedFile
from core.workbooks.reading import read_workbook

PART = "xl/worksheets/sheet1.xml"
ROWS = 120


@pytest.fixture(autouse=True)
def _small_sheets_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_plain, "FEWEST_BYTES", 0)
    monkeypatch.setattr(reading_plain, "_CHUNK_BYTES", 2_000)


def book(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None], rows: int = ROWS) -> bytes:
    """Return a book with a table of numbers and texts, changed by `fill`."""
    target = io.BytesIO()
    scores = np.random.default_rng(7).integers(0, 12, (rows, 28))
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("Результаты")
        for row in range(rows):
            sheet.write_row(row, 0, [f"00{row}", "Школа «Ёлка» & <сад>", *scores[row].tolist()])
        fill(made, sheet)
    return target.getvalue()


def by_calamine(content: bytes) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return sheet.to_python(skip_empty_area=False)


def plainly(content: bytes) -> list[list[object]] | None:
    packed = PackedFile(content)
    check_book(packed)
    return reading_plain.read_plain(packed, PART)


def typed(rows: list[list[object]] | None) -> list[list[tuple[type, str]]] | None:
    return None if rows is None else [[(type(cell), repr(cell)) for cell in row] for row in rows]


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return target.getvalue()


def _numbers(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    values = [0.5, -3, 255, 256, 1234567, 99999999, 123456789012, 1e21, 1.5e-7, 0.1 + 0.2, -0.25, 12345678.5]
    sheet.write_row(3, 2, values)
    sheet.write_row(4, 2, [str(value) for value in values] + ["007", "1,5", " 5 ", "X", "Х", "н"])


def _styles(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    thin = made.add_format({"border": 1, "num_format": "0.00"})
    for row in range(5, 40):
        sheet.write_number(row, 4, row, thin)
        sheet.write_blank(row, 5, None, thin)
        sheet.write_blank(row, 40 + row % 3, None, thin)
    sheet.write_string(7, 3, "", thin)


def _mixed(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_formula(9, 2, "=SUM(A1:A3)", None, 7)
    sheet.write_boolean(10, 3, True)
    sheet.write_formula(11, 3, "=NA()", None, "#N/A")
    sheet.write_formula(12, 3, '="а"', None, "а")
    sheet.write_rich_string(13, 3, "до", made.add_format({"bold": True}), "после", " конец")
    sheet.write_string(14, 3, "  пробелы\nи строка_x000D_ ")
    sheet.write_string(ROWS + 30, 2, "Итого")
    sheet.write_formula(ROWS + 35, 45, "=1+1", None, 2)


def _gaps(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.set_row(ROWS + 3, 30)
    sheet.write_number(ROWS + 10, 700, 5)
    sheet.write_number(ROWS + 12, 26, 5)
    sheet.write_blank(ROWS + 20, 1, None, made.add_format({"border": 1}))


@pytest.mark.parametrize("fill", [_numbers, _styles, _mixed, _gaps])
def test_cells_are_the_same_with_values_and_types(fill: Callable[..., None]) -> None:
    content = book(fill)
    found = plainly(content)
    assert found is not None
    assert typed(found) == typed(by_calamine(content))


def test_rows_beyond_a_hundred_thousand_keep_their_places() -> None:
    def far(_made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in (9_998, 9_999, 99_998, 99_999, 123_455):
            sheet.write_row(row, 0, [1, "а"])
            sheet.write_row(row, 26, [2, 3])

    content = book(far)
    found = plainly(content)
    assert found is not None and len(found) == 123_456
    assert found == by_calamine(content)


def test_a_date_of_a_style_is_left_to_calamine() -> None:
    def dated(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_datetime(20, 2, date(2026, 4, 5), made.add_format({"num_format": "dd.mm.yyyy"}))

    content = book(dated)
    assert plainly(content) is None
    assert read_workbook(content, "а.xlsx").sheets[0].rows == by_calamine(content)


def test_a_book_with_texts_in_its_cells_is_left_to_calamine() -> None:
    made = OpenpyxlBook()
    sheet = made.active
    for row in range(ROWS):
        sheet.append([f"код {row % 7}", row, row / 7, None, "X" if row % 5 else 1, True if row == 60 else 0])
    target = io.BytesIO()
    made.save(target)
    assert plainly(target.getvalue()) is None
    assert read_workbook(target.getvalue(), "а.xlsx").sheets[0].rows == by_calamine(target.getvalue())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="7"', b'<row r="6"'), (b'<row r="7"', b"<row"), (b'<c r="C7"', b'<c r="C8"'),
        (b'<c r="C7"', b'<c r="E7"'), (b'<c r="C7"', b"<c"), (b"<sheetData>", b"<sheetData><!-- a -->"),
        (b'<c r="C7"', b' <c r="C7"'), (b'<c r="C7"', b'<c r="ABC7"'), (b'<c r="C7"', b'<c r="C7" cm="1"'),
        (b'<c r="C7"', b'<c r="XFD7"'), (b'<c r="C7"', b'<c t="s" r="C7"'), (b'<c r="C7"', b'<c r="c7"'),
    ],
)
def test_odd_xml_is_read_as_calamine_reads_it_or_left_to_it(old: bytes, new: bytes) -> None:
    content = changed(book(_numbers), PART, lambda raw: raw.replace(old, new, 1))
    found = plainly(content)
    assert found is None or typed(found) == typed(by_calamine(content))


def test_a_string_that_is_not_there_is_left_to_calamine() -> None:
    content = changed(book(_numbers), PART, lambda raw: raw.replace(b't="s"><v>0<', b't="s"><v>99999<', 1))
    assert plainly(content) is None


def test_random_changes_of_the_xml_never_change_what_is_read() -> None:
    content = book(_mixed, 40)
    chance = random.Random(11)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        raw = archive.read(PART)
    begin, end = raw.find(b"<sheetData>"), raw.find(b"</sheetData>")
    taken = 0
    for _ in range(400):
        spot = chance.randrange(begin + 11, end)
        piece = chance.choice([b"", b"5", b"X", b" ", b"<", b">", b"/", b'"', b"<v>", b"</c>", b"r", b".", b"-", b"A"])
        cut = chance.choice([0, 1, 1, 4])
        # The loop's values are bound here, because the change is made at once.
        mutated = changed(content, PART, lambda _, s=spot, p=piece, c=cut: raw[:s] + p + raw[s + c :])
        found = plainly(mutated)
        if found is None:
            continue
        taken += 1
        try:
            expected = by_calamine(mutated)
        except CalamineError:
            expected = None
        assert typed(found) == typed(expected), (raw[spot - 30 : spot + 30], piece, cut)
    assert taken > 50
