"""Sheets by openpyxl, row by row: for .xlsx files that calamine cannot stand (a cell in the sheet's last corner)."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, cast

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from core.workbooks import refusals
from core.workbooks.grid import Cell, Sheet, column_letter
from core.workbooks.limits import MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from core.workbooks.scan import SheetScan
from core.workbooks.tails import is_blank

_NO_SCAN = SheetScan()


class _RowSource(Protocol):
    """A sheet opened read-only with values only, as far as it is used here."""

    title: str
    sheet_state: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[Cell, ...]]: ...


def read_safe(content: bytes, scans: Mapping[str, SheetScan], tell: Callable[[float, str], None]) -> list[Sheet]:
    """Return the sheets of an .xlsx file whose container was checked before; raise FileRefused if damaged.

    Blank tails are never kept, so that one space in XFD1048576 costs no memory.
    """
    with warnings.catch_warnings(), refusals.refuse_what_breaks():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    named = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
    if len(named) > MAX_SHEETS:
        raise refusals.too_many_sheets(len(named), MAX_SHEETS)
    sheets: list[Sheet] = []
    for number, source in enumerate(named):
        tell(0.1 + 0.9 * number / len(named), f"Чтение листа «{source.title}»")
        with refusals.refuse_what_breaks():
            sheets.append(_sheet(cast(_RowSource, source), scans.get(source.title, _NO_SCAN)))
    return sheets


def _sheet(source: _RowSource, scan: SheetScan) -> Sheet:
    source.reset_dimensions()
    errors: dict[int, list[int]] = {}
    for error in scan.errors:
        errors.setdefault(error.row, []).append(error.column)
    rows: list[list[Cell]] = []
    blank = 0
    for number, values in enumerate(source.iter_rows(values_only=True), start=1):
        if not values or all(map(is_blank, values)):
            blank += 1
            continue
        if number > MAX_ROWS:
            raise refusals.too_many_rows(source.title, number, MAX_ROWS)
        rows.extend([] for _ in range(blank))
        blank = 0
        row: list[Cell] = ["" if value is None else value for value in values]
        while is_blank(row[-1]):
            row.pop()
        if len(row) > MAX_COLUMNS:
            raise refusals.too_many_columns(source.title, column_letter(len(row) - 1), MAX_COLUMNS)
        rows.append(row)
        for column in errors.get(number, ()):
            if column < len(row):
                row[column] = ""
    return Sheet(
        name=source.title, rows=rows, hidden=source.sheet_state != "visible", errors=scan.errors, merged=scan.merged
    )
