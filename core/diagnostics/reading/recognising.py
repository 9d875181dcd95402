"""Recognising a form by its content: which row is the header, which columns are questions, which scale answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.diagnostics.contract import AnswerView
from core.diagnostics.reading.columns import FormColumns, form_columns
from core.diagnostics.reading.mapping import AskedItem, SurveyMapping
from core.diagnostics.reading.scales import MOST_ANSWERS, is_answered_on, likely_scale, scores_of
from core.diagnostics.reading.texts import number_of, question_text, sections_of
from core.intake.cells import cell_text, is_blank
from core.intake.layouts.base import Book
from core.intake.sheet_top import SheetTop
from core.intake.tabular.header_rows import find_header
from core.workbooks.grid import Sheet

_HEADER_ROWS = 15
_SAMPLE = 400
"""So many rows below the header are looked at to tell what a column holds."""
_FEWEST_ITEMS = 3
_FEWEST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table of answers. `is_sure` says that nobody has to be asked what its columns mean."""

    mapping: SurveyMapping
    columns: FormColumns
    headers: tuple[str, ...]
    is_sure: bool


def recognise_form(book: Book, scales: Sequence[tuple[AnswerView, ...]]) -> Recognised | None:
    """Return the sheet with most questions; None when no sheet looks like answers of teachers.

    A form whose answers stand on a known scale, and a test with points, are sure; another scale is only suggested.
    """
    found = [one for top in book.tops if (one := _recognise_sheet(top, scales)) is not None]
    return max(found, key=lambda one: (one.is_sure, len(one.mapping.items)), default=None)


def header_texts(sheet: Sheet, header_row: int) -> tuple[str, ...]:
    """Return the whole texts of the header (row counted from 1) by column, as wide as the sheet."""
    width = max(map(len, sheet.rows), default=0)
    texts = [question_text(cell) for cell in sheet.rows[header_row - 1]]
    return tuple(texts + [""] * (width - len(texts)))


def column_texts(sheet: Sheet, first_row: int, width: int) -> list[list[str]]:
    """Return the texts of each column from a row (counted from 1) on, of the first rows of data only."""
    rows = [[cell_text(cell) for cell in row] for row in sheet.rows[first_row - 1 : first_row - 1 + _SAMPLE]]
    return [[row[column] if column < len(row) else "" for row in rows] for column in range(width)]


def _recognise_sheet(top: SheetTop, scales: Sequence[tuple[AnswerView, ...]]) -> Recognised | None:
    row = _header_row(top)
    if row is None:
        return None
    headers = header_texts(top.sheet, row)
    values = column_texts(top.sheet, row + 1, len(headers))
    for scale in scales:
        scores = scores_of(scale)
        columns = [c for c, texts in enumerate(values) if headers[c] and is_answered_on(texts, scores)]
        if len(columns) >= _FEWEST_ITEMS:
            return _form(top, row, headers, values, columns, scale, is_sure=True)
    test = _test(top)
    if test is not None:
        return test
    columns = _alike(headers, values)
    if len(columns) < _FEWEST_ITEMS:
        return None
    scale = likely_scale([values[column] for column in columns])
    return _form(top, row, headers, values, columns, scale, is_sure=False)


def _header_row(top: SheetTop) -> int | None:
    """Return the row (from 1) among the first ones with most texts that are no numbers; the upper one of equals."""
    filled = [
        (sum(bool(text) and not text.replace(",", "").isdigit() for text in texts), -index)
        for index, texts in enumerate(top.texts[:_HEADER_ROWS])
        if index + 1 < len(top.sheet.rows)
    ]
    count, index = max(filled, default=(0, 0))
    return 1 - index if count >= _FEWEST_ITEMS else None


def _form(
    top: SheetTop, row: int, headers: tuple[str, ...], values: list[list[str]], columns: list[int],
    scale: tuple[AnswerView, ...], *, is_sure: bool,
) -> Recognised:
    roles = form_columns(headers, values, columns)
    sections = sections_of([headers[column] for column in columns])
    above = _sections_above(top.sheet, row, len(headers))
    items = tuple(
        AskedItem(column, number_of(headers[column]) or str(place), headers[column], section or above[column])
        for place, (column, section) in enumerate(zip(columns, sections, strict=True), start=1)
    )
    return Recognised(_mapping(top.sheet.name, row, row + 1, items, scale, roles), roles, headers, is_sure)


def _test(top: SheetTop) -> Recognised | None:
    """Return a table of points: «№ | Код/ФИО | ОО | Предмет | Зад.1 … | Балл | % | Уровень»."""
    found = find_header(top)
    if found is None or len(found.header.items) < _FEWEST_ITEMS or found.is_aggregate:
        return None
    upper = found.header.texts
    written = header_texts(top.sheet, found.header_row + 1)
    headers = tuple(text or (upper[column] if column < len(upper) else "") for column, text in enumerate(written))
    values = column_texts(top.sheet, found.first_row + 1, len(headers))
    columns = {item.column for item in found.header.items}
    roles = form_columns(headers, values, columns)
    items = tuple(
        AskedItem(one.column, one.code, headers[one.column] or one.code, "", one.max_score)
        for one in found.header.items
    )
    mapping = _mapping(top.sheet.name, found.header_row + 1, found.first_row + 1, items, (), roles)
    return Recognised(mapping, roles, headers, is_sure=found.header.roles.class_name is None)


def _mapping(
    sheet: str, header_row: int, first_row: int, items: tuple[AskedItem, ...], scale: tuple[AnswerView, ...],
    roles: FormColumns,
) -> SurveyMapping:
    one = roles.single
    return SurveyMapping(
        sheet, header_row, first_row, items, scale, tuple(roles.name), code=one.get("code"),
        response_id=one.get("response_id"), school=one.get("school"), subject=one.get("subject"),
        position=one.get("position"), experience=one.get("experience"), consent=one.get("consent"),
        answered_at=one.get("answered_at"), total=one.get("total"),
    )


def _alike(headers: Sequence[str], values: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns whose few different texts are shared with other columns: answers of a scale nobody knows."""
    sets = {
        column: frozenset(filter(None, texts))
        for column, texts in enumerate(values)
        if headers[column] and sum(map(bool, texts)) > 1
    }
    small = {column: kinds for column, kinds in sets.items() if 0 < len(kinds) <= MOST_ANSWERS and not _numbers(kinds)}
    return [
        column
        for column, kinds in small.items()
        if sum(bool(kinds & other) for key, other in small.items() if key != column) >= _FEWEST_SHARED
    ]


def _numbers(texts: frozenset[str]) -> bool:
    return all(text.replace(",", "").isdigit() for text in texts)


def _sections_above(sheet: Sheet, header_row: int, width: int) -> list[str]:
    """Return the text of the row above the header that spans each column, "" where nothing stands above."""
    if header_row < 2:
        return [""] * width
    row = sheet.rows[header_row - 2]
    if sum(not is_blank(cell) for cell in row) < 2:
        return [""] * width
    texts: list[str] = []
    for column in range(width):
        text = cell_text(row[column]) if column < len(row) else ""
        texts.append(text[:300] or (texts[-1] if texts else ""))
    return texts
