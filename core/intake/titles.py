"""What the title rows above a table say about the work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from core.blueprints.naming import canonical_procedure, canonical_subject, guess_from_file_name
from core.intake.cells import cell_text, folded
from core.intake.contract import AssessmentKey
from core.intake.personal import personal_text, surely_personal
from core.workbooks.grid import Cell

_DATE = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(20\d{2})(?!\d)")
_DATE_BACKWARD = re.compile(r"(?<!\d)(20\d{2})[.-](\d{2})[.-](\d{2})(?!\d)")
_SCHOOL_YEAR = re.compile(r"(20\d{2})\s*[/–-]\s*(20\d{2}|\d{2})(?!\d)")
_YEAR = re.compile(r"(?<![\d.])(20[0-4]\d)(?![\d.])")
_GRADE = re.compile(r"(?<!\d)(1[01]|[1-9])\s*[-–]?\s*(?:х|й|е)?\s*[«\"]?[а-я]?[»\"]?\s*класс", re.I)
_EXAM = re.compile(
    r"^\s*\d{2}\s*[-–—]\s*(?P<name>[^\d].*?)\s+(?:20\d{2}[.-]\d{2}[.-]\d{2}|\d{2}\.\d{2}\.20\d{2})\s*$"
)
_CLASS_LABEL = re.compile(r"^класс")


def school_year_end(day: date) -> int:
    """Return the calendar year in which the school year of this day ends (it begins on 1 September)."""
    return day.year + 1 if day.month >= 9 else day.year


def date_of(cell: Cell) -> date | None:
    """Return the date that a cell holds or names («20.04.2026», «2026.06.02»), or None."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str):
        return None
    found = _DATE.search(cell)
    parts = found.group(3, 2, 1) if found else None
    if parts is None:
        backward = _DATE_BACKWARD.search(cell)
        parts = backward.group(1, 2, 3) if backward else None
    if parts is None:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None


def subject_named(text: str, procedure: str | None = None) -> str | None:
    """Return the canonical subject that a text names, else the text itself; None for nothing and for a name."""
    known = canonical_subject(text, procedure)
    if known is not None or not text:
        return known
    return None if personal_text(text) else text[:120]


def exam_title(cell: Cell) -> AssessmentKey | None:
    """Return what an exam's title row of a ГИА protocol says («02 - Математика 2026.06.02»), None for other cells.

    The name is trusted and not the code: lists of codes differ between regions (domain.md §2.3).
    """
    if not isinstance(cell, str):
        return None
    found = _EXAM.match(cell_text(cell))
    if found is None:
        return None
    day = date_of(cell)
    name = found.group("name").strip()
    subject = None if surely_personal(name) else name
    return AssessmentKey(subject=subject, held_on=day, year=school_year_end(day) if day else None)


def read_titles(rows: Sequence[Sequence[Cell]]) -> AssessmentKey:
    """Return what the rows above a table's header say; the first row that says a thing wins.

    Understands «ВПР 2026 Математика 4 класс», pairs «Предмет: | Математика», «Дата: | 20.04.2026», «Класс: | 4» and
    free titles that name a procedure, a subject, a grade or a year.
    """
    key = AssessmentKey()
    for row in rows:
        cells = [cell for cell in row if cell_text(cell)]
        if not cells or len(cells) > 12:
            continue
        first = cell_text(cells[0])
        exam = exam_title(first)
        if exam is not None:
            key = merged(key, exam)
            continue
        label = folded(first)
        # A longer row is a header («Предмет | Класс | Балл»), not a label with its value.
        value = cells[1] if 1 < len(cells) <= 3 else None
        if value is None and ":" in first:
            label, _, rest = (part.strip() for part in first.partition(":"))
            label, value = folded(label), rest
        key = merged(key, _labelled(label, value) if value is not None else AssessmentKey())
        key = merged(key, _free(first))
    return key


def merged(strong: AssessmentKey, weak: AssessmentKey) -> AssessmentKey:
    """Return a key with what the strong one says, and what it does not say taken from the weak one."""
    return AssessmentKey(
        procedure=strong.procedure or weak.procedure,
        subject=strong.subject or weak.subject,
        grade=strong.grade if strong.grade is not None else weak.grade,
        year=strong.year if strong.year is not None else weak.year,
        held_on=strong.held_on or weak.held_on,
        title=strong.title or weak.title,
    )


def _labelled(label: str, value: Cell) -> AssessmentKey:
    text = cell_text(value)
    if label in ("предмет", "учебный предмет", "дисциплина"):
        return AssessmentKey(subject=subject_named(text))
    if label.startswith("дата"):
        day = date_of(value)
        return AssessmentKey(held_on=day, year=school_year_end(day) if day else None)
    if _CLASS_LABEL.match(label) or label == "параллель":
        number = re.match(r"\d{1,2}", text)
        grade = int(number.group()) if number else 0
        return AssessmentKey(grade=grade if 1 <= grade <= 11 else None)
    if label in ("процедура", "оценочная процедура", "вид работы"):
        return AssessmentKey(procedure=canonical_procedure(text))
    if label in ("год", "учебный год"):
        return AssessmentKey(year=_year(text))
    return AssessmentKey()


def _free(text: str) -> AssessmentKey:
    """Return what a free title says. A grade and a year count only beside a procedure, a subject or «класс»."""
    if surely_personal(text) or len(text) < 3:
        return AssessmentKey()
    # A file's name ends at a slash; in a title the slash stands in «2025/2026».
    guess = guess_from_file_name(text.replace("/", "-").replace("\\", " "))
    subject = guess.subject if guess.procedure or _GRADE.search(text) else canonical_subject(text)
    if not (guess.procedure or subject or _GRADE.search(text)):
        return AssessmentKey()
    day = date_of(text)
    grade = _GRADE.search(text)
    year = school_year_end(day) if day else _year(text)
    return replace(
        AssessmentKey(procedure=guess.procedure, subject=subject, year=year, held_on=day),
        grade=int(grade.group(1)) if grade else None,
    )


def _year(text: str) -> int | None:
    span = _SCHOOL_YEAR.search(text)
    if span:
        return int(span.group(1)) + 1
    found = _YEAR.search(text)
    return int(found.group(1)) if found else None
