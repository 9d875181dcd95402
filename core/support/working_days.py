"""Working days of the Russian calendar, with the transfers that the Government decides each year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


def after_working_days(day: date, count: int) -> date:
    """Return the day on which that many working days have passed since the day, itself not counted.

    Transferred days off are known for the years whose transfers are in the calendar, else the fixed holidays are.

    >>> after_working_days(date(2026, 4, 28), 3)
    datetime.date(2026, 5, 4)
    """
    return _calendar().get_nth_working_day(day, count)


@lru_cache(maxsize=1)
def _calendar() -> HolidayBase:
    import holidays

    return holidays.country_holidays("RU")
