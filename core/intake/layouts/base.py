"""What every layout module offers, and the top of a workbook's sheets as recognition sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from core.intake.cells import cell_text, folded
from core.intake.context import Context
from core.intake.contract import ParsedWork, ReferenceReport
from core.workbooks.grid import Sheet, Workbook

TOP_ROWS = 30
"""How many rows of a sheet are looked at to recognise it."""
TOP_COLUMNS = 300


class SheetTop:
    """The first rows of a sheet as folded texts."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    @cached_property
    def texts(self) -> list[list[str]]:
        """Cleaned texts of the first 30 rows."""
        return [[cell_text(cell) for cell in row[:TOP_COLUMNS]] for row in self.sheet.rows[:TOP_ROWS]]

    @cached_property
    def keys(self) -> list[list[str]]:
        """The same, folded for comparing."""
        return [[folded(text) for text in row] for row in self.texts]

    def find_row(self, *wanted: str) -> int | None:
        """Return the first row (from 0) in which every wanted folded text stands in a cell of its own, or None."""
        need = set(wanted)
        return next((index for index, row in enumerate(self.keys) if need <= set(row)), None)


class Book:
    """A workbook to be recognised: its sheets with their tops, hidden sheets left out."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.tops = [SheetTop(sheet) for sheet in workbook.sheets if sheet.rows and not sheet.hidden]


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet that a layout claims as its own. Rows count from 0; confidence lies in 0..1."""

    layout: str
    confidence: float
    top: SheetTop
    header_row: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a layout read from one match."""

    works: Sequence[ParsedWork] = ()
    reports: Sequence[ReferenceReport] = ()


class Layout(Protocol):
    """A layout of result files, recognised by content and never by a file's name."""

    def recognise(self, book: Book) -> list[Match]:
        """Return the sheets in this layout, each with a confidence; none when it is another layout."""
        ...

    def read(self, match: Match, context: Context) -> Reading:
        """Return works and reports of a recognised sheet; what is wrong goes to the context's findings."""
        ...
