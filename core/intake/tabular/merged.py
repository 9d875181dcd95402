"""Merged cells inside a table: a class or a school written once for many rows; scores under one cell."""

from __future__ import annotations

from collections.abc import Sequence

from core.intake.context import Context
from core.intake.tabular.spec import TableSpec
from core.words.nouns import plural
from core.workbooks.grid import Cell, column_letter


def fill_merged(
    columns: Sequence[tuple[Cell, ...]], spec: TableSpec, context: Context
) -> Sequence[tuple[Cell, ...]]:
    """Return the columns with the value of each merged area in a column of schools or classes put in all its rows.

    A merged area over scores is an error: nobody can say whose the one value is.
    """
    if not spec.sheet.merged:
        return columns
    roles, lines = spec.roles, len(columns[0]) if columns else 0
    fillable = {roles.school_code, roles.school_name, roles.municipality, roles.region, roles.class_name} - {None}
    scored = {item.column for item in spec.items}
    filled: dict[int, list[Cell]] = {}
    areas = 0
    for top, left, bottom, right in spec.sheet.merged:
        first, last = top - spec.first_row, min(bottom - spec.first_row, lines - 1)
        if last < 0 or first >= lines or first < 0:
            continue
        if scored & set(range(left, right + 1)) and (bottom > top or len(scored & set(range(left, right + 1))) > 1):
            area = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
            if any(columns[column][first] not in ("", None) for column in range(left, min(right + 1, len(columns)))):
                context.findings.add(
                    "error", "merged_scores", f"Ячейки с баллами объединены: {area}.",
                    "Отмените объединение и впишите балл каждому ученику.",
                    sheet=spec.sheet.name, row=top + 1, column=left, field=spec.header(left),
                )
            continue
        if left in fillable and last > first:
            cells = filled.setdefault(left, list(columns[left]))
            cells[first : last + 1] = [cells[first]] * (last - first + 1)
            areas += 1
    if not areas:
        return columns
    context.findings.add(
        "warning", "merged_filled",
        f"{plural(areas, 'объединённая ячейка', 'объединённые ячейки', 'объединённых ячеек')} "
        "с классом или школой: значение отнесено ко всем их строкам.",
        "Ничего делать не нужно.", sheet=spec.sheet.name,
    )
    return [tuple(filled[index]) if index in filled else column for index, column in enumerate(columns)]
