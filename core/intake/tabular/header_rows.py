"""Finding a table's header: below titles, over two rows, with a row of maxima or levels beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.intake.cells import as_whole, cell_text, folded
from core.intake.personal import personal_header, personal_text
from core.intake.sheet_top import SheetTop
from core.intake.tabular.describe import Header, describe, item_code
from core.intake.tabular.headers import role_of
from core.intake.tabular.spec import ItemColumn
from core.workbooks.grid import Cell

SEARCHED = 20
"""In how many rows the header is looked for."""
_MAXIMUM = re.compile(r"^(?:макс|max|наибольш|балл\w* макс)|максимальн\w+ балл")
_LEVEL_ROW = re.compile(r"^уров")
_LEVELS = frozenset("БПВ")
_AGGREGATE = re.compile(
    r"^(?:кол-?во|количество|число|всего) (?:участ|уч|обуч|писав|дет)|писал[ио]|выполнял|средний балл"
)


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header and where its table begins. Rows count from 0."""

    header: Header
    header_row: int
    first_row: int
    spans_rows: bool
    """The header takes more than one row."""

    @property
    def is_aggregate(self) -> bool:
        """Say whether the rows are groups (schools, classes) and not participants."""
        return any(_AGGREGATE.search(folded(text)) for text in self.header.texts if role_of(text) != "total")


def find_header(top: SheetTop) -> FoundHeader | None:
    """Return the most likely header of the sheet's table of participants, None when no row looks like one."""
    best: tuple[int, FoundHeader] | None = None
    for row in range(min(SEARCHED, len(top.texts))):
        texts, spans = _combined(top, row)
        if not any(map(_is_known, texts)):
            continue
        header = describe(texts, top.sheet.rows[row])
        if len(header.twice) > len(header.items) // 2:
            continue
        roles = len(header.roles.single()) + bool(header.roles.name)
        found = _with_maxima(top, row, FoundHeader(header, row, row + 1, spans))
        items = len(found.header.items)
        if items and roles and (best is None or 3 * roles + items > best[0]):
            best = (3 * roles + items, found)
    return best[1] if best else None


def _is_known(text: str) -> bool:
    """Say whether a text is the header of a column that is no item; numbers are refused quickly."""
    return bool(text) and not text[0].isdigit() and (role_of(text) is not None or personal_header(text) is not None)


def _combined(top: SheetTop, row: int) -> tuple[list[str], bool]:
    """Return the row's texts, empty ones filled from up to two rows above that belong to the header."""
    texts = list(top.texts[row])
    spans = False
    for above in range(row - 1, max(row - 3, -1), -1):
        upper = top.texts[above]
        if sum(map(bool, upper)) < 2 or _is_label_row(top, above):
            break
        width = max(len(texts), len(upper))
        texts += [""] * (width - len(texts))
        for column, text in enumerate(upper):
            if text and not texts[column]:
                texts[column] = text
                spans = True
    return texts, spans


def _is_label_row(top: SheetTop, row: int) -> bool:
    """Say whether a row is a title «Предмет: | Математика» and no part of a header."""
    filled = [text for text in top.texts[row] if text]
    return len(filled) <= 3 and filled[0].endswith(":")


def _with_maxima(top: SheetTop, row: int, found: FoundHeader) -> FoundHeader:
    """Return the header with maxima and levels from rows of their own, and the table's first row after them."""
    header, first = found.header, found.first_row
    for index in (row + 1, row + 2, row - 1, row - 2):
        if not 0 <= index < len(top.texts):
            continue
        cells, filled = top.sheet.rows[index], [text for text in top.keys[index] if text]
        levels = {column: text for column, text in enumerate(top.texts[index]) if text in _LEVELS}
        is_levels = filled and (bool(_LEVEL_ROW.match(filled[0])) or _covers(levels, header.items))
        is_maxima = any(_MAXIMUM.search(text) for text in filled[:4]) and not _is_total_title(filled)
        if is_maxima:
            header = _put_maxima(header, cells)
        elif is_levels and levels:
            items = tuple(replace(item, level=levels.get(item.column)) for item in header.items)
            header = replace(header, items=items)
        elif index > row:
            break
        else:
            continue
        if index > row:
            first = index + 1
    return replace(found, header=header, first_row=first)


def _is_total_title(filled: Sequence[str]) -> bool:
    """Say whether a row that mentions a maximum is a title like «Максимальный первичный балл: 17»."""
    return len(filled) <= 2


def _covers(levels: dict[int, str], items: Sequence[ItemColumn]) -> bool:
    return bool(items) and sum(item.column in levels for item in items) > len(items) / 2


def _put_maxima(header: Header, cells: Sequence[Cell]) -> Header:
    """Return the header with the maxima of a row; columns of no known kind become items if they have one."""
    wholes = {column: as_whole(cell) for column, cell in enumerate(cells)}
    maxima = {column: number for column, number in wholes.items() if number is not None and 1 <= number <= 127}
    items = {item.column: replace(item, max_score=maxima.get(item.column, item.max_score)) for item in header.items}
    known = set(header.roles.single().values()) | {*header.roles.name, *header.roles.document, *header.personal}
    twice = {column for pair in header.twice for column in pair}
    for column, top_score in maxima.items():
        text = header.texts[column] if column < len(header.texts) else ""
        if text and column not in items and column not in known | twice and _may_name_item(text):
            items[column] = ItemColumn(column, item_code(text, len(items) + 1), top_score, text)
    return replace(header, items=tuple(items[column] for column in sorted(items)))


def _may_name_item(text: str) -> bool:
    return role_of(text) is None and personal_text(text) is None


def label_value(rows: Sequence[Sequence[Cell]], labels: frozenset[str]) -> str | None:
    """Return the value beside or behind a label in title rows («Школа: МБОУ СОШ № 5», «Класс: | 8А»), or None."""
    for row in rows:
        filled = [cell_text(cell) for cell in row if cell_text(cell)]
        if not filled or len(filled) > 3:
            continue
        label, colon, rest = filled[0].partition(":")
        if folded(label) in labels:
            value = rest.strip() if colon and rest.strip() else filled[1] if len(filled) > 1 else ""
            if value:
                return value
    return None
