"""Names of classes as files write them: «5а», «8-Б», «а», «нет», «4», «1» of 2026."""

from __future__ import annotations

import re

from core.intake.cells import as_cyrillic, folded

_SPLIT = re.compile(
    r"(?P<grade>\d{1,2})?\s*(?:класс|кл\.?)?\s*[-–—/.,]?\s*"
    r"[«\"']?(?P<name>[^\W\d_]|\d{1,2})?[»\"']?\s*(?:класс|кл\.?)?",
    re.I,
)
_LETTERS = re.compile(r"(?P<grade>\d{1,2})\s*[-–—/]?\s*(?P<name>[А-ЯЁа-яё]{2,6}\d?)")
_SINGLE = frozenset({"нет", "-", "—", "–", "без буквы", "один", "0"})
MAX_GRADE = 11


def split_class(text: str, ordinal: bool = False) -> tuple[int | None, str]:
    """Return (grade or None, name without the grade, upper case; "" where the school has one class).

    With `ordinal` a bare number is the class's number in its parallel (collection form 2026), otherwise its grade.
    Latin letters that look like Cyrillic ones become these. What is no usual name («GY4») is kept as it stands.

    >>> split_class("5а"), split_class("8-Б"), split_class("нет"), split_class("4"), split_class("3", ordinal=True)
    ((5, 'А'), (8, 'Б'), (None, ''), (4, ''), (None, '3'))
    """
    if folded(text) in _SINGLE or not text:
        return None, ""
    cyrillic = as_cyrillic(text)
    if cyrillic.isdecimal():
        return (None, str(int(cyrillic))) if ordinal else (int(cyrillic), "")
    found = _SPLIT.fullmatch(cyrillic.strip()) or _LETTERS.fullmatch(cyrillic.strip())
    if found is None:
        return None, text.strip().upper()[:40]
    grade = found.group("grade")
    return (int(grade) if grade else None), (found.group("name") or "").upper()


def grade_possible(grade: int | None) -> bool:
    """Say whether a grade exists in a school (1..11), or is unknown."""
    return grade is None or 1 <= grade <= MAX_GRADE
