"""How numbers, dates, shares and counted nouns are said in Russian."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

_NO_BREAK = "\u00a0"
_MINUS = "−"


def number(value: float, digits: int = 0) -> str:
    """Return a number with decimal comma, groups of three and a true minus.

    >>> number(12345.678, 1), number(-0.5, 2), number(-0.001, 1)
    ('12\\xa0345,7', '−0,50', '0,0')
    """
    text = f"{abs(value):,.{digits}f}".replace(",", _NO_BREAK).replace(".", ",")
    return f"{_MINUS}{text}" if value < 0 and text.strip("0,") else text


def percent(share: float, digits: int = 1) -> str:
    """Return a share 0..1 in per cent.

    >>> percent(0.625), percent(0.5, 0)
    ('62,5\\xa0%', '50\\xa0%')
    """
    return f"{number(100 * share, digits)}{_NO_BREAK}%"


def interval(low: float, high: float, digits: int = 1) -> str:
    """Return an interval of shares in per cent.

    >>> interval(0.412, 0.7)
    '41,2–70,0\\xa0%'
    """
    return f"{number(100 * low, digits)}–{percent(high, digits)}"


def plural(count: int, one: str, few: str, many: str) -> str:
    """Return the number with the noun in the form that Russian asks for.

    >>> [plural(n, "класс", "класса", "классов") for n in (1, 3, 5, 11, 21)]
    ['1\\xa0класс', '3\\xa0класса', '5\\xa0классов', '11\\xa0классов', '21\\xa0класс']
    """
    return f"{number(count)}{_NO_BREAK}{noun(count, one, few, many)}"


def noun(count: int, one: str, few: str, many: str) -> str:
    """Return only the noun in the form that goes with the number.

    >>> noun(22, "работа", "работы", "работ")
    'работы'
    """
    tens, units = abs(count) % 100, abs(count) % 10
    if 11 <= tens <= 14 or units == 0 or units >= 5:
        return many
    return one if units == 1 else few


def day(when: date) -> str:
    """Return a date as people write it.

    >>> day(date(2026, 11, 2))
    '02.11.2026'
    """
    return f"{when:%d.%m.%Y}"


def moment(when: datetime, zone: tzinfo) -> str:
    """Return a time in the given zone, such as «02.11.2026 14:05»."""
    return f"{when.astimezone(zone):%d.%m.%Y %H:%M}"


def listing(parts: Iterable[str], last: str = "и") -> str:
    """Return words as an enumeration.

    >>> listing(["а", "б", "в"]), listing(["а"])
    ('а, б и в', 'а')
    """
    words = list(parts)
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def academic_year(spring: int) -> str:
    """Return the academic year that ended in the spring of the given calendar year.

    >>> academic_year(2026)
    '2025/2026'
    """
    return f"{spring - 1}/{spring}"
