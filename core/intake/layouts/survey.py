"""A teachers' questionnaire: recognised only, so that its sender is told where it belongs."""

from __future__ import annotations

from collections import Counter

from core.intake.context import Context
from core.intake.layouts.base import Book, Match, Reading

NAME = "teacher-survey"
TEACHER_SURVEY = "teacher_survey"
"""Code of the finding that says where such a file belongs."""
_ANSWERS = frozenset(
    {
        "необходима помощь", "могу решить", "успешно решаю", "могу поделиться опытом", "испытываю затруднения",
        "затрудняюсь ответить", "не испытываю затруднений", "частично", "полностью согласен", "скорее да", "скорее нет",
    }
)
_LEAST = 5


def recognise(book: Book) -> list[Match]:
    """Return the sheets with at least five questions in a row of the header, or mostly verbal answers."""
    matches = []
    for top in book.tops:
        for row, texts in enumerate(top.texts[:15]):
            below = top.keys[row + 1 :]
            verbal = _verbal_columns(below)
            questions = sum(text.endswith("?") or "насколько успешно" in text.casefold() for text in texts)
            if max(questions, verbal) < _LEAST:
                continue
            matches.append(Match(NAME, 1.0 if verbal else 0.9, top, row))
            break
    return matches


def _verbal_columns(rows: list[list[str]]) -> int:
    """Return in how many columns most of the filled cells are answers in words."""
    filled: Counter[int] = Counter()
    known: Counter[int] = Counter()
    for row in rows:
        for column, text in enumerate(row):
            filled[column] += bool(text)
            known[column] += text in _ANSWERS
    return sum(2 * count > filled[column] for column, count in known.items() if count)


def read(match: Match, context: Context) -> Reading:
    """Return nothing, and say kindly where the file belongs."""
    context.findings.add(
        "error", TEACHER_SURVEY, "Это анкета педагогов, а не результаты учеников.",
        "Загрузите её на экране «Профессиональные дефициты» (в командной строке: python -m core survey ФАЙЛ).",
        sheet=match.top.sheet.name, row=match.header_row + 1,
    )
    return Reading()
