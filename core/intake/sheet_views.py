"""The top of each sheet for the mapping screen, without personal data."""

from __future__ import annotations

from collections.abc import Sequence

from core.intake.cells import cell_text
from core.intake.contract import SheetView
from core.intake.personal import MASK, masked, personal_content, personal_header
from core.intake.tabular.headers import role_of
from core.workbooks.grid import Sheet, Workbook

ROWS = 30
COLUMNS = 60
_SAMPLE = 300
"""So many rows are looked at to tell whether a column holds personal data."""


def sheet_views(workbook: Workbook) -> tuple[SheetView, ...]:
    """Return a view of every sheet, hidden ones too: at most 30 rows × 60 columns of texts, names as «•••»."""
    return tuple(_view(sheet) for sheet in workbook.sheets if sheet.rows)


def _view(sheet: Sheet) -> SheetView:
    sample = [[cell_text(cell) for cell in row[:COLUMNS]] for row in sheet.rows[:_SAMPLE]]
    personal = _personal_columns(sample)
    top = tuple(
        tuple(_shown(text, column in personal and index > personal[column]) for column, text in enumerate(row))
        for index, row in enumerate(sample[:ROWS])
    )
    return SheetView(
        name=sheet.name,
        rows=len(sheet.rows),
        columns=max(map(len, sheet.rows), default=0),
        hidden=sheet.hidden,
        top=top,
    )


def _shown(text: str, in_personal_column: bool) -> str:
    """Return what is shown of a cell; headers are shown even where they are written like names («Код Участника»)."""
    if not text or role_of(text) is not None:
        return text
    return MASK if in_personal_column else masked(text)


def _personal_columns(sample: Sequence[Sequence[str]]) -> dict[int, int]:
    """Return the columns with personal data and the row after which they hold it (-1: from the first row on)."""
    found: dict[int, int] = {}
    for column in range(max(map(len, sample), default=0)):
        texts = [row[column] if column < len(row) else "" for row in sample]
        for index, text in enumerate(texts[:ROWS]):
            if text and len(text) <= 60 and role_of(text) is None and personal_header(text) is not None:
                found[column] = index
                break
        else:
            if personal_content(texts) is not None:
                found[column] = -1
    return found
