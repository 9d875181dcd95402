"""The top of a sheet as texts: what recognition looks at."""

from __future__ import annotations

from functools import cached_property

from core.intake.cells import cell_text, folded
from core.workbooks.grid import Sheet

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
