"""Years, plan periods and windows: the days against which a deadline is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

_SEPTEMBER = 9


class YearKind(StrEnum):
    """Which year a plan counts by."""

    SCHOOL = "учебный год"
    CALENDAR = "календарный год"


class Window(NamedTuple):
    """A stretch of days in which something is to be done; it is checked on the last one."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PlanYear:
    """One year of a plan. `number` is the spring's year for a school year: 2027 for «2026/2027»."""

    kind: YearKind
    number: int

    @classmethod
    def school(cls, spring: int) -> PlanYear:
        """Return the school year that ends in the spring of this year."""
        return cls(YearKind.SCHOOL, spring)

    @classmethod
    def calendar(cls, number: int) -> PlanYear:
        """Return the calendar year."""
        return cls(YearKind.CALENDAR, number)

    @classmethod
    def of(cls, kind: YearKind, day: date) -> PlanYear:
        """Return the year of this kind in which the day lies; a school year begins on 1 September."""
        later = kind is YearKind.SCHOOL and day.month >= _SEPTEMBER
        return cls(kind, day.year + later)

    @property
    def first(self) -> date:
        """Return the first day."""
        return date(self.number - 1, _SEPTEMBER, 1) if self.kind is YearKind.SCHOOL else date(self.number, 1, 1)

    @property
    def last(self) -> date:
        """Return the last day."""
        return date(self.number, 8, 31) if self.kind is YearKind.SCHOOL else date(self.number, 12, 31)

    @property
    def working(self) -> Window:
        """Return the part in which measures are carried out: up to the end of May in a school year."""
        return Window(self.first, date(self.number, 5, 31) if self.kind is YearKind.SCHOOL else self.last)

    @property
    def months(self) -> list[Window]:
        """Return the months of the working part."""
        first, last = self.working
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return [month_window(first.year, first.month + number) for number in range(count)]


@dataclass(frozen=True, slots=True)
class PlanPeriod:
    """From when until when a plan holds, and by which year it counts.

    `next_assessment` is the day of the next assessment procedure where people know it.
    """

    first: date
    last: date
    kind: YearKind = YearKind.SCHOOL
    next_assessment: date | None = None

    @classmethod
    def of_year(cls, year: PlanYear, next_assessment: date | None = None) -> PlanPeriod:
        """Return a plan for one whole year."""
        return cls(year.first, year.last, year.kind, next_assessment)

    @property
    def years(self) -> Iterator[PlanYear]:
        """Give the years that the plan touches, the earliest first."""
        last = PlanYear.of(self.kind, max(self.first, self.last)).number
        for number in range(PlanYear.of(self.kind, self.first).number, last + 1):
            yield PlanYear(self.kind, number)

    @property
    def end(self) -> date:
        """Return the last day of the last year: «ежегодно, август» of a plan until May is still meant."""
        return PlanYear.of(self.kind, max(self.first, self.last)).last


def month_window(year: int, month: int) -> Window:
    """Return a month; months above 12 lie in the following years.

    >>> month_window(2026, 14).last
    datetime.date(2027, 2, 28)
    """
    return Window(date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1), last_day(year, month))


def last_day(year: int, month: int) -> date:
    """Return the last day of a month; months above 12 lie in the following years."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
