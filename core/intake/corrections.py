"""Cells that the user put right in the preview, applied to the workbook as it was read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.intake.contract import CellCorrection
from core.workbooks.grid import Cell, Sheet, Workbook

_NUMBER = re.compile(r"-?[0-9]{1,6}([.,][0-9]{1,4})?")


def corrected(workbook: Workbook, corrections: Sequence[CellCorrection]) -> Workbook:
    """Return the workbook with the corrected cells in place; corrections of unknown sheets are left out."""
    if not corrections:
        return workbook
    return replace(
        workbook,
        sheets=tuple(
            _corrected_sheet(sheet, [one for one in corrections if one.sheet == sheet.name])
            for sheet in workbook.sheets
        ),
    )


def column_index(letters: str) -> int:
    """Return the number of a column counted from 0.

    >>> column_index("A"), column_index("AA")
    (0, 26)
    """
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def _corrected_sheet(sheet: Sheet, corrections: Sequence[CellCorrection]) -> Sheet:
    if not corrections:
        return sheet
    rows = list(sheet.rows)
    places = set()
    for one in corrections:
        row, column = one.row - 1, column_index(one.column)
        if not (0 <= row < len(rows) and 0 <= column <= 16_383):
            continue
        cells = list(rows[row])
        cells += [""] * (column + 1 - len(cells))
        cells[column] = _typed(one.value)
        rows[row] = cells
        places.add((one.row, column))
    errors = tuple(error for error in sheet.errors if (error.row, error.column) not in places)
    return replace(sheet, rows=rows, errors=errors)


def _typed(value: str) -> Cell:
    """Return what was typed as a number where it is one: Excel would have done so."""
    text = value.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else text
