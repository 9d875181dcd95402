"""Reporting years: academic years, named by the calendar year of their spring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.errors import InvalidInput

_DAY_OF_LISTS = (5, 1)
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class ReportingYear:
    """The days of a reporting year as seen on a day: events since `since` until `until`, lists as of `day`."""

    year: int
    since: date
    """The first of September."""
    until: date
    """The last day of August, today in the running year."""
    day: date
    """The day of lists (staff, members, pairs): the first of May, as for works, today in the running year."""

    @property
    def has_begun(self) -> bool:
        """Say whether anything can be counted for it."""
        return self.since <= self.until

    def holds(self, day: date | None) -> bool:
        """Say whether something that took place on the day belongs to the year."""
        return day is not None and self.since <= day <= self.until


def reporting_year(year: int, today: date | None = None) -> ReportingYear:
    """Return the days of the reporting year; raise InvalidInput for what is no year of our time.

    >>> reporting_year(2026, date(2026, 11, 22)).day
    datetime.date(2026, 5, 1)
    >>> reporting_year(2027, date(2026, 11, 22)).day
    datetime.date(2026, 11, 22)
    """
    if year not in _YEARS:
        raise InvalidInput(f"Отчётного года {year} нет.", "Укажите год весны учебного года, например 2026.")
    now = today or date.today()
    return ReportingYear(
        year, date(year - 1, 9, 1), min(date(year, 8, 31), now), min(date(year, *_DAY_OF_LISTS), now)
    )
