"""ФИС ОКО «Сравнение отметок с отметками по журналу»: a row a group (now), three rows a group (2019-2022)."""

from __future__ import annotations

from core.intake.cells import cell_text, folded
from core.intake.context import Context
from core.intake.contract import ReferenceReport, ReferenceRowSpec
from core.intake.layouts.base import Match
from core.intake.layouts.fisoko_frame import GROUPS, Levels, group_row, join_rows, percents, titled, whole
from core.intake.sheet_top import SheetTop

_KINDS = {"понизили": "lowered", "подтвердили": "confirmed", "повысили": "raised"}


def is_journal(top: SheetTop, row: int) -> bool:
    """Say whether a report compares marks with the journal, in either form."""
    if any(_kind(key) for key in top.keys[row]):
        return True
    return sum(any(_kind(key) for key in keys[:3]) for keys in top.keys[row + 1 :]) >= 2


def read_journal(match: Match, context: Context) -> list[ReferenceReport]:
    """Return the report with the shares of those who lowered, confirmed and raised their mark."""
    top, row = match.top, match.header_row
    wide = any(_kind(key) for key in top.keys[row])
    rows = _wide(top, row, context) if wide else _long(top, row, context)
    if not any(found.values for found in rows):
        context.findings.add(
            "error", "empty_report", "В отчёте нет ни одной строки с числами.", "Выгрузите отчёт ещё раз.",
            sheet=top.sheet.name,
        )
    return [
        ReferenceReport(match.layout, "journal", titled(top, row, context), tuple(rows), top.sheet.name)
    ]


def _kind(key: str) -> str | None:
    return next((kind for word, kind in _KINDS.items() if key.startswith(word)), None)


def _wide(top: SheetTop, row: int, context: Context) -> list[ReferenceRowSpec]:
    keys = top.keys[row]
    group, levels = keys.index(GROUPS), Levels()
    shares = {column: kind for column, key in enumerate(keys) if (kind := _kind(key)) and "%" in key}
    participants = next((column for column, key in enumerate(keys) if key.startswith("кол")), None)
    rows = []
    for number, cells in enumerate(top.sheet.rows[row + 1 :], start=row + 2):
        text = cell_text(cells[group]) if group < len(cells) else ""
        if text:
            values = percents(cells, shares, top.sheet, number, top.texts[row], context)
            rows.append(group_row(text, levels, None, whole(cells, participants), values))
    return rows


def _long(top: SheetTop, row: int, context: Context) -> list[ReferenceRowSpec]:
    """Read the old form: under or beside a group's name a row each for lowered, confirmed, raised and all."""
    keys = top.keys[row]
    group, levels = keys.index(GROUPS), Levels()
    share = next((column for column, key in enumerate(keys) if "%" in key), len(keys) - 1)
    participants = next((column for column, key in enumerate(keys) if key.startswith("кол")), None)
    rows: list[ReferenceRowSpec] = []
    for number, cells in enumerate(top.sheet.rows[row + 1 :], start=row + 2):
        texts = [cell_text(cell) for cell in cells[: max(share, 1)]]
        words = [folded(text) for text in texts]
        kind = next((found for word in words if (found := _kind(word))), None)
        total = any(word.startswith("всего") for word in words)
        own = texts[group] if group < len(texts) else ""
        if own and not _kind(folded(own)) and not folded(own).startswith("всего"):
            rows.append(group_row(own, levels, None, None, {}))
        if not rows:
            continue
        name = rows[-1]
        if kind is not None:
            values = percents(cells, {share: kind}, top.sheet, number, top.texts[row], context)
            join_rows(rows, _with(name, values, None))
        elif total:
            rows[-1] = _with(name, {}, whole(cells, participants))
    return rows


def _with(row: ReferenceRowSpec, values: dict[str, float], participants: int | None) -> ReferenceRowSpec:
    return ReferenceRowSpec(
        row.group, row.group_level, row.group_code, row.schools,
        participants if participants is not None else row.participants, {**row.values, **values},
    )
