"""Writing workbooks whose bytes depend on their content only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import xlsxwriter

Value: TypeAlias = str | int | float | None

_MADE = datetime(2026, 6, 30, 9, 0)
"""Written into every file as its time of making, so that the same content gives the same bytes."""


@dataclass(slots=True)
class SheetContent:
    """One sheet: rows of values from row 1 and column A; None leaves a cell empty.

    `formulas` maps (row, column), both from 0, to (formula, value that Excel shows for it); they go before `rows`.
    """

    name: str
    rows: list[Sequence[Value]]
    formulas: Mapping[tuple[int, int], tuple[str, int]] = field(default_factory=dict)
    widths: Mapping[int, float] = field(default_factory=dict)
    header_row: int | None = None


def write_book(path: Path, sheets: Iterable[SheetContent]) -> Path:
    """Write the sheets into a new .xlsx file and return its path."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _MADE})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for content in sheets:
            sheet = book.add_worksheet(content.name[:31])
            for row, values in enumerate(content.rows):
                shape = bold if row == content.header_row else None
                for column, value in enumerate(values):
                    if isinstance(value, str):
                        sheet.write_string(row, column, value, shape)
                    elif value is not None:
                        sheet.write_number(row, column, value, shape)
            for (row, column), (formula, value) in content.formulas.items():
                sheet.write_formula(row, column, formula, None, value)
            for column, width in content.widths.items():
                sheet.set_column(column, column, width)
    return path
