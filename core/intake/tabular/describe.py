"""A header row read: which columns are items, which role each other column plays, which are personal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.blueprints.items import parse_item_header
from core.intake.cells import folded
from core.intake.personal import names_pupil, personal_header
from core.intake.tabular.headers import Role, role_of
from core.intake.tabular.spec import ItemColumn, Roles, roles_from
from core.workbooks.grid import Cell

_LETTER = re.compile(r"^(?:литера|буква)")
_PRIMARY = re.compile(r"первичн|primarymark|сумм|^sum$|итого|всего")
_STATED_PRIMARY = re.compile(r"первичн|primarymark")
_WEAK_CODES = frozenset(
    {"id", "идентификатор", "участник", "ученик", "учащийся", "обучающийся", "student", "participant"}
)
_ITEM_TEXT = 20


@dataclass(frozen=True, slots=True)
class Header:
    """What a header row says."""

    roles: Roles
    items: tuple[ItemColumn, ...]
    texts: tuple[str, ...]
    personal: tuple[int, ...]
    """Columns with personal data other than names and documents."""
    twice: tuple[tuple[int, int], ...]
    """Pairs of columns that are the same item."""

    @property
    def identifies(self) -> bool:
        """Say whether there is a column that tells participants apart."""
        return self.roles.code is not None or bool(self.roles.name) or self.roles.number is not None


def describe(
    texts: Sequence[str],
    cells: Sequence[Cell] | None = None,
    accepts: Callable[[str, int | None], bool] = lambda _code, _maximum: True,
) -> Header:
    """Return what a row of header texts says; `cells` are the raw cells where dates may stand for «5.1».

    `accepts` narrows which (code, maximum) count as items.
    """
    single: dict[str, int] = {}
    names: list[int] = []
    documents: list[int] = []
    personal: list[int] = []
    items: list[ItemColumn] = []
    twice: list[tuple[int, int]] = []
    totals: list[int] = []
    by_code: dict[str, int] = {}
    previous = ""
    for column, text in enumerate(texts):
        if not text:
            continue
        kind = personal_header(text)
        series_before, previous = "серия" in previous, folded(text)
        if names_pupil(text):
            names.append(column)
        elif kind == "document" or (series_before and previous == "номер"):
            documents.append(column)
        elif kind is not None:
            personal.append(column)
        else:
            role = role_of(text)
            if role == "total":
                totals.append(column)
            elif role is not None:
                _take(single, role, column, text, texts)
            else:
                raw = cells[column] if cells is not None and column < len(cells) else text
                item = _item(column, text, raw, accepts)
                if item is not None and item.code in by_code:
                    twice.append((by_code[item.code], column))
                elif item is not None:
                    by_code[item.code] = column
                    items.append(item)
    _take_totals(single, totals, texts)
    return Header(
        roles_from(single, tuple(names), tuple(documents)), tuple(items), tuple(texts), tuple(personal), tuple(twice)
    )


def _item(
    column: int, text: str, raw: Cell, accepts: Callable[[str, int | None], bool]
) -> ItemColumn | None:
    parsed = parse_item_header(text if isinstance(raw, str) or raw is None else _header_cell(raw, text))
    if parsed is None or not accepts(*parsed):
        return None
    return ItemColumn(column, parsed[0], parsed[1], text)


def _header_cell(raw: Cell, text: str) -> str | float | None:
    """Return a raw header cell in a form that the parser of item headers takes."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, float | int):
        return float(raw)
    day = re.match(r"(\d{2})\.(\d{2})\.\d{4}$", text)
    # Excel has made a date out of «5.1»; the reader gives it back as 05.01.2026.
    return f"{int(day.group(1))}.{int(day.group(2))}" if day else text


def _take(single: dict[str, int], role: Role, column: int, text: str, texts: Sequence[str]) -> None:
    """Note the first column of a role; a letter's column makes the «Класс» beside it the grade.

    A plain «Код» is stronger than «id» or «Ученик» before it.
    """
    if role == "code" and role in single and folded(texts[single[role]]) in _WEAK_CODES:
        single[role] = column
        return
    if role == "class_name" and role in single and _LETTER.match(folded(text)):
        single["grade"] = single[role]
        single[role] = column
        return
    single.setdefault(role, column)


def _take_totals(single: dict[str, int], totals: Sequence[int], texts: Sequence[str]) -> None:
    """Note the primary score as total; another «балл» beside it is the test score (ЕГЭ)."""
    if not totals:
        return
    primary = next((column for column in totals if _PRIMARY.search(folded(texts[column]))), totals[0])
    single["total"] = primary
    others = [column for column in totals if column != primary]
    if others and _STATED_PRIMARY.search(folded(texts[primary])):
        single.setdefault("test_score", others[0])


def item_code(text: str, position: int) -> str:
    """Return a code for an item whose header is no usual number: its text, or its position when that is too long."""
    return text if len(text) <= _ITEM_TEXT else str(position)
