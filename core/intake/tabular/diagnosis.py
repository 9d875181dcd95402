"""Findings about score cells: what is wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text
from core.intake.findings import LISTED, Findings
from core.intake.matrix import NOT_ADMINISTERED, NOT_ATTEMPTED
from core.intake.personal import masked_score
from core.intake.tabular.scores import BAD, BLANK, UNUSUAL
from core.intake.tabular.spec import TableSpec
from core.intake.tabular.values import why_no_score
from core.words.nouns import plural
from core.workbooks.grid import Cell


def report_scores(
    matrix: NDArray[np.int8],
    columns: Sequence[Sequence[Cell]],
    lines: NDArray[np.intp],
    maxima: Sequence[int | None],
    spec: TableSpec,
    findings: Findings,
    known_errors: frozenset[tuple[int, int]],
) -> None:
    """Report every cell of `matrix` (the participants' rows × items) that holds no score, or one above its maximum.

    `columns` are the whole columns of the table and `lines` the positions of the participants in them;
    `known_errors` are cells (row from 1, column from 0) already reported as Excel errors.
    """
    limits = np.array([127 if maximum is None else maximum for maximum in maxima], dtype=np.int8)
    wrong = (matrix == BAD) | (matrix > limits)
    if wrong.any():
        _report_wrong(wrong, columns, lines, maxima, spec, findings, known_errors)
    _report_substitutes(matrix, columns, lines, spec, findings)


def _report_wrong(
    wrong: NDArray[np.bool_],
    columns: Sequence[Sequence[Cell]],
    lines: NDArray[np.intp],
    maxima: Sequence[int | None],
    spec: TableSpec,
    findings: Findings,
    known_errors: frozenset[tuple[int, int]],
) -> None:
    cells = np.argwhere(wrong)
    for position, item in cells[: 2 * LISTED]:
        line = int(lines[position])
        column = spec.items[item].column
        row = spec.row(line)
        if (row, column) in known_errors:
            continue
        cell = columns[item][line]
        code, message, advice = why_no_score(cell, maxima[item])
        findings.add(
            "error", code, message, advice, sheet=spec.sheet.name, row=row, column=column,
            field=spec.items[item].header, value=masked_score(cell_text(cell)),
        )
    findings.count_more("error", len(cells) - 2 * LISTED)


def _report_substitutes(
    matrix: NDArray[np.int8],
    columns: Sequence[Sequence[Cell]],
    lines: NDArray[np.intp],
    spec: TableSpec,
    findings: Findings,
) -> None:
    """Warn, once each, about «-» or «N» counted as «X», about empty score cells and about items nobody has."""
    offered = offered_items(matrix)
    for item in np.flatnonzero(~offered):
        column = spec.items[item]
        findings.add(
            "warning", "item_not_administered", f"Задание {column.code}: баллов нет ни у кого, оно не учитывается.",
            "Если задание выполняли, впишите баллы.", sheet=spec.sheet.name, row=spec.header_row + 1,
            column=column.column, field=column.header,
        )
    for code, slug in ((UNUSUAL, "unusual_skip"), (BLANK, "blank_score")):
        cells = np.argwhere((matrix == code) & offered)
        if not len(cells):
            continue
        position, item = cells[0]
        line = int(lines[position])
        shown = cell_text(columns[item][line])
        many = plural(len(cells), "ячейке", "ячейках", "ячейках")
        message = (
            f"В {many} баллов вместо «X» стоит другой знак, например «{shown}»: учтено как «X — не приступал»."
            if code == UNUSUAL
            else f"В {many} баллы не проставлены, хотя работа написана: учтено как «X — не приступал»."
        )
        findings.add(
            "warning", slug, message, "Если это не так, впишите баллы и загрузите файл ещё раз.",
            sheet=spec.sheet.name, row=spec.row(line), column=spec.items[item].column,
            field=spec.items[item].header, value=shown or None,
        )


def offered_items(matrix: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Say of each item whether anybody has anything in its column; an item empty for all was not administered."""
    return np.asarray((matrix != BLANK).any(axis=0))


def settle(matrix: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the matrix with the reader's own codes turned into stored ones, row-major."""
    settled = np.ascontiguousarray(matrix)
    if settled.size and settled.min() < NOT_ADMINISTERED:
        settled = settled.copy()
        settled[:, ~offered_items(matrix)] = NOT_ADMINISTERED
        settled[settled < NOT_ADMINISTERED] = NOT_ATTEMPTED
    return settled
