"""The rules that a deadline consists of; each gives its windows in a plan period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeAlias

from core.planning.deadlines.periods import PlanPeriod, PlanYear, Window, YearKind, last_day
from core.planning.deadlines.terms import TermKind, term_of, terms_of

LAST_DAY = 0
"""As the day of a `YearSpan`: the last day of its month."""
ASSESSMENT_MONTH, ASSESSMENT_DAY = 4, 20
"""ВПР 2026 begin on 20 April (приказ Рособрнадзора 07.05.2025 № 991); shown as an assumption, never as a date."""


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """Days that are known to the year."""

    first: date
    last: date
    is_until: bool = False
    """It was written as «до …», and the beginning is that of the school year."""

    def windows(self, _period: PlanPeriod, _yearly: bool) -> list[Window]:
        """Return the one window, whether it lies in the plan or not."""
        return [Window(self.first, self.last)]


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Days of any year, both included; the last one may lie in the next calendar year."""

    first_month: int
    first_day: int
    last_month: int
    last_day: int
    is_until: bool = False

    def in_year(self, year: int) -> Window:
        """Return the window that begins in the calendar year; the 29th of February becomes the last of the month."""
        over = (self.last_month, self.last_day or 31) < (self.first_month, self.first_day)
        return Window(_day(year, self.first_month, self.first_day), _day(year + over, self.last_month, self.last_day))

    def windows(self, period: PlanPeriod, yearly: bool) -> list[Window]:
        """Return the windows that end in the plan: all of them, or the first when it is done once.

        When none ends in the plan, the one just before its beginning is returned, so that it can be said.
        """
        years = range(period.first.year - 2, period.end.year + 1)
        found = [self.in_year(year) for year in years]
        inside = [window for window in found if period.first <= window.last <= period.end]
        if inside:
            return inside if yearly else inside[:1]
        return [window for window in found if window.last < period.first][-1:]


class Per(StrEnum):
    """What a number of times is counted in."""

    WEEK = "неделю"
    MONTH = "месяц"
    CALENDAR_QUARTER = "квартал"
    SCHOOL_QUARTER = "четверть"
    TRIMESTER = "триместр"
    HALF_YEAR = "полугодие"
    YEAR = "год"


_TERMS = {
    Per.SCHOOL_QUARTER: TermKind.SCHOOL_QUARTER,
    Per.TRIMESTER: TermKind.TRIMESTER,
    Per.CALENDAR_QUARTER: TermKind.CALENDAR_QUARTER,
}


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times in each so many weeks, months, terms or years; `year` limits it to one plan year."""

    count: int
    per: Per
    every: int = 1
    year: PlanYear | None = None

    def windows(self, period: PlanPeriod, _yearly: bool) -> list[Window]:
        """Return the stretches at whose ends somebody looks whether it was done so often."""
        years = [self.year] if self.year is not None else list(period.years)
        if self.per is Per.YEAR and self.every > 1:
            chosen = years[self.every - 1 :: self.every] or years[-1:]
            return [Window(years[max(0, years.index(one) - self.every + 1)].first, one.working.last) for one in chosen]
        found = [window for year in years for window in self._in_year(year)]
        inside = [window for window in found if window.last >= period.first] if self.year is None else found
        return inside or found[-1:]

    def _in_year(self, year: PlanYear) -> list[Window]:
        if self.per is Per.YEAR:
            return _parts(year.months, self.count)
        if self.per in _TERMS:
            return [term.window for term in terms_of(_TERMS[self.per], year)]
        if self.per is Per.HALF_YEAR:
            kind = TermKind.SCHOOL_HALF if year.kind is YearKind.SCHOOL else TermKind.CALENDAR_HALF
            return [term.window for term in terms_of(kind, year)]
        months = year.months
        step = self.every if self.per is Per.MONTH else 1
        return _joined(months, range(step, len(months) + step, step)) if step > 1 else months


@dataclass(frozen=True, slots=True)
class TermSpan:
    """A term of a year, such as the second quarter; `number` 0 is the present one on the day of writing."""

    kind: TermKind
    number: int
    last_number: int
    year: int | None = None
    """Number of the plan year of the term's kind (the spring's for school terms); None: of the plan."""
    written_on: date | None = None

    def windows(self, period: PlanPeriod, yearly: bool) -> list[Window]:
        """Return the terms as windows: of the year named, else of each year, else the first that ends in the plan."""
        if self.number == 0:
            return [term_of(self.kind, self.written_on or period.first).window]
        if self.year is not None:
            return [self._in(PlanYear(self.kind.year_kind, self.year))]
        numbers = range(
            PlanYear.of(self.kind.year_kind, period.first).number,
            PlanYear.of(self.kind.year_kind, period.end).number + 1,
        )
        found = [self._in(PlanYear(self.kind.year_kind, number)) for number in numbers]
        inside = [window for window in found if period.first <= window.last <= period.end]
        if inside:
            return inside if yearly else inside[:1]
        return [window for window in found if window.last < period.first][-1:]

    def _in(self, year: PlanYear) -> Window:
        terms = terms_of(self.kind, year)
        return Window(terms[self.number - 1].window.first, terms[self.last_number - 1].window.last)


@dataclass(frozen=True, slots=True)
class WholeYear:
    """The whole of each year of the plan, or of `year` alone."""

    year: PlanYear | None = None
    through: PlanYear | None = None
    """The last year of several that are meant as one stretch."""

    def windows(self, period: PlanPeriod, _yearly: bool) -> list[Window]:
        """Return the working part of each year as far as it lies in the plan."""
        if self.year is not None:
            return [Window(self.year.first, (self.through or self.year).working.last)]
        found = [_cut(year, period) for year in period.years]
        inside = [window for window in found if window.first <= window.last]
        return inside or [Window(period.first, max(period.first, period.last))]


@dataclass(frozen=True, slots=True)
class FromStart:
    """So many years from the beginning of the plan; a methodical cycle is taken as one."""

    count: int

    def windows(self, period: PlanPeriod, _yearly: bool) -> list[Window]:
        """Return the stretch from the beginning of the plan."""
        first = PlanYear.of(period.kind, period.first)
        return [Window(period.first, PlanYear(first.kind, first.number + self.count - 1).working.last)]


@dataclass(frozen=True, slots=True)
class UntilAssessment:
    """Up to the day before the next assessment procedure."""

    def windows(self, period: PlanPeriod, _yearly: bool) -> list[Window]:
        """Return the stretch up to the known day, else up to the usual beginning of the ВПР."""
        if period.next_assessment is not None:
            return [Window(min(period.first, period.next_assessment), period.next_assessment - timedelta(days=1))]
        year = period.first.year
        day = date(year, ASSESSMENT_MONTH, ASSESSMENT_DAY)
        if day <= period.first:
            day = date(year + 1, ASSESSMENT_MONTH, ASSESSMENT_DAY)
        return [Window(period.first, day - timedelta(days=1))]


Rule: TypeAlias = DatedSpan | YearSpan | Frequency | TermSpan | WholeYear | FromStart | UntilAssessment


def _day(year: int, month: int, day: int) -> date:
    last = last_day(year, month)
    return last if day == LAST_DAY else date(year, month, min(day, last.day))


def _parts(months: list[Window], count: int) -> list[Window]:
    """Divide the months into parts as equal as they can be; more parts than months are the months."""
    if count >= len(months):
        return months
    return _joined(months, [round(len(months) * number / count) for number in range(1, count + 1)])


def _joined(months: list[Window], ends: range | list[int]) -> list[Window]:
    """Join the months up to each end (a number of months) into one window."""
    found: list[Window] = []
    start = 0
    for end in ends:
        end = min(end, len(months))
        found.append(Window(months[start].first, months[end - 1].last))
        start = end
    return found


def _cut(year: PlanYear, period: PlanPeriod) -> Window:
    working = year.working
    return Window(max(working.first, period.first), min(working.last, max(period.first, period.last)))

