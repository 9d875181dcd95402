"""Marks, variants, totals: columns with one number a participant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import as_number, as_whole, cell_text, folded
from core.intake.findings import Findings
from core.intake.matrix import NO_MARK
from core.intake.personal import masked_score
from core.intake.tabular.grid_columns import coded, mapped
from core.intake.tabular.spec import TableSpec
from core.words.nouns import plural
from core.workbooks.grid import Cell

_NO_MARK_WORDS = frozenset({"", "нет отметки", "нет", "н/а", "на", "-", "—", "–", "н", "не аттестован", "осв"})
_BAD_MARK = -1
_ONE = 1


def mark_column(
    cells: Sequence[Cell], column: int, lines: NDArray[np.intp], spec: TableSpec, findings: Findings
) -> NDArray[np.int8]:
    """Return marks 2..5 (0 where there is none) of the participants' lines; anything else is an error finding.

    The mark «1» of some journals is counted as «2», with a warning.
    """
    marks = coded(cells, _mark, np.int8)[lines]
    for position in np.flatnonzero(marks == _BAD_MARK):
        cell = cells[int(lines[position])]
        shown = masked_score(cell_text(cell))
        findings.add(
            "error", "mark_outside_scale", f"Отметка «{shown}» — не из 2, 3, 4, 5.",
            "Исправьте отметку или оставьте ячейку пустой.",
            sheet=spec.sheet.name, row=spec.row(int(lines[position])), column=column,
            field=spec.header(column), value=shown,
        )
    ones = np.flatnonzero(marks == _ONE)
    if len(ones):
        findings.add(
            "warning", "mark_one",
            f"Отметка «1» стоит у {plural(len(ones), 'участника', 'участников', 'участников')}: учтена как «2».",
            "Если это ошибка, исправьте отметку.",
            sheet=spec.sheet.name, row=spec.row(int(lines[ones[0]])), column=column,
            field=spec.header(column), value="1",
        )
        marks[ones] = 2
    marks[marks == _BAD_MARK] = NO_MARK
    return marks


def _mark(cell: Cell) -> int:
    whole = as_whole(cell)
    if whole is not None:
        return whole if 1 <= whole <= 5 else _BAD_MARK
    if isinstance(cell, str) or cell is None:
        return NO_MARK if folded(cell_text(cell)) in _NO_MARK_WORDS else _BAD_MARK
    return _BAD_MARK


def variant_column(
    cells: Sequence[Cell], column: int, lines: NDArray[np.intp], spec: TableSpec, findings: Findings
) -> NDArray[np.int16]:
    """Return numbers of variants of the participants' lines, 0 where unknown; odd ones are a warning."""
    numbers = coded(cells, _variant, np.int16)[lines]
    odd = np.flatnonzero(numbers < 0)
    if len(odd):
        line = int(lines[odd[0]])
        shown = masked_score(cell_text(cells[line]))
        findings.add(
            "warning", "odd_variant",
            f"Вариант не распознан у {plural(len(odd), 'участника', 'участников', 'участников')}, "
            f"например «{shown}»: вариант не учтён.",
            "Проверьте столбец: вариант — это число.",
            sheet=spec.sheet.name, row=spec.row(line), column=column,
            field=spec.header(column), value=shown,
        )
    return np.maximum(numbers, 0)


def _variant(cell: Cell) -> int:
    whole = as_whole(cell)
    if whole is not None:
        return whole if 0 <= whole <= 9999 else -1
    text = folded(cell_text(cell)).replace("вариант", "").replace("вар", "").strip(" .№")
    if not text or text in _NO_MARK_WORDS:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else -1


def number_column(cells: Sequence[Cell], lines: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return numbers of the participants' lines, NaN for what is no number."""
    if set(map(type, cells)) <= {float, int}:
        return np.array(cells, dtype=np.float64)[lines]
    return np.array(mapped(cells, _number), dtype=np.float64)[lines]


def _number(cell: Cell) -> float:
    number = as_number(cell)
    return float("nan") if number is None else number
