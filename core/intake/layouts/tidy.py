"""Tidy multi-year tables of regional analysts: marks, primary scores, markers of bias; one row a school and work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from core.blueprints.naming import guess_from_file_name
from core.intake.cells import as_number, as_whole, cell_text
from core.intake.context import Context
from core.intake.contract import AssessmentKey, ReferenceReport, ReferenceRowSpec
from core.intake.layouts.base import Book, Match, Reading
from core.intake.layouts.fisoko_frame import GroupLevel, percents, whole
from core.intake.personal import masked
from core.intake.sheet_top import SheetTop
from core.intake.tabular.schools import code_and_name
from core.intake.titles import subject_named
from core.workbooks.grid import Cell

Kind = Literal["marks", "scores", "bias"]
_KEYS = ("год", "логин", "оо")
_PARTICIPANTS = "кол-во участников"
_MARKS = ("2", "3", "4", "5")
_WORK = re.compile(r"^(1[01]|[1-9])\s+([а-я]{2,5})$")
"""«4 РУ» of the table of bias."""
_TOLERANCE = 1.5
"""Percentages of a row may miss 100 by so much through rounding."""


@dataclass(slots=True)
class _Group:
    """Rows of one work."""

    key: AssessmentKey
    rows: list[ReferenceRowSpec] = field(default_factory=list)


def recognise(book: Book) -> list[Match]:
    """Return the sheets with year, login and school in columns, and percentages or markers beside them."""
    matches = []
    for top in book.tops:
        row = top.find_row(*_KEYS)
        name = _kind(top.keys[row]) if row is not None else None
        if row is not None and name is not None:
            matches.append(Match(f"tidy-{name}", 1.0, top, row))
    return matches


def _kind(keys: Sequence[str]) -> Kind | None:
    if any("маркер" in key for key in keys) or sum(_WORK.match(key) is not None for key in keys) >= 2:
        return "bias"
    if not {"класс", "предмет", _PARTICIPANTS} <= set(keys):
        return None
    numbers = [key for key in keys if key.isdecimal()]
    if tuple(numbers) == _MARKS:
        return "marks"
    return "scores" if numbers[:2] == ["0", "1"] else None


def read(match: Match, context: Context) -> Reading:
    """Return a report for each year, grade and subject."""
    top, row = match.top, match.header_row
    kind = _kind(top.keys[row])
    groups = _bias(top, row, context) if kind == "bias" else _percentages(top, row, context)
    if not groups:
        context.findings.add(
            "error", "empty_report", "В таблице нет ни одной строки с числами.", "Проверьте, тот ли файл выбран.",
            sheet=top.sheet.name,
        )
    return Reading(
        reports=[
            ReferenceReport(match.layout, kind or "marks", group.key, tuple(group.rows), top.sheet.name)
            for group in groups
        ]
    )


def _percentages(top: SheetTop, row: int, context: Context) -> list[_Group]:
    keys = top.keys[row]
    columns = {key: keys.index(key) for key in (*_KEYS, "класс", "предмет", _PARTICIPANTS)}
    municipality = keys.index("муниципалитет") if "муниципалитет" in keys else None
    numbered = {column: key for column, key in enumerate(keys) if key.isdecimal()}
    groups: dict[tuple[int, int, str], _Group] = {}
    for number, cells in _rows(top, row):
        year, grade = (_whole_in(cells, columns[name], top, number, context) for name in ("год", "класс"))
        named = subject_named(_text(cells, columns["предмет"]), "ВПР")
        if year is None or grade is None or not named:
            continue
        values = percents(cells, numbered, top.sheet, number, top.texts[row], context)
        if not values:
            continue
        if abs(sum(values.values()) - 100) > _TOLERANCE:
            context.findings.add(
                "warning", "percents_sum",
                f"Проценты в строке дают {sum(values.values()):.1f}".replace(".", ",") + ", а не 100.",
                "Проверьте строку.", sheet=top.sheet.name, row=number,
            )
        spec = _school(cells, columns, municipality, whole(cells, columns[_PARTICIPANTS]), values)
        group = groups.setdefault(
            (year, grade, named), _Group(AssessmentKey("ВПР", named, grade, year, title=""))
        )
        group.rows.append(spec)
    return list(groups.values())


def _bias(top: SheetTop, row: int, context: Context) -> list[_Group]:
    """Read the markers: a column a work («4 РУ»); the total is their sum and is not kept."""
    keys = top.keys[row]
    columns = {key: keys.index(key) for key in _KEYS}
    municipality = keys.index("муниципалитет") if "муниципалитет" in keys else None
    headers = top.texts[row]
    works = {column: guess_from_file_name(text) for column, text in enumerate(headers) if _WORK.match(keys[column])}
    groups: dict[tuple[int, int], _Group] = {}
    for number, cells in _rows(top, row):
        year = _whole_in(cells, columns["год"], top, number, context)
        for column, work in works.items():
            value = as_number(cells[column]) if column < len(cells) else None
            if year is None or value is None or work.subject is None:
                continue
            key = AssessmentKey("ВПР", work.subject, work.grade, year)
            spec = _school(cells, columns, municipality, None, {"markers": value})
            groups.setdefault((year, column), _Group(key)).rows.append(spec)
    return list(groups.values())


def _rows(top: SheetTop, row: int) -> list[tuple[int, list[Cell]]]:
    """Return (Excel's row, cells) of the filled rows."""
    body = enumerate(top.sheet.rows[row + 1 :], start=row + 2)
    return [(number, cells) for number, cells in body if any(cell_text(cell) for cell in cells[:4])]


def _text(cells: Sequence[Cell], column: int) -> str:
    return cell_text(cells[column]) if column < len(cells) else ""


def _whole_in(cells: Sequence[Cell], column: int, top: SheetTop, number: int, context: Context) -> int | None:
    found = as_whole(cells[column]) if column < len(cells) else None
    if found is None:
        shown = masked(_text(cells, column))
        context.findings.add(
            "error", "bad_key", f"Ожидается число, а стоит «{shown}».", "Впишите год и класс числами.",
            sheet=top.sheet.name, row=number, column=column, value=shown,
        )
    return found


def _school(
    cells: Sequence[Cell], columns: dict[str, int], municipality: int | None, participants: int | None,
    values: dict[str, float],
) -> ReferenceRowSpec:
    """Return the row of a school; a row without login is a municipality's or the region's."""
    login, name = code_and_name(_text(cells, columns["логин"]))[0], code_and_name(_text(cells, columns["оо"]))[1]
    if login or name:
        return ReferenceRowSpec(name or login or "", "school", login, None, participants, values)
    area = code_and_name(_text(cells, municipality))[1] if municipality is not None else None
    level: GroupLevel = "municipality" if area else "country"
    return ReferenceRowSpec(area or "Вся выборка", level, None, None, participants, values)
