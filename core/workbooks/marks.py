"""What is marked in a workbook that goes back to the user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from core.workbooks.safe_text import safe_text

REMARKS_SHEET: Final = "Замечания"
REMARKS_TITLE: Final = "Замечания программы «Цикл качества»"
REMARKS_HELP: Final = "Исправьте отмеченные ячейки и загрузите файл снова. Этот лист удалять не обязательно."
REMARKS_HEADER: Final = ("№", "Лист", "Ячейка", "Замечание")
REMARKS_WIDTHS: Final = (6, 28, 10, 100)
AUTHOR: Final = "Цикл качества"
FILL: Final = "FFC7CE"
MAX_MARKS: Final = 2_000
_MAX_COMMENT: Final = 1_000


class Mark(NamedTuple):
    """A remark on a cell, a row (no column), a sheet (no row) or the whole file (no sheet)."""

    sheet: str | None
    row: int | None
    """Excel's count, from 1."""
    column: str | None
    """Excel's letter."""
    text: str

    @property
    def cell(self) -> str:
        """Return the address as Excel writes it: «E14», «строка 14», «столбец E», or «» for a sheet."""
        if self.row is not None and self.column:
            return f"{self.column}{self.row}"
        if self.row is not None:
            return f"строка {self.row}"
        return f"столбец {self.column}" if self.column else ""


def remark_rows(marks: Sequence[Mark]) -> Iterable[tuple[int, str, str, str]]:
    """Return the rows of the list of remarks: number, sheet, cell, text."""
    for number, mark in enumerate(marks, start=1):
        yield number, safe_text(mark.sheet or ""), mark.cell, safe_text(mark.text)


def comments_by_cell(marks: Sequence[Mark]) -> dict[str, dict[tuple[int, str], str]]:
    """Return sheet -> (row, column letter) -> all remarks on the cell; a remark on a row stands at its first cell."""
    sheets: dict[str, dict[tuple[int, str], str]] = {}
    for mark in marks:
        if mark.sheet is not None and mark.row is not None:
            cells = sheets.setdefault(mark.sheet, {})
            place = (mark.row, mark.column or "A")
            text = safe_text(mark.text)
            cells[place] = f"{cells[place]}\n{text}"[:_MAX_COMMENT] if place in cells else text[:_MAX_COMMENT]
    return sheets
