"""Sheets of the old .xls format by xlrd (calamine dies on damaged .xls files: security.md F1)."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import xlrd
from xlrd.biffh import (
    XL_CELL_BLANK,
    XL_CELL_BOOLEAN,
    XL_CELL_DATE,
    XL_CELL_EMPTY,
    XL_CELL_ERROR,
    error_text_from_code,
)
from xlrd.sheet import Sheet as XlsSheet

from core.workbooks import refusals
from core.workbooks.grid import Cell, CellError, Sheet
from core.workbooks.limits import MAX_CELL_ERRORS, MAX_SHEETS

_PLAIN_TYPES = frozenset({xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, XL_CELL_EMPTY, XL_CELL_BLANK})


def read_xls(content: bytes) -> list[Sheet]:
    """Return the sheets of an .xls file; raise FileRefused when it is damaged or opens with a password."""
    book = _open(content)
    if book.nsheets > MAX_SHEETS:
        raise refusals.too_many_sheets(book.nsheets, MAX_SHEETS)
    with refusals.refuse_what_breaks():
        return [_sheet(sheet, book.datemode) for sheet in book.sheets()]


def _open(content: bytes) -> xlrd.Book:
    """Return the opened file, with merged areas unless the formats are broken, as in some programs' exports."""
    try:
        with refusals.refuse_what_breaks():
            return xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), formatting_info=True)
    except refusals.Damaged:
        with refusals.refuse_what_breaks():
            return xlrd.open_workbook(file_contents=content, logfile=io.StringIO())


def _sheet(source: XlsSheet, datemode: int) -> Sheet:
    errors: list[CellError] = []
    rows: list[list[Cell]] = []
    for number in range(source.nrows):
        values: list[Cell] = list(source.row_values(number))
        types = source.row_types(number)
        if not _PLAIN_TYPES.issuperset(types):
            for column, kind in enumerate(types):
                if kind == XL_CELL_DATE:
                    values[column] = _date(values[column], datemode)
                elif kind == XL_CELL_BOOLEAN:
                    values[column] = bool(values[column])
                elif kind == XL_CELL_ERROR:
                    if len(errors) < MAX_CELL_ERRORS:
                        text = error_text_from_code.get(values[column], "#ERROR!")
                        errors.append(CellError(row=number + 1, column=column, text=text))
                    values[column] = ""
        rows.append(values)
    return Sheet(
        name=source.name,
        rows=rows,
        hidden=source.visibility != 0,
        errors=tuple(errors),
        merged=tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells),
    )


def _date(value: Cell, datemode: int) -> Cell:
    """Return a date as calamine would: date without time of day, time below one day, else both; a bad one stays."""
    if not isinstance(value, float):
        return value
    try:
        moment: datetime = xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):
        return value
    if 0 <= value < 1:
        return (datetime.min + timedelta(days=value)).time()
    return moment.date() if value == int(value) else moment
