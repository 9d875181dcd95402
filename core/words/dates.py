"""Dates and times as they are written in Russian; a time is shown in the zone of the organisation."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date

_RUSSIAN = Locale("ru")


def day(when: date) -> str:
    """Return a date as people write it.

    >>> day(date(2026, 11, 2))
    '02.11.2026'
    """
    return f"{when:%d.%m.%Y}"


def long_day(when: date) -> str:
    """Return a date as documents write it.

    >>> long_day(date(2026, 11, 22))
    '22 ноября 2026\\xa0г.'
    """
    return format_date(when, "d MMMM y\u00a0'г'.", locale=_RUSSIAN)


def moment(when: datetime, zone: tzinfo | str) -> str:
    """Return a time in a zone («Europe/Moscow»), such as «02.11.2026 14:05». `when` must know its own zone."""
    there = ZoneInfo(zone) if isinstance(zone, str) else zone
    if when.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown in another one")
    return f"{when.astimezone(there):%d.%m.%Y %H:%M}"


def academic_year(spring: int) -> str:
    """Return the academic year that ended in the spring of the given calendar year.

    >>> academic_year(2026)
    '2025/2026'
    """
    return f"{spring - 1}/{spring}"
