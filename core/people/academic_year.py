"""Academic years: kept as the calendar year of the spring in which they end, written «2025/2026»."""

from __future__ import annotations

import re
from datetime import date

from core.errors import InvalidInput

_SEPTEMBER = 9
_WRITTEN = re.compile(r"(20\d\d)\s*[/\-–—\\]\s*(20)?(\d\d)(?:\s*(?:уч\.?|учебный)?\s*(?:г\.?|год)?)?")


def year_on(day: date) -> int:
    """Return the academic year of a day; it begins on the first of September.

    >>> year_on(date(2026, 8, 31)), year_on(date(2026, 9, 1))
    (2026, 2027)
    """
    return day.year + (day.month >= _SEPTEMBER)


def year_name(year: int) -> str:
    """Return an academic year as people write it.

    >>> year_name(2026)
    '2025/2026'
    """
    return f"{year - 1}/{year}"


def parse_year(text: str) -> int:
    """Return the academic year from «2025/2026», «2025-26» or the spring's «2026»; raise InvalidInput otherwise.

    >>> parse_year("2025/2026"), parse_year("2025–26 уч. год"), parse_year("2026")
    (2026, 2026, 2026)
    """
    written = text.strip().removesuffix(".0")
    if re.fullmatch(r"20\d\d", written):
        return int(written)
    found = _WRITTEN.fullmatch(written)
    if found is None or int(found.group(1)) % 100 + 1 != int(found.group(3)):
        raise InvalidInput(f"«{text}» не похоже на учебный год.", "Напишите его так: 2025/2026.")
    return int(found.group(1)) + 1
