"""What the aggregated reports of ФИС ОКО share: frame, groups of participants and their levels, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.intake.cells import as_number, as_whole, cell_text, folded, is_blank
from core.intake.context import Context
from core.intake.contract import AssessmentKey, ReferenceRowSpec
from core.intake.identifying import Evidence, identify_work
from core.intake.personal import masked
from core.intake.sheet_top import SheetTop
from core.intake.tabular.schools import code_and_name
from core.intake.titles import read_titles
from core.workbooks.grid import Cell, Sheet

GroupLevel = Literal["country", "region", "municipality", "school", "unknown"]

GROUPS = "группы участников"
_COUNTRY = re.compile(r"^(?:вся выборка|рф|россия|российская федерация)\b")
_REGION = re.compile(r"\b(?:область|край|республика|автономн\w+ округ|москва|санкт-петербург|севастополь)\b")
_MUNICIPALITY = re.compile(r"район|муницип|городск\w+ округ|\bг\.|\bгород\b|\bокруг\b|_m\d+")
_SCHOOL = re.compile(r"\b(?:сош|оош|нош|школа|гимназия|лицей|интернат|мбоу|моу|мкоу|гбоу|маоу|гоу|чоу)\b")


def titled(top: SheetTop, header_row: int, context: Context, codes: Sequence[str] = (),
           maxima: Sequence[int | None] = ()) -> AssessmentKey:
    """Return which work a report is about; ФИС ОКО reports are about ВПР unless the title names another procedure."""
    evidence = Evidence(
        sheet=top.sheet.name, titles=read_titles(top.sheet.rows[:header_row]), codes=tuple(codes),
        maxima=tuple(maxima), procedure="ВПР",
    )
    return identify_work(evidence, context)


@dataclass(slots=True)
class Levels:
    """Tells the level of each group as a report's rows go by: by code, by words, else by order."""

    _above: GroupLevel | None = None

    def of(self, text: str) -> tuple[str, str | None, GroupLevel]:
        """Return (name, code or None, level) of the next group of participants."""
        code, name = code_and_name(text)
        key = folded(text)
        level: GroupLevel
        if code is not None and code.startswith(("edu", "sch", "spo")):
            level = "school"
        elif code is not None and "_m" in code:
            level = "municipality"
        elif _COUNTRY.match(key):
            level = "country"
        elif _SCHOOL.search(key):
            level = "school"
        elif _REGION.search(key) or (code is not None and code.startswith("reg")):
            level = "region"
        elif _MUNICIPALITY.search(key):
            level = "municipality"
        elif self._above == "country":
            level = "region"
        else:
            level = "municipality" if self._above == "region" else "unknown"
        self._above = level
        return name or text, code, level


def percents(
    row: Sequence[Cell], columns: dict[int, str], sheet: Sheet, number: int, headers: Sequence[str], context: Context
) -> dict[str, float]:
    """Return the numbers of a report's row by key. What is no number, or no per cent, is an error finding."""
    values: dict[str, float] = {}
    for column, key in columns.items():
        cell = row[column] if column < len(row) else ""
        if is_blank(cell) or cell_text(cell) in ("-", "—", "–"):
            continue
        value = as_number(cell.strip().rstrip("%") if isinstance(cell, str) else cell)
        if value is None or not 0 <= value <= 100:
            shown = masked(cell_text(cell))
            context.findings.add(
                "error", "bad_percent", f"Ожидается процент от 0 до 100, а стоит «{shown}».",
                "Исправьте значение или выгрузите отчёт ещё раз.",
                sheet=sheet.name, row=number, column=column,
                field=headers[column] if column < len(headers) else None, value=cell,
            )
            continue
        values[key] = value
    return values


def whole(row: Sequence[Cell], column: int | None) -> int | None:
    """Return the count in a column of a row, None where there is none."""
    return as_whole(row[column]) if column is not None and column < len(row) else None


def group_row(
    text: str, levels: Levels, schools: int | None, participants: int | None, values: dict[str, float]
) -> ReferenceRowSpec:
    """Return one row of a report."""
    name, code, level = levels.of(text)
    return ReferenceRowSpec(name, level, code, schools, participants, values)


def join_rows(rows: list[ReferenceRowSpec], row: ReferenceRowSpec) -> None:
    """Add a row, joining its values to those of the same group if it was the last one met."""
    if rows and (rows[-1].group, rows[-1].group_code) == (row.group, row.group_code):
        rows[-1] = replace(rows[-1], values={**rows[-1].values, **row.values})
    else:
        rows.append(row)
