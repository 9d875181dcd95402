"""Numbers of times, terms, methodical cycles and numbers of years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.planning.deadlines.cursor import Cursor
from core.planning.deadlines.periods import PlanYear, YearKind
from core.planning.deadlines.rules import Frequency, FromStart, Per, Rule, TermSpan, WholeYear
from core.planning.deadlines.terms import TermKind

_MOST_TIMES = 366
_MOST_YEARS = 20
_TERMS = {
    "SCHOOL_QUARTER": TermKind.SCHOOL_QUARTER,
    "TRIMESTER": TermKind.TRIMESTER,
    "HALF": TermKind.SCHOOL_HALF,
    "CALENDAR_QUARTER": TermKind.CALENDAR_QUARTER,
}
_PER = {
    "SCHOOL_QUARTER": Per.SCHOOL_QUARTER,
    "TRIMESTER": Per.TRIMESTER,
    "HALF": Per.HALF_YEAR,
    "CALENDAR_QUARTER": Per.CALENDAR_QUARTER,
    "MONTH_WORD": Per.MONTH,
    "WEEK_WORD": Per.WEEK,
    "WEEKDAY": Per.WEEK,
    "YEAR_WORD": Per.YEAR,
    "SCHOOL_YEAR": Per.YEAR,
    "CALENDAR_YEAR": Per.YEAR,
    "YEARLY": Per.YEAR,
}
_ADVERBS = ("однократно", "однажды", "дважды", "двукратно", "трижды")
_PASSED = {"FILLER", "PRESENT"}


class CountReader:
    """Reads counted phrases at a cursor; `hints` says what was assumed."""

    def __init__(self, cursor: Cursor, written_on: date | None) -> None:
        self.cursor = cursor
        self.hints: list[str] = []
        self._written_on = written_on

    def read(self) -> Rule | list[TermSpan] | None:
        """Consume and return one phrase; None when none stands here, no terms where they cannot be."""
        begin = self.cursor.place
        for reader in (self._times, self._each, self._cycles, self._years, self._terms):
            found = reader()
            if found is not None:
                return found
            self.cursor.place = begin
        return None

    def in_year(self, rule: Rule, year: PlanYear) -> Rule | None:
        """Return the term or the number of times in this year; None for a rule that has its year or knows none."""
        if isinstance(rule, Frequency) and rule.year is None:
            return replace(rule, year=year)
        if isinstance(rule, TermSpan) and rule.year is None and rule.number:
            if rule.kind is TermKind.SCHOOL_HALF and year.kind is YearKind.CALENDAR:
                return replace(rule, kind=TermKind.CALENDAR_HALF, year=year.number)
            if rule.kind.year_kind is YearKind.SCHOOL and year.kind is YearKind.CALENDAR:
                starts_in_autumn = rule.kind.months(rule.last_number)[1] <= 12
                return replace(rule, year=year.number + starts_in_autumn)
            if rule.kind.year_kind is YearKind.CALENDAR and year.kind is YearKind.SCHOOL:
                is_autumn = rule.kind.months(rule.last_number)[1] >= 9
                return replace(rule, year=year.number - is_autumn)
            return replace(rule, year=year.number)
        if isinstance(rule, WholeYear) and rule.year is None:
            return replace(rule, year=year)
        return None

    def _times(self) -> Rule | None:
        """Read «не реже 2 раз в год», «раз в два месяца», «дважды в год», «2-3 раза»."""
        self.cursor.skip({"NOT_LESS", "ON"})
        number = self.cursor.take_if("NUMBER")
        if number is not None and self.cursor.look().kind in ("DASH", "COMMA"):
            ahead = self.cursor.kinds(3)
            if ahead[1:] == ("NUMBER", "TIMES"):
                self.cursor.place += 2
        times = self.cursor.take_if("TIMES")
        if times is None and (number is None or number.text not in _ADVERBS):
            return None
        if number is None and times is not None and not times.text.startswith("раз"):
            return None
        count = max(1, min(number.value if number else 1, _MOST_TIMES))
        self.cursor.skip({"FILLER", "ON", "EACH", "PRESENT"})
        every = 1
        if self.cursor.look().kind == "NUMBER" and self.cursor.look(1).kind in _PER:
            every = max(1, min(self.cursor.take().value, _MOST_YEARS))
        unit = self.cursor.take_if(*_PER)
        if unit is None:
            return Frequency(count, Per.YEAR)
        return Frequency(count, _PER[unit.kind], every)

    def _each(self) -> Rule | None:
        """Read «каждую четверть», «по полугодиям», «последняя пятница месяца», «до 5 числа каждого месяца»."""
        self.cursor.skip({"UNTIL", "FILLER"})
        number = self.cursor.take_if("NUMBER", "LAST")
        weekday = self.cursor.take_if("WEEKDAY") if number else None
        self.cursor.skip({"FILLER"})
        each = self.cursor.take_if("EACH", "ON")
        unit = self.cursor.take_if(*_PER)
        if unit is None or (each is None and weekday is None) or (number is not None and unit.kind != "MONTH_WORD"):
            return None
        if each is not None and each.kind == "ON" and unit.kind in ("YEAR_WORD", "SCHOOL_YEAR"):
            return None
        return Frequency(1, _PER[unit.kind])

    def _cycles(self) -> Rule | None:
        """Read «1-2 методических цикла»; the greater number counts."""
        number = self.cursor.take_if("NUMBER")
        if self.cursor.kinds(2) == ("DASH", "NUMBER"):
            self.cursor.take()
            number = self.cursor.take()
        self.cursor.skip(_PASSED)
        if self.cursor.take_if("CYCLE") is None:
            return None
        self.hints.append("Методический цикл принят равным году плана.")
        return FromStart(max(1, min(number.value if number else 1, _MOST_YEARS)))

    def _years(self) -> Rule | None:
        """Read «в течение 3 лет»."""
        if self.cursor.take_if("DURING", "FILLER") is None:
            return None
        number = self.cursor.take_if("NUMBER")
        if number is None or self.cursor.take_if("YEAR_WORD", "SCHOOL_YEAR") is None:
            return None
        return FromStart(max(1, min(number.value, _MOST_YEARS)))

    def _terms(self) -> list[TermSpan] | Rule | None:
        """Read «II полугодие», «1-3 четверть», «I, III четверти», «текущей четверти/триместра», «четверть»."""
        self.cursor.skip({"UNTIL", "FILLER", "ON", "BEGIN", "END", "DURING"})
        present = self.cursor.take_if("PRESENT", "EACH")
        numbers = [] if present else self._numbers()
        unit = self.cursor.take_if(*_TERMS)
        if unit is None:
            return None
        kind = _TERMS[unit.kind]
        if not numbers and ((present and present.kind == "EACH") or unit.text.endswith(("ям", "ам"))):
            return Frequency(1, _PER[unit.kind])
        if not numbers:
            self._skip_other_term(unit.text)
            return [TermSpan(kind, 0, 0, written_on=self._written_on)]
        if any(not 1 <= number <= kind.how_many for pair in numbers for number in pair):
            self.hints.append(f"«{unit.text.capitalize()}» бывает с номером от 1 до {kind.how_many}.")
            return []
        return [TermSpan(kind, first, last) for first, last in numbers]

    def _numbers(self) -> list[tuple[int, int]]:
        """Return numbers and ranges of them, as pairs."""
        found: list[tuple[int, int]] = []
        while self.cursor.look().kind == "NUMBER":
            first = last = self.cursor.take().value
            if self.cursor.kinds(2) == ("DASH", "NUMBER"):
                self.cursor.take()
                last = self.cursor.take().value
            found.append((min(first, last), max(first, last)))
            if self.cursor.kinds(2) == ("COMMA", "NUMBER"):
                self.cursor.take()
        return found

    def _skip_other_term(self, text: str) -> None:
        """Pass over the second kind of «четверти/триместра»: a school has one of them."""
        if self.cursor.look().kind == "COMMA" and self.cursor.look(1).kind in _TERMS:
            self.cursor.take()
            other = self.cursor.take().text
            self.hints.append(f"Из «{text}/{other}» взято «{text}»: оставьте то, что есть в школе.")
