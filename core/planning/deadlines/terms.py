"""Terms of a year: school quarters, trimesters and halves, calendar quarters and halves.

Schools set the days of their terms themselves. For checking a plan the last day of a term is taken as the last day of
its month; eight, eight, ten or eleven and seven or eight weeks are those of the federal programmes (приказы
Минпросвещения от 18.05.2023 № 370, № 371, № 372, календарный учебный график).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.planning.deadlines.periods import PlanYear, Window, YearKind, last_day


class TermKind(StrEnum):
    """Kinds of terms."""

    SCHOOL_QUARTER = "четверть"
    TRIMESTER = "триместр"
    SCHOOL_HALF = "полугодие учебного года"
    CALENDAR_QUARTER = "квартал"
    CALENDAR_HALF = "полугодие календарного года"

    @property
    def year_kind(self) -> YearKind:
        """Return which year the terms divide."""
        calendar = self in (TermKind.CALENDAR_QUARTER, TermKind.CALENDAR_HALF)
        return YearKind.CALENDAR if calendar else YearKind.SCHOOL

    @property
    def how_many(self) -> int:
        """Return how many terms a year has."""
        return len(_MONTHS[self])

    def months(self, number: int) -> tuple[int, int]:
        """Return first and last month of a term, counted from 1; 13 is January of the spring."""
        return _MONTHS[self][number - 1]


_MONTHS: dict[TermKind, tuple[tuple[int, int], ...]] = {
    TermKind.SCHOOL_QUARTER: ((9, 10), (11, 12), (13, 15), (16, 17)),
    TermKind.TRIMESTER: ((9, 11), (12, 14), (15, 17)),
    TermKind.SCHOOL_HALF: ((9, 12), (13, 17)),
    TermKind.CALENDAR_QUARTER: ((1, 3), (4, 6), (7, 9), (10, 12)),
    TermKind.CALENDAR_HALF: ((1, 6), (7, 12)),
}
"""First and last month of each term; 13 is January of the spring."""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one year; `number` counts from 1."""

    kind: TermKind
    number: int
    window: Window

    @property
    def name(self) -> str:
        """Return the term in words, such as «II четверть»."""
        return f"{('I', 'II', 'III', 'IV')[self.number - 1]} {self.kind.value}"


def terms_of(kind: TermKind, year: PlanYear) -> list[Term]:
    """Return the terms of a year. Terms of another kind of year are those that end in the plan's year."""
    if kind.year_kind is year.kind:
        return _terms(kind, year.number)
    near = [term for number in (year.number - 1, year.number, year.number + 1) for term in _terms(kind, number)]
    return [term for term in near if year.first <= term.window.last <= year.last]


def term_of(kind: TermKind, day: date) -> Term:
    """Return the term in which the day lies; in the holidays of summer the last one of the year."""
    year = PlanYear.of(kind.year_kind, day)
    terms = _terms(kind, year.number)
    return next((term for term in terms if day <= term.window.last), terms[-1])


def _terms(kind: TermKind, number: int) -> list[Term]:
    base = number - 1 if kind.year_kind is YearKind.SCHOOL else number
    return [
        Term(kind, place, Window(date(base + (first - 1) // 12, (first - 1) % 12 + 1, 1), last_day(base, last)))
        for place, (first, last) in enumerate(_MONTHS[kind], start=1)
    ]
