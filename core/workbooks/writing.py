"""The one writer of XLSX files: tables with real numbers that a person can filter, print and trust."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap
from typing import Final, Literal, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.workbooks.safe_text import safe_text, sheet_name

ColumnKind: TypeAlias = Literal["text", "integer", "decimal", "percent", "date"]
TableValue: TypeAlias = str | int | float | date | datetime | bool | None

PASSPORT_SHEET: Final = "Паспорт"
_NUMBER_FORMATS: Final[dict[ColumnKind, str]] = {
    "text": "@",
    "integer": "0",
    "decimal": "0.00",
    "percent": "0.0%",
    "date": "dd.mm.yyyy",
}
_DEFAULT_WIDTHS: Final[dict[ColumnKind, float]] = {
    "text": 12.0,
    "integer": 9.0,
    "decimal": 10.0,
    "percent": 10.0,
    "date": 12.0,
}
_MAX_WIDTH: Final = 60.0
_LOOKED_AT: Final = 200
"""Rows that are looked at when the width of a text column is chosen."""
_HEADER_ROW: Final = 2
_PORTRAIT_CHARACTERS: Final = 95.0
_PASSPORT_WIDTH: Final = 90.0
_A4: Final = 9
_FONT: Final = "Arial"
"""Every office programme has it or a font of the same widths; Calibri is missing outside of Windows."""
_BOLD: Final = 1.1
"""How much wider bold letters are."""
_LINE: Final = 13.5
"""Points of one line of text."""
_TALLEST: Final = 400.0
"""Points; Excel admits 409."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its header, what stands in it, and its width in characters (chosen from the content if None).

    A percent column holds shares: 0.57 is shown as 57,0 %.
    """

    header: str
    kind: ColumnKind = "text"
    width: float | None = None


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One table on a sheet of its own.

    `rows` are as long as `columns`. None and NaN become empty cells; a text in a number column stays text. `notes` is
    the table's «паспорт»: for whom, from what data, how computed, what not to conclude; it goes on the last sheet.
    Only the first `printed` columns go on paper, where a wide table would come out too small to read; None: all.
    """

    name: str
    title: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[TableValue]]
    notes: Sequence[str] = ()
    printed: int | None = None


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    header: Format
    note: Format
    cells: dict[ColumnKind, Format]


def write_workbook(sheets: Sequence[TableSheet]) -> bytes:
    """Return an .xlsx file with a sheet for each table, and «Паспорт» last if any table has notes.

    Each sheet: title, frozen header with filters, real numbers, A4 fitted to one page in width with the header on
    every page. Texts can be neither formulas nor links. Raises ValueError when a row is not as long as the header.
    """
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": _NUMBER_FORMATS["date"],
        "default_format_properties": {"font_name": _FONT, "font_size": 10},
    }
    with xlsxwriter.Workbook(target, options) as book:
        formats = _Formats(
            title=book.add_format({"bold": True, "font_size": 14}),
            header=book.add_format(
                {
                    "bold": True,
                    "text_wrap": True,
                    "valign": "vcenter",
                    "align": "center",
                    "border": 1,
                    "bg_color": "#E8EEF4",
                }
            ),
            note=book.add_format({"text_wrap": True, "valign": "top"}),
            cells={
                kind: book.add_format(
                    {
                        "num_format": pattern,
                        "border": 1,
                        "border_color": "#C8CED4",
                        "valign": "top",
                        "text_wrap": kind == "text",
                    }
                )
                for kind, pattern in _NUMBER_FORMATS.items()
            },
        )
        taken: set[str] = set()
        if any(table.notes for table in sheets):
            taken.add(PASSPORT_SHEET.lower())
        for table in sheets:
            _write_table(book.add_worksheet(sheet_name(table.name, taken)), table, formats)
        if any(table.notes for table in sheets):
            _write_passport(book.add_worksheet(PASSPORT_SHEET), sheets, formats)
    return target.getvalue()


def _write_table(target: Worksheet, table: TableSheet, formats: _Formats) -> None:
    target.write_string(0, 0, safe_text(table.title), formats.title)
    for column, description in enumerate(table.columns):
        target.write_string(_HEADER_ROW, column, safe_text(description.header), formats.header)
    for number, row in enumerate(table.rows, start=_HEADER_ROW + 1):
        if len(row) != len(table.columns):
            raise ValueError(f"row {number} has {len(row)} values for {len(table.columns)} columns")
        for column, value in enumerate(row):
            _write_value(target, number, column, value, formats.cells[table.columns[column].kind])
    if not table.rows:
        target.write_string(_HEADER_ROW + 1, 0, "Нет данных")
    widths = [_width(table, column) for column in range(len(table.columns))]
    _lay_out(target, table, widths)
    _set_heights(target, table, widths)


def _write_value(target: Worksheet, row: int, column: int, value: TableValue, cell: Format) -> None:
    if isinstance(value, bool):
        target.write_string(row, column, "да" if value else "нет", cell)
    elif isinstance(value, str):
        target.write_string(row, column, safe_text(value), cell)
    elif isinstance(value, (date, datetime)):
        moment = value.replace(tzinfo=None) if isinstance(value, datetime) else value
        target.write_datetime(row, column, moment, cell)
    elif value is None or not math.isfinite(value):
        target.write_blank(row, column, None, cell)
    else:
        target.write_number(row, column, value, cell)


def _lay_out(target: Worksheet, table: TableSheet, widths: Sequence[float]) -> None:
    """Set widths, the frozen header, filters and everything that printing needs."""
    for column, width in enumerate(widths):
        target.set_column(column, column, width)
    last_row = _HEADER_ROW + max(len(table.rows), 1)
    printed = widths[: table.printed]
    if table.columns:
        target.autofilter(_HEADER_ROW, 0, last_row, len(table.columns) - 1)
        target.print_area(0, 0, last_row, len(printed) - 1)
    target.freeze_panes(_HEADER_ROW + 1, 0)
    target.repeat_rows(_HEADER_ROW)
    _set_page(target, landscape=sum(printed) > _PORTRAIT_CHARACTERS)


def _set_heights(target: Worksheet, table: TableSheet, widths: Sequence[float]) -> None:
    """Make rows as tall as their longest text: LibreOffice does not do it by itself when it opens such a file.

    Rows of one line keep the height that the programme gives them.
    """
    headers = [_lines(column.header, width / _BOLD) for column, width in zip(table.columns, widths, strict=True)]
    target.set_row(_HEADER_ROW, _LINE * max(headers, default=1) + 4)
    for number, row in enumerate(table.rows, start=_HEADER_ROW + 1):
        lines = max(
            (_lines(value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str)),
            default=1,
        )
        if lines > 1:
            target.set_row(number, min(_LINE * lines + 2, _TALLEST))


def _lines(text: str, width: float) -> int:
    """Return into how many lines a text wraps in a column so many characters wide."""
    if len(text) <= width - 1 and "\n" not in text:
        return 1
    room = max(int(width - 1), 1)
    return sum(max(len(wrap(part, room)), 1) for part in text.split("\n"))


def _width(table: TableSheet, column: int) -> float:
    description = table.columns[column]
    if description.width is not None:
        return description.width
    longest_word = max((len(word) for word in description.header.split()), default=0)
    width = max(_DEFAULT_WIDTHS[description.kind], longest_word + 2.0)
    if description.kind == "text":
        texts = (row[column] for row in table.rows[:_LOOKED_AT])
        width = max([width, *(len(text) + 1.0 for text in texts if isinstance(text, str))])
    return min(width, _MAX_WIDTH)


def _set_page(target: Worksheet, landscape: bool) -> None:
    target.set_paper(_A4)
    if landscape:
        target.set_landscape()
    target.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    target.fit_to_pages(1, 0)
    target.set_footer("&L&A&RСтраница &P из &N")


def _write_passport(target: Worksheet, sheets: Sequence[TableSheet], formats: _Formats) -> None:
    """Write the notes of all tables, each under the table's title."""
    target.set_column(0, 0, _PASSPORT_WIDTH)
    row = 0
    for table in sheets:
        if table.notes:
            target.write_string(row, 0, safe_text(table.title), formats.title)
            for number, note in enumerate(table.notes, start=row + 1):
                target.write_string(number, 0, safe_text(note), formats.note)
                target.set_row(number, min(_LINE * _lines(note, _PASSPORT_WIDTH) + 2, _TALLEST))
            row += len(table.notes) + 2
    _set_page(target, landscape=False)
