"""A new .xlsx file with the same cells, marked: for .xls, .ods, .csv and for workbooks too large for openpyxl."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.workbooks.grid import Cell, Sheet, Workbook, column_letter
from core.workbooks.marks import (
    AUTHOR,
    FILL,
    REMARKS_HEADER,
    REMARKS_HELP,
    REMARKS_SHEET,
    REMARKS_TITLE,
    REMARKS_WIDTHS,
    Mark,
    comments_by_cell,
    remark_rows,
)
from core.workbooks.safe_text import clean_text, sheet_name

_PATTERNS: Final[dict[type, str]] = {
    date: "dd.mm.yyyy",
    datetime: "dd.mm.yyyy hh:mm",
    time: "hh:mm",
    timedelta: "[h]:mm:ss",
}


class _Formats:
    """Formats for each type of cell, plain and marked."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._plain: dict[type, Format | None] = {}
        self._marked: dict[type, Format] = {}
        self.bold: Format = book.add_format({"bold": True})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        for kind in (object, *_PATTERNS):
            pattern = {"num_format": _PATTERNS[kind]} if kind in _PATTERNS else {}
            self._plain[kind] = book.add_format(pattern) if pattern else None
            self._marked[kind] = book.add_format(pattern | {"bg_color": f"#{FILL}"})

    def get(self, value: Cell, marked: bool) -> Format | None:
        """Return the format for a value."""
        kind = type(value) if type(value) in _PATTERNS else object
        return self._marked[kind] if marked else self._plain[kind]


def mark_in_copy(workbook: Workbook, marks: Sequence[Mark]) -> bytes:
    """Return a new .xlsx file with the cells of `workbook`, the marks, and the sheet «Замечания» at the end.

    Texts stay as they are, so that the file can be uploaded again; none of them can be a formula or a link.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        formats = _Formats(book)
        cells = comments_by_cell(marks)
        taken = {REMARKS_SHEET.lower()}
        for sheet in workbook.sheets:
            if not _is_list_of_remarks(sheet):
                written = book.add_worksheet(sheet_name(sheet.name, taken))
                _copy(written, sheet, cells.get(sheet.name, {}), formats)
                if sheet.hidden:
                    written.hide()
        remarks = book.add_worksheet(REMARKS_SHEET)
        _list_remarks(remarks, marks, formats)
        remarks.activate()
        remarks.set_first_sheet()
    return target.getvalue()


def _is_list_of_remarks(sheet: Sheet) -> bool:
    return sheet.name.startswith(REMARKS_SHEET) and bool(sheet.rows) and REMARKS_TITLE in sheet.rows[0]


def _copy(target: Worksheet, sheet: Sheet, comments: dict[tuple[int, str], str], formats: _Formats) -> None:
    marked = {(row - 1, letter) for row, letter in comments}
    marked_rows = {row for row, _ in marked}
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            bad = number in marked_rows and (number, column_letter(column)) in marked
            _write(target, number, column, value, formats.get(value, bad))
    plain = formats.get(None, True)
    for (line, letter), text in comments.items():
        address = f"{letter}{line}"
        width = len(sheet.rows[line - 1]) if line <= len(sheet.rows) else 0
        if not any(column_letter(column) == letter for column in range(width)):
            target.write_blank(address, None, plain)
        target.write_comment(address, text, {"author": AUTHOR, "x_scale": 2.5, "y_scale": 1.5})


def _write(target: Worksheet, row: int, column: int, value: Cell, cell: Format | None) -> None:
    if value is None or value == "":
        if cell is not None:
            target.write_blank(row, column, None, cell)
    elif isinstance(value, str):
        target.write_string(row, column, clean_text(value), cell)
    elif isinstance(value, bool):
        target.write_boolean(row, column, value, cell)
    elif isinstance(value, (int, float)):
        target.write_number(row, column, value, cell)
    else:
        target.write_datetime(row, column, value, cell)


def _list_remarks(target: Worksheet, marks: Sequence[Mark], formats: _Formats) -> None:
    target.write_string(0, 0, REMARKS_TITLE, formats.bold)
    target.write_string(1, 0, REMARKS_HELP)
    for column, (header, width) in enumerate(zip(REMARKS_HEADER, REMARKS_WIDTHS, strict=True)):
        target.write_string(3, column, header, formats.bold)
        target.set_column(column, column, width)
    for line, (number, sheet, cell, text) in enumerate(remark_rows(marks), start=4):
        target.write_number(line, 0, number, formats.wrapped)
        for column, value in enumerate((sheet, cell, text), start=1):
            target.write_string(line, column, value, formats.wrapped)
    target.freeze_panes(4, 0)
