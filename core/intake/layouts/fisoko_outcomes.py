"""ФИС ОКО «Достижение планируемых результатов»: items are rows, groups of participants are columns."""

from __future__ import annotations

import re

from core.blueprints.items import parse_item_header
from core.intake.cells import as_whole, cell_text
from core.intake.context import Context
from core.intake.contract import ItemSpec, ReferenceReport, ReferenceRowSpec
from core.intake.layouts.base import Book, Match, Reading
from core.intake.layouts.fisoko_frame import Levels, percents, titled
from core.intake.personal import MASK, surely_personal
from core.intake.sheet_top import SheetTop

NAME = "fisoko-outcomes"
_NUMBER = re.compile(r"^(?:номер|№) задани")
_SKILL = re.compile(r"^блоки поооп|^блоки пооп|проверяемые требования|^умени|планируемые результаты")
_MAXIMUM = re.compile(r"^макс")


def recognise(book: Book) -> list[Match]:
    """Return the sheets with columns for the item's number, its skill and its maximum."""
    matches = []
    for top in book.tops:
        for row, keys in enumerate(top.keys):
            if all(any(pattern.search(key) for key in keys) for pattern in (_NUMBER, _SKILL, _MAXIMUM)):
                matches.append(Match(NAME, 1.0, top, row))
                break
    return matches


def read(match: Match, context: Context) -> Reading:
    """Return the report with a reference row a group, and the skill of each item."""
    top, row = match.top, match.header_row
    number, skill, maximum = (_column(top, row, pattern) for pattern in (_NUMBER, _SKILL, _MAXIMUM))
    groups = {
        column: text for column, text in enumerate(top.texts[row]) if text and column not in (number, skill, maximum)
    }
    items: list[ItemSpec] = []
    skills: list[str] = []
    values: dict[str, dict[str, float]] = {text: {} for text in groups.values()}
    for index, cells in enumerate(top.sheet.rows[row + 1 :], start=row + 2):
        parsed = parse_item_header(cell_text(cells[number])) if number < len(cells) else None
        if parsed is None:
            continue
        top_score = as_whole(cells[maximum]) if maximum < len(cells) else None
        if top_score is None or not 1 <= top_score <= 127:
            context.findings.add(
                "error", "bad_maximum", f"Не указан максимальный балл задания {parsed[0]}.",
                "Выгрузите отчёт ещё раз.", sheet=top.sheet.name, row=index, column=maximum,
                field=top.texts[row][maximum],
            )
            continue
        items.append(ItemSpec(parsed[0], top_score))
        text = cell_text(cells[skill]) if skill < len(cells) else ""
        skills.append(MASK if surely_personal(text) else text)
        shares = percents(cells, groups, top.sheet, index, top.texts[row], context)
        for group, value in shares.items():
            values[group][parsed[0]] = value
    return Reading(reports=[_report(match, items, skills, values, context)])


def _report(
    match: Match, items: list[ItemSpec], skills: list[str], values: dict[str, dict[str, float]], context: Context
) -> ReferenceReport:
    top, row = match.top, match.header_row
    if not items:
        context.findings.add(
            "error", "empty_report", "В отчёте нет ни одного задания.", "Выгрузите отчёт ещё раз.", sheet=top.sheet.name
        )
    key = titled(top, row, context, [item.code for item in items], [item.max_score for item in items])
    rows = []
    levels = Levels()
    for text, shares in values.items():
        name, code, level = levels.of(text)
        rows.append(ReferenceRowSpec(name, level, code, None, None, shares))
    return ReferenceReport(NAME, "outcomes", key, tuple(rows), top.sheet.name, tuple(items), tuple(skills))


def _column(top: SheetTop, row: int, pattern: re.Pattern[str]) -> int:
    return next(column for column, key in enumerate(top.keys[row]) if pattern.search(key))
