"""Exams in a sheet of a ГИА protocol: several may follow one another, each with its title and mostly its header."""

from __future__ import annotations

from dataclasses import dataclass

from core.intake.cells import cell_text, folded
from core.intake.contract import AssessmentKey
from core.intake.tabular.describe import Header, describe
from core.intake.titles import exam_title, merged, read_titles
from core.workbooks.grid import Cell, Sheet


@dataclass(frozen=True, slots=True)
class Section:
    """One exam's table. Rows count from 0; `last_row` is the first row after it."""

    titles: AssessmentKey
    header: Header
    header_row: int
    first_row: int
    last_row: int


def find_sections(sheet: Sheet) -> list[Section]:
    """Return the sheet's exams. A title without a header of its own shares the header before it."""
    marks: list[tuple[int, AssessmentKey | Header]] = []
    for index, row in enumerate(sheet.rows):
        if not row or _is_data(row[0]):
            continue
        title = next((found for cell in row[:4] if (found := exam_title(cell)) is not None), None)
        if title is not None:
            marks.append((index, title))
        elif _names_answers(row):
            marks.append((index, describe([cell_text(cell) for cell in row], accepts=lambda _code, _maximum: False)))
    first = marks[0][0] if marks else 0
    above = read_titles(sheet.rows[:first])
    return _sections(marks, above, len(sheet.rows))


def _is_data(first: Cell) -> bool:
    """Say quickly that a row begins with a plain number, as rows of participants do."""
    return isinstance(first, float | int) or (isinstance(first, str) and first.isdecimal())


def _names_answers(row: list[Cell]) -> bool:
    for cell in row:
        if isinstance(cell, str) and len(cell) > 10:
            key = folded(cell)
            if "кратк" in key or "testresult" in key or ("развернут" in key and ("ответ" in key or "форм" in key)):
                return True
    return False


def _sections(
    marks: list[tuple[int, AssessmentKey | Header]], above: AssessmentKey, rows: int
) -> list[Section]:
    sections: list[Section] = []
    title, header, header_row = AssessmentKey(), None, 0
    for position, (index, mark) in enumerate(marks):
        if isinstance(mark, AssessmentKey):
            title = mark
        else:
            header, header_row = mark, index
        following = marks[position + 1] if position + 1 < len(marks) else None
        if header is None or (following is not None and following[0] - index <= 8 and _belongs(mark, following[1])):
            continue
        end = following[0] if following is not None else rows
        sections.append(Section(merged(title, above), header, header_row, index + 1, end))
    return sections


def _belongs(mark: AssessmentKey | Header, following: AssessmentKey | Header) -> bool:
    """Say whether a title's header is the mark that follows it."""
    return isinstance(mark, AssessmentKey) and isinstance(following, Header)
