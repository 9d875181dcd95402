"""Blank rows and columns at the end of a sheet are cut, and what is left is held against the limits."""

from __future__ import annotations

from dataclasses import replace

from core.workbooks import refusals
from core.workbooks.grid import Cell, Sheet, column_letter
from core.workbooks.limits import MAX_COLUMNS, MAX_ROWS


def is_blank(value: object) -> bool:
    """Say whether a cell holds nothing that a person can see."""
    return value is None or (isinstance(value, str) and not value.strip())


def fit_sheet(sheet: Sheet) -> Sheet:
    """Return the sheet without blank rows at its end; raise FileRefused when it is longer or wider than the limits.

    Blank columns are cut only where the sheet would be too wide, because looking at every row costs time.
    """
    rows = sheet.rows
    last = len(rows)
    while last and _blank_row(rows[last - 1]):
        last -= 1
    if last != len(rows):
        rows = rows[:last]
    if last > MAX_ROWS:
        raise refusals.too_many_rows(sheet.name, last, MAX_ROWS)
    widest = max(map(len, rows), default=0)
    if widest > MAX_COLUMNS:
        rows = [_cut(row) for row in rows]
        widest = max(map(len, rows), default=0)
        if widest > MAX_COLUMNS:
            raise refusals.too_many_columns(sheet.name, column_letter(widest - 1), MAX_COLUMNS)
    return sheet if rows is sheet.rows else replace(sheet, rows=rows)


def _blank_row(row: list[Cell]) -> bool:
    return all(map(is_blank, row))


def _cut(row: list[Cell]) -> list[Cell]:
    last = len(row)
    while last and is_blank(row[last - 1]):
        last -= 1
    return row[:last]
