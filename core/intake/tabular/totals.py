"""The file's own total against the sum of the items."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text, is_blank
from core.intake.findings import Findings
from core.intake.personal import masked_score
from core.intake.tabular.marks import number_column
from core.intake.tabular.spec import TableSpec
from core.words.nouns import plural
from core.workbooks.grid import Cell

_EXAMPLES = 3
_MOST = 0.5
"""When more than this share of the totals disagree, the column rather than single cells is wrong."""


def check_totals(
    cells: Sequence[Cell],
    column: int,
    sums: NDArray[np.int16],
    lines: NDArray[np.intp],
    spec: TableSpec,
    findings: Findings,
) -> NDArray[np.int16]:
    """Return the totals as the file states them, the sum of the items where it states none.

    A number that disagrees with the sum (X = 0) is an error: one of the two is mistyped and nobody but the school
    can say which (security.md E04). In ГИА it is a warning: there the order of criteria may differ from the
    blueprint's (domain.md §2.3).
    """
    stated = number_column(cells, lines)
    _report_words(cells, column, stated, lines, spec, findings)
    wrong = np.flatnonzero(~np.isnan(stated) & (np.abs(stated - sums) > 1e-6))
    totals = np.where(np.isnan(stated) | (np.abs(stated) > 30000), sums, np.rint(np.nan_to_num(stated)))
    result = totals.astype(np.int16)
    if not len(wrong):
        return result
    severity = "error" if spec.total_mismatch_refuses else "warning"
    many = len(wrong) > max(5, _MOST * len(lines))
    for position in wrong[: _EXAMPLES if many else None]:
        shown = f"{stated[position]:g}".replace(".", ",")
        findings.add(
            "error" if severity == "error" else "warning",
            "total_mismatch",
            f"Итог {shown} не равен сумме баллов за задания {sums[position]}.",
            "Исправьте итог или баллы за задания.",
            sheet=spec.sheet.name, row=spec.row(int(lines[position])), column=column,
            field=spec.header(column), value=shown,
        )
    if many:
        findings.add(
            "error" if severity == "error" else "warning",
            "totals_disagree",
            f"Итог не равен сумме баллов у {plural(len(wrong), 'участника', 'участников', 'участников')} "
            f"из {len(lines)}.",
            "Похоже, столбец содержит другой показатель (например, тестовый балл) или часть заданий не распознана. "
            "Проверьте шапку таблицы.",
            sheet=spec.sheet.name, column=column, field=spec.header(column),
        )
    return result


def _report_words(
    cells: Sequence[Cell],
    column: int,
    stated: NDArray[np.float64],
    lines: NDArray[np.intp],
    spec: TableSpec,
    findings: Findings,
) -> None:
    """Warn about totals that are words: the sum of the items is taken in their place."""
    odd = [int(line) for line in lines[np.isnan(stated)] if not is_blank(cells[line])]
    if odd:
        shown = masked_score(cell_text(cells[odd[0]]))
        findings.add(
            "warning", "total_not_number",
            f"Итог — не число у {plural(len(odd), 'участника', 'участников', 'участников')}, например «{shown}»: "
            "взята сумма баллов за задания.",
            "Если итог важен, впишите его числом.", sheet=spec.sheet.name, row=spec.row(odd[0]), column=column,
            field=spec.header(column), value=shown,
        )
