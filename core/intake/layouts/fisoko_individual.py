"""ФИС ОКО «Индивидуальные результаты» (Ф1): one row a pupil, codes only, schools in section rows."""

from __future__ import annotations

import re
from collections import Counter

from core.blueprints.items import parse_item_header
from core.intake.cells import cell_text
from core.intake.context import Context
from core.intake.contract import ParsedWork
from core.intake.layouts.base import Book, Match, Reading
from core.intake.sheet_top import SheetTop
from core.intake.tabular.schools import code_and_name
from core.intake.tabular.spec import ItemColumn, TableSpec, roles_from
from core.intake.tabular.table import read_table
from core.intake.titles import read_titles
from core.workbooks.grid import Cell

NAME = "fisoko-individual"
_REQUIRED = ("код участника", "название оо", "класс", "первичный балл")
_ROLES = {
    "оо": "school_code",
    "муниципалитет": "municipality",
    "название оо": "school_name",
    "код участника": "code",
    "класс": "class_name",
    "вариант": "variant",
    "первичный балл": "total",
    "отметка": "mark",
    "отметка по журналу": "journal_mark",
}
_COUNT = re.compile(r"кол-?во участников:? *(\d+)", re.I)
_LEVELS = frozenset("БПВ")


def recognise(book: Book) -> list[Match]:
    """Return the sheets with the fixed columns of Ф1 and at least one item «1 (2б)»."""
    matches = []
    for top in book.tops:
        row = top.find_row(*_REQUIRED)
        if row is not None and _items(top, row):
            matches.append(Match(NAME, 1.0, top, row))
    return matches


def read(match: Match, context: Context) -> Reading:
    """Return the work of the sheet, with all schools and classes."""
    top, row = match.top, match.header_row
    keys = top.keys[row]
    roles = roles_from({role: keys.index(key) for key, role in _ROLES.items() if key in keys})
    spec = TableSpec(
        layout=NAME,
        sheet=top.sheet,
        header_row=row,
        first_row=row + 1,
        items=_items(top, row),
        roles=roles,
        headers=tuple(top.texts[row]),
        found=read_titles(top.sheet.rows[:row]),
        procedure="ВПР",
        is_section=_is_section,
    )
    work = read_table(spec, context)
    if work is not None:
        _check_sections(work, spec, context)
    return Reading(works=[work] if work else [])


def _check_sections(work: ParsedWork, spec: TableSpec, context: Context) -> None:
    """Warn when a school's section row announces another number of participants than the table holds."""
    read: Counter[str] = Counter()
    for part in work.classes:
        read[part.school.code or part.school.name or ""] += len(part.codes)
    written = {row for part in work.classes for row in part.rows.tolist()}
    for line, row in enumerate(spec.sheet.rows[spec.first_row :]):
        if spec.row(line) in written or not row or not _is_section(row):
            continue
        announced = next(int(found.group(1)) for cell in row[:4] if (found := _COUNT.search(cell_text(cell))))
        code, name = code_and_name(cell_text(row[0]))
        count = read[code or name or ""] or read[name or ""]
        if count and announced != count:
            context.findings.add(
                "warning", "incomplete_section",
                f"«{name or code}»: в отчёте указано участников {announced}, а строк с баллами {count}.",
                "Возможно, часть строк удалена. Выгрузите отчёт ещё раз.",
                sheet=spec.sheet.name, row=spec.row(line),
            )


def _items(top: SheetTop, row: int) -> tuple[ItemColumn, ...]:
    levels = next((above for above in top.texts[max(row - 2, 0) : row] if _LEVELS & set(above)), [])
    items = []
    for column, text in enumerate(top.texts[row]):
        parsed = parse_item_header(text) if top.keys[row][column] not in _ROLES else None
        if parsed is not None:
            level = levels[column] if column < len(levels) and levels[column] in _LEVELS else None
            items.append(ItemColumn(column, parsed[0], parsed[1], text, level))
    return tuple(items)


def _is_section(row: list[Cell]) -> bool:
    # The plain search comes first: this is asked of every row.
    return any(isinstance(cell, str) and "участник" in cell and _COUNT.search(cell_text(cell)) for cell in row[:4])
