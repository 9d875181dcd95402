"""A workbook as plain rows, the same for .xlsx, .xls, .ods and .csv."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

Cell: TypeAlias = str | float | int | bool | datetime | date | time | timedelta | None
"""As the reader gives it; an empty cell is "" or None. Whole numbers may come as floats."""


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell in which Excel shows an error, or a formula without a computed value."""

    row: int
    """Counts from 1 as Excel shows it."""
    column: int
    """Counts from 0."""
    text: str
    """«#N/A», «#DIV/0!», … or «формула не вычислена»."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `rows[0]` is Excel's row 1 and `rows[r][0]` its column A; rows may differ in length."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    errors: tuple[CellError, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged areas as (first row, first column, last row, last column), counted from 0; may be empty if unknown."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of a file, hidden ones marked."""

    file_name: str
    sheets: tuple[Sheet, ...]


def column_letter(index: int) -> str:
    """Return Excel's letter of a column counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
