"""The grade (параллель) from a file's name from which dates have been taken out."""

from __future__ import annotations

import re

_MAX_GRADE = 11
_GRADE = r"(?P<grade>1[01]|[1-9])"
_RANGE = re.compile(r"(?<!\d)\d{1,2}\s*[-–—,и]+\s*\d{1,2}\s*(?:-?[а-яё]{1,3}\s+)?(?:кл|klass)", re.IGNORECASE)
_WRITTEN = (
    re.compile(
        rf"(?<!\d){_GRADE}\s*[-–]?\s*(?:(?:е|х|й|го|м|ые|ый|ых)\s+)?[«\"]?\s*[а-яa-z]?\s*[»\"]?[\s_-]*"
        r"(?:кл(?![а-яё]*юч)|klass|grade)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![а-яa-z])(?:класс[аы]?|кл\.?|klass|grade)[\s_№-]*{_GRADE}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![а-яa-z]){_GRADE}(?:th|st|nd|rd)\s+grade", re.IGNORECASE),
)
_CLASS_NAME = re.compile(rf"(?<![\dа-яёa-z№.]){_GRADE}\s?[-–_«\"]?[абвгдежзик](?![а-яё])", re.IGNORECASE)
_LONE = re.compile(r"(?<![\d.,])(?P<grade>1[01]|[1-9])(?![\d.,]*\d)")
_NOT_A_GRADE = re.compile(
    r"(?:№|n|сош|оош|нош|школ\w*|school|shkola|лицей|гимнази\w*|вариант\w*|вар|часть|четверт\w*|триместр\w*|"
    r"полугоди\w*|отчет|отчёт|форма|лист|попытк\w*|v)[\s_.-]*$|\d[-_]\s*$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"^[\s_-]*(?:четверт|триместр|полугоди|вариант|школ|сош|чел|уч|раз|балл|задани|част)", re.IGNORECASE
)


def written_grade(text: str) -> int | None:
    """Return the grade that is written out: «4 класс», «8 «Б» кл.», «класс 4», «8th grade»; None for a range."""
    if _RANGE.search(text):
        return None
    grades = {int(found.group("grade")) for pattern in _WRITTEN for found in pattern.finditer(text)}
    return next(iter(grades)) if len(grades) == 1 else None


def class_name_grade(text: str) -> int | None:
    """Return the grade of the class names in the text («8Б», «11-А»), None when there is none or several grades."""
    grades = {int(found.group("grade")) for found in _CLASS_NAME.finditer(text)}
    return next(iter(grades)) if len(grades) == 1 else None


def lone_grade(text: str) -> int | None:
    """Return the only number 1-11 that is not a school's, variant's or term's; None when in doubt."""
    if _RANGE.search(text):
        return None
    grades: set[int] = set()
    for found in _LONE.finditer(text):
        before, after = text[: found.start()], text[found.end():]
        if not _NOT_A_GRADE.search(before) and not _FOLLOWS.match(after):
            grades.add(int(found.group("grade")))
    return next(iter(grades)) if len(grades) == 1 else None
