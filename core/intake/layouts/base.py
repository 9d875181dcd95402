"""What every layout module offers, and the workbook as recognition sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.intake.context import Context
from core.intake.contract import ParsedWork, ReferenceReport
from core.intake.sheet_top import SheetTop
from core.intake.tabular.header_rows import FoundHeader
from core.workbooks.grid import Workbook


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
    found: FoundHeader | None = None
    """The header, where recognising it was the work (wide tables)."""


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
