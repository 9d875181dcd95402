"""Aggregated ФИС ОКО reports with groups of participants as rows: marks, journal, scores, items, groups of marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from core.blueprints.items import parse_item_header
from core.intake.cells import as_whole, cell_text, folded
from core.intake.context import Context
from core.intake.contract import ItemSpec, ReferenceReport, ReferenceRowSpec
from core.intake.layouts.base import Book, Match, Reading
from core.intake.layouts.fisoko_frame import GROUPS, Levels, group_row, percents, titled, whole
from core.intake.layouts.fisoko_journal import is_journal, read_journal
from core.intake.sheet_top import SheetTop
from core.workbooks.grid import Cell

_MARKS = ("2", "3", "4", "5")
_MARK_GROUP = re.compile(r"(?:^|[\s«\"(.])([2-5])(?:[»\")]|$)")
_MAXIMUM = re.compile(r"^макс")


@dataclass(frozen=True, slots=True)
class _Frame:
    """Columns of a report: the group's, the counts', and those with a numbered header."""

    group: int
    schools: int | None
    participants: int | None
    numbered: dict[int, str]


def recognise(book: Book) -> list[Match]:
    """Return the sheets with a cell «Группы участников» in the header, as the kind of report that they are."""
    matches = []
    for top in book.tops:
        row = top.find_row(GROUPS)
        name = _kind(top, row) if row is not None else None
        if row is not None and name is not None:
            matches.append(Match(name, 1.0, top, row))
    return matches


def _kind(top: SheetTop, row: int) -> str | None:
    if is_journal(top, row):
        return "fisoko-journal"
    codes = list(_frame(top, row).numbered.values())
    first_rows = [keys[0] for keys in top.keys[row + 1 :] if keys]
    by_groups = sum(_mark_of(text) is not None for text in first_rows) >= 2
    if by_groups or any("группами" in text for keys in top.keys[:row] for text in keys):
        return "fisoko-groups"
    if tuple(codes) == _MARKS and not _maxima(top, row):
        return "fisoko-marks"
    if codes[:1] == ["0"]:
        return "fisoko-scores"
    return "fisoko-items" if codes else None


def read(match: Match, context: Context) -> Reading:
    """Return the report with one reference row a group of participants."""
    if match.layout == "fisoko-journal":
        return Reading(reports=read_journal(match, context))
    if match.layout == "fisoko-marks":
        return Reading(reports=[_plain(match, context, "marks")])
    if match.layout == "fisoko-scores":
        return Reading(reports=[_plain(match, context, "scores")])
    return Reading(reports=[_by_items(match, context)])


def _frame(top: SheetTop, row: int) -> _Frame:
    keys = top.keys[row]
    numbered: dict[int, str] = {}
    for column, text in enumerate(top.texts[row]):
        parsed = ("0", None) if text == "0" else parse_item_header(text)
        if parsed is not None:
            numbered[column] = parsed[0]
    return _Frame(keys.index(GROUPS), _count(keys, "оо", "школ"), _count(keys, "участник", "обучающ"), numbered)


def _count(keys: Sequence[str], *words: str) -> int | None:
    """Return the first column «Кол-во …» of one of the words."""
    found = [
        column for column, key in enumerate(keys)
        if re.match(r"кол-?во|количество|число", key) and any(word in key for word in words)
    ]
    return found[0] if found else None


def _plain(match: Match, context: Context, kind: str) -> ReferenceReport:
    top, row = match.top, match.header_row
    frame, levels = _frame(top, row), Levels()
    rows = [
        group_row(
            text, levels, whole(cells, frame.schools), whole(cells, frame.participants),
            percents(cells, frame.numbered, top.sheet, number, top.texts[row], context),
        )
        for number, text, cells in _body(top, row, frame.group)
    ]
    _report_empty(rows, top, context)
    key = titled(top, row, context)
    return ReferenceReport(match.layout, "marks" if kind == "marks" else "scores", key, tuple(rows), top.sheet.name)


def _by_items(match: Match, context: Context) -> ReferenceReport:
    top, row = match.top, match.header_row
    frame, maxima = _frame(top, row), _maxima(top, row)
    body = [
        (number, text, cells) for number, text, cells in _body(top, row, frame.group)
        if not any(_MAXIMUM.match(folded(cell_text(cell))) for cell in cells[:4])
    ]
    shares = [percents(cells, frame.numbered, top.sheet, number, top.texts[row], context) for number, _, cells in body]
    if match.layout == "fisoko-groups":
        rows = _groups_of_marks(body, shares, frame)
    else:
        levels = Levels()
        rows = [
            group_row(text, levels, whole(cells, frame.schools), whole(cells, frame.participants), values)
            for (_, text, cells), values in zip(body, shares, strict=True)
        ]
    _report_empty(rows, top, context)
    items = tuple(ItemSpec(code, maxima.get(column, 1)) for column, code in frame.numbered.items())
    key = titled(top, row, context, [item.code for item in items], [maxima.get(column) for column in frame.numbered])
    kind: Literal["groups", "items"] = "groups" if match.layout == "fisoko-groups" else "items"
    return ReferenceReport(match.layout, kind, key, tuple(rows), top.sheet.name, items)


def _groups_of_marks(
    body: Sequence[tuple[int, str, list[Cell]]], shares: Sequence[dict[str, float]], frame: _Frame
) -> list[ReferenceRowSpec]:
    """Return a row a group of participants with the keys «mark|item». The marks stand under or beside the group."""
    levels = Levels()
    found: dict[str, ReferenceRowSpec] = {}
    stated: set[str] = set()
    current = ""
    for (_, text, cells), values in zip(body, shares, strict=True):
        under = _mark_of(text)
        if under is None:
            current = text
        mark = under or _mark_beside(cells, frame)
        group = found.get(current) or group_row(current or text, levels, None, None, {})
        count = whole(cells, frame.participants)
        if mark is None:
            group = replace(group, schools=whole(cells, frame.schools), participants=count)
            stated |= {current} if count is not None else set()
        else:
            keyed = {f"{mark}|{code}": value for code, value in values.items()}
            group = replace(group, values={**group.values, **keyed})
            if count is not None and current not in stated:
                group = replace(group, participants=(group.participants or 0) + count)
        found[current] = group
    return list(found.values())


def _body(top: SheetTop, row: int, group: int) -> list[tuple[int, str, list[Cell]]]:
    """Return (Excel's row, text of the group, cells) of the filled rows under the header."""
    found = []
    for index, cells in enumerate(top.sheet.rows[row + 1 :], start=row + 2):
        text = cell_text(cells[group]) if group < len(cells) else ""
        if text:
            found.append((index, text, cells))
    return found


def _maxima(top: SheetTop, row: int) -> dict[int, int]:
    """Return the maxima by column from the second header row «Макс балл», {} where there is none."""
    for index in (row + 1, row + 2, row - 1):
        if not 0 <= index < len(top.keys):
            continue
        if any(_MAXIMUM.match(key) for key in top.keys[index]):
            wholes = {column: as_whole(cell) for column, cell in enumerate(top.sheet.rows[index])}
            return {column: top_score for column, top_score in wholes.items() if top_score}
    return {}


def _mark_of(text: str) -> str | None:
    """Return the mark of a row «2», «Группа «3»», «Ср.% вып. уч. гр.баллов 4», None for a group of participants."""
    key = folded(text)
    if len(key) > 60 or not re.match(r"[«\"(]?[2-5]|отметк|групп|ср\.? ?%|балл|уч", key):
        return None
    found = _MARK_GROUP.search(key)
    return found.group(1) if found else None


def _mark_beside(cells: Sequence[Cell], frame: _Frame) -> str | None:
    """Return the mark in a column of its own between the group and the items, or None."""
    for column in range(frame.group + 1, min(frame.numbered, default=0)):
        if column not in (frame.schools, frame.participants) and column < len(cells):
            mark = _mark_of(cell_text(cells[column]))
            if mark is not None:
                return mark
    return None


def _report_empty(rows: Sequence[ReferenceRowSpec], top: SheetTop, context: Context) -> None:
    if not any(row.values for row in rows):
        context.findings.add(
            "error", "empty_report", "В отчёте нет ни одной строки с числами.", "Выгрузите отчёт ещё раз.",
            sheet=top.sheet.name,
        )
