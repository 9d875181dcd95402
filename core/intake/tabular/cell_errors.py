"""Cells that show an Excel error or hold a formula that was never computed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.intake.findings import Findings
from core.intake.tabular.spec import TableSpec
from core.workbooks.grid import CellError


def report_cell_errors(
    spec: TableSpec, participants: NDArray[np.intp], findings: Findings
) -> frozenset[tuple[int, int]]:
    """Report error cells in the columns that are read, in participants' lines; return their (row, column)."""
    if not spec.sheet.errors:
        return frozenset()
    read = {item.column for item in spec.items} | set(spec.roles.single().values())
    lines = {spec.row(int(line)) for line in participants}
    found = [error for error in spec.sheet.errors if error.column in read and error.row in lines]
    for error in found:
        report_cell_error(error, spec, findings)
    return frozenset((error.row, error.column) for error in found)


def report_cell_error(error: CellError, spec: TableSpec, findings: Findings) -> None:
    """Report one cell that shows an Excel error or holds a formula without a value."""
    formula = not error.text.startswith("#")
    findings.add(
        "error",
        "formula_not_computed" if formula else "cell_error",
        "Формула в ячейке не вычислена." if formula else f"В ячейке ошибка Excel {error.text}.",
        "Откройте файл в Excel и сохраните его." if formula else "Исправьте формулу или впишите значение.",
        sheet=spec.sheet.name, row=error.row, column=error.column, field=spec.header(error.column),
        value=error.text,
    )
