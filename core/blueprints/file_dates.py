"""The year of a work from a file's name, and the name without its dates."""

from __future__ import annotations

import re

_FIRST_YEAR, _LAST_YEAR = 2010, 2099
_FIRST_SHORT_YEAR = 14
"""«24-25» is a school year, «10-11» are rather grades."""
_AUTUMN = 9
_SCHOOL_YEAR = re.compile(r"(?<!\d)(?:20)?(?P<first>\d{2})\s*[-–—/_]\s*(?:20)?(?P<second>\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<year>20\d\d)[._-]?(?P<month>0[1-9]|1[0-2])[._-]?(?:0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[._-](?P<month>0?[1-9]|1[0-2])[._-](?P<year>20\d\d)(?!\d)")
_SHORT_DATE = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])[._-](?P<month>0[1-9]|1[0-2])[._-](?P<year>1[4-9]|[2-4]\d)(?!\d)"
)
_AUTUMN_MONTH = re.compile(r"(?<![а-яё])(?:сентябр|октябр|ноябр|декабр)", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d×xх*])(?P<year>20\d\d)(?!\s*[×xх*]\s*\d)(?!\d)", re.IGNORECASE)


def year_and_rest(text: str) -> tuple[int | None, str]:
    """Return the calendar year of the spring that ends the school year, and the text without dates and years.

    A school year «2025-2026» gives 2026; a date or a month in September-December belongs to the
    next spring. None when the text
    names no year or several different ones.
    """
    years: set[int] = set()

    def take_school_year(found: re.Match[str]) -> str:
        first, second = int(found.group("first")), int(found.group("second"))
        if second != first + 1 or not (found.group().startswith("20") or first >= _FIRST_SHORT_YEAR):
            return found.group()
        years.add(2000 + second)
        return " "

    def take_date(found: re.Match[str]) -> str:
        years.add(2000 + int(found.group("year")[-2:]) + (int(found.group("month")) >= _AUTUMN))
        return " "

    def take_year(found: re.Match[str]) -> str:
        year = int(found.group("year"))
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            return found.group()
        years.add(year + bool(_AUTUMN_MONTH.search(text)))
        return " "

    rest = text
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _SHORT_DATE):
        rest = pattern.sub(take_date, rest)
    rest = _SCHOOL_YEAR.sub(take_school_year, rest)
    rest = _YEAR.sub(" " if years else take_year, rest)
    return (next(iter(years)) if len(years) == 1 else None), rest
