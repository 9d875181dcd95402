"""Stretches of days as they are written: «15 октября», «сентябрь – май 2027», «первая неделя марта», «до 1 ноября»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.planning.deadlines.cursor import Cursor
from core.planning.deadlines.periods import PlanYear, YearKind, last_day
from core.planning.deadlines.rules import LAST_DAY, DatedSpan, YearSpan

_LEAP = 2024
_CENTURY = 2000
_YEARS = range(1900, 2101)
_SEASONS: dict[str, tuple[int, int, int, int]] = {
    "AUTUMN": (9, 1, 11, LAST_DAY),
    "WINTER": (12, 1, 2, LAST_DAY),
    "SPRING": (3, 1, 5, LAST_DAY),
    "SUMMER": (6, 1, 8, LAST_DAY),
    "SCHOOL_START": (8, 1, 8, LAST_DAY),
    "AUTUMN_HOLIDAYS": (10, 24, 11, 8),
    "WINTER_HOLIDAYS": (12, 29, 1, 11),
    "SPRING_HOLIDAYS": (3, 20, 4, 2),
}
"""First month and day, last month and day; holidays as wide as schools of the country have them."""
_PARTS = {"BEGIN": (1, 10), "MIDDLE": (11, 20), "END": (21, LAST_DAY)}
EXCLUSIVE = ("до", "к", "ко", "срок до")
"""«До ноября» ends in October, «не позднее ноября» in November."""


@dataclass(frozen=True, slots=True)
class Point:
    """A day of a year, `LAST_DAY` for the last of the month; the calendar year is None where it is not said."""

    month: int
    day: int
    year: int | None = None

    def on(self) -> date:
        """Return the day, of the year 2024 where no year is said."""
        year = self.year or _LEAP
        last = last_day(year, self.month)
        return last if self.day == LAST_DAY else date(year, self.month, min(self.day, last.day))


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one point to another, both included; without a first one it is «до …»."""

    first: Point | None
    last: Point

    @property
    def has_year(self) -> bool:
        """Say whether the year is known."""
        return self.last.year is not None or (self.first is not None and self.first.year is not None)

    @property
    def beginning(self) -> Point | None:
        """Return the first point with the year that stands behind the whole."""
        return None if self.first is None else replace(self.first, year=self.first.year or self.last.year)

    def in_calendar_year(self, year: int) -> Stretch:
        """Return the stretch that ends in the year."""
        return replace(self, last=replace(self.last, year=year))

    def in_school_year(self, spring: int) -> Stretch:
        """Return the stretch that ends in the school year."""
        return self.in_calendar_year(spring - 1 if self.last.month >= 9 else spring)

    @classmethod
    def of_months(cls, first: int, last: int) -> Stretch:
        """Return the stretch from the beginning of one month to the end of another."""
        return cls(Point(first, 1), Point(last, LAST_DAY))

    def of_any_year(self) -> Stretch:
        """Return the same days without their year."""
        first = None if self.first is None else replace(self.first, year=None)
        return Stretch(first, replace(self.last, year=None))

    def rule(self) -> DatedSpan | YearSpan:
        """Return the rule; what begins after its end is taken to begin in the year before."""
        if not self.has_year:
            return self._of_any_year()
        first, last = self.first, self.last
        if last.year is None and first is not None and first.year is not None:
            last = replace(last, year=first.year + (_key(last) < _key(first)))
        end = last.on()
        if first is None:
            return DatedSpan(PlanYear.of(YearKind.SCHOOL, end - timedelta(days=1)).first, end, is_until=True)
        if first.year is None:
            first = replace(first, year=end.year - (_key(first) > _key(last)))
        start = first.on()
        return DatedSpan(min(start, end), max(start, end))

    def _of_any_year(self) -> YearSpan:
        if self.first is not None:
            return YearSpan(self.first.month, self.first.day or 1, self.last.month, self.last.day)
        starts_school_year = (self.last.month, self.last.day) == (9, 1)
        return YearSpan(9, 2 if starts_school_year else 1, self.last.month, self.last.day, is_until=True)


class StretchReader:
    """Reads stretches at a cursor; `problems` collects dates that cannot be."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.problems: list[str] = []

    def read(self) -> list[Stretch]:
        """Consume and return one stretch, or the days of «5, 20 октября»; nothing when none stands here."""
        begin, problems = self.cursor.place, len(self.problems)
        found = self._read()
        if not found and len(self.problems) == problems:
            self.cursor.place = begin
        return found

    def _read(self) -> list[Stretch]:
        word = self.cursor.take_if("UNTIL", "ON")
        if word is not None:
            return self._until(exclusive=word.text in EXCLUSIVE)
        is_open = self.cursor.take_if("FROM") is not None
        self.cursor.skip({"FILLER", "DURING"})
        days = self._listed_days()
        if days:
            return days
        first = self._one()
        if first is None:
            return []
        return [self._closed(first, is_open)]

    def _closed(self, first: Stretch, is_open: bool) -> Stretch:
        """Return the stretch up to the end of a range that begins with `first`, if one does («апрель/май» too).

        An open one («с октября») lasts until the end of the school year.
        """
        begin = self.cursor.place
        if self.cursor.look().text == "/" or self.cursor.look().kind in ("DASH", "ON", "UNTIL"):
            self.cursor.take()
            self.cursor.skip({"FILLER"})
            last = self._one()
            if last is not None:
                return Stretch(first.beginning, last.last)
            self.cursor.place = begin
        if is_open and first.first is not None:
            return Stretch(first.beginning, Point(8 if 5 < first.first.month < 9 else 5, LAST_DAY))
        return first

    def _until(self, exclusive: bool) -> list[Stretch]:
        self.cursor.skip({"FILLER"})
        end_named = self.cursor.look().kind in _PARTS
        one = self._one()
        if one is None:
            return []
        last = one.last
        is_whole_month = last.day == LAST_DAY and one.first is not None and one.first.day == 1
        if exclusive and is_whole_month and not end_named and one.first is not None:
            before = one.first.month - 1 or 12
            year = None if last.year is None else last.year - (before == 12)
            last = Point(before, LAST_DAY, year)
        return [Stretch(None, last)]

    def _one(self) -> Stretch | None:
        """Return a day, a part of a month, a month or a season, with the year behind it."""
        problems = len(self.problems)
        found = self._day()
        if found is None and len(self.problems) == problems:
            found = self._part_of_month() or self._season()
        if found is None or found.has_year:
            return found
        year = self._year_behind()
        return found if year is None else found.in_calendar_year(year)

    def _year_behind(self) -> int | None:
        """Consume the calendar year behind a month, also behind a comma («октябрь, 2021 г.»)."""
        ahead = 1 if self.cursor.look().kind in ("COMMA", "FILLER") else 0
        if self.cursor.look(ahead).kind != "YEAR" or self.cursor.look(ahead + 1).kind == "SCHOOL_YEAR":
            return None
        self.cursor.place += ahead
        year = self.cursor.take().value
        self.cursor.take_if("YEAR_WORD")
        return year

    def _listed_days(self) -> list[Stretch]:
        """Return the days of «5 и 20 октября», or the one stretch of «10-15 ноября» and «с 1 по 15 октября»."""
        ahead, days, joint = 1, [self.cursor.look().value], ""
        if self.cursor.look().kind != "NUMBER":
            return []
        while self.cursor.look(ahead).kind in ("COMMA", "DASH", "ON", "UNTIL"):
            if self.cursor.look(ahead + 1).kind != "NUMBER":
                break
            joint = self.cursor.look(ahead).kind
            days.append(self.cursor.look(ahead + 1).value)
            ahead += 2
        if len(days) == 1 or self.cursor.look(ahead).kind != "MONTH":
            return []
        month = self.cursor.look(ahead).value
        points = [self._point(month, day) for day in days]
        self.cursor.place += ahead + 1
        if any(point is None for point in points):
            return []
        year = self._year_behind()
        known = [replace(point, year=year) for point in points if point is not None]
        if joint != "COMMA" and len(known) == 2:
            return [Stretch(known[0], known[1])]
        return [Stretch(point, point) for point in known]

    def _day(self) -> Stretch | None:
        token = self.cursor.look()
        point: Point | None = None
        if token.kind in ("DATE", "ISO", "DAYMONTH"):
            parts = token.text.rstrip("г. ").replace("-", ".").split(".")
            self.cursor.take()
            if token.kind == "ISO":
                parts.reverse()
            year = int(parts[2]) + (_CENTURY if len(parts[2]) == 2 else 0) if len(parts) > 2 else None
            point = self._point(int(parts[1]), int(parts[0]), year)
            self.cursor.take_if("YEAR_WORD")
        elif token.kind == "NUMBER" and self.cursor.look(1).kind == "MONTH":
            self.cursor.take()
            point = self._point(self.cursor.take().value, token.value)
        return None if point is None else Stretch(point, point)

    def _point(self, month: int, day: int, year: int | None = None) -> Point | None:
        """Return a day that exists, else None with the problem noted."""
        try:
            is_possible = date(_LEAP if year is None else year, month, day).year in _YEARS
        except ValueError:
            is_possible = False
        if not is_possible:
            shown = f"{day:02d}.{month:02d}" + ("" if year is None else f".{year:04d}")
            self.problems.append(f"Даты {shown} не бывает.")
            return None
        return Point(month, day, year)

    def _part_of_month(self) -> Stretch | None:
        """Return a whole month, or its beginning, week, decade or half."""
        begin = self.cursor.place
        first, last = 1, LAST_DAY
        token = self.cursor.take_if("BEGIN", "MIDDLE", "END", "NUMBER", "LAST")
        if token is not None and token.kind in _PARTS:
            first, last = _PARTS[token.kind]
        elif token is not None:
            number = 0 if token.kind == "LAST" else token.value
            through = number
            if self.cursor.kinds(2) == ("DASH", "NUMBER"):
                self.cursor.take()
                through = self.cursor.take().value
            unit = self.cursor.take_if("WEEK_WORD", "DECADE_WORD", "HALF_WORD")
            days = None if unit is None else (_days_of(unit.kind, number), _days_of(unit.kind, through))
            if days is None or days[0] is None or days[1] is None:
                self.cursor.place = begin
                return None
            first, last = days[0][0], days[1][1]
        self.cursor.skip({"FILLER"})
        month = self.cursor.take_if("MONTH")
        if month is None:
            self.cursor.place = begin
            return None
        return Stretch(Point(month.value, first), Point(month.value, last))

    def _season(self) -> Stretch | None:
        token = self.cursor.take_if(*_SEASONS)
        if token is None:
            return None
        first_month, first_day, last_month, final = _SEASONS[token.kind]
        return Stretch(Point(first_month, first_day), Point(last_month, final))


def _days_of(unit: str, number: int) -> tuple[int, int] | None:
    """Return first and last day of the n-th week, decade or half of a month, 0 being the last; None when impossible."""
    size, count = {"WEEK_WORD": (7, 5), "DECADE_WORD": (10, 3), "HALF_WORD": (15, 2)}[unit]
    if number == 0:
        return {"WEEK_WORD": 25, "DECADE_WORD": 21, "HALF_WORD": 16}[unit], LAST_DAY
    if not 1 <= number <= count:
        return None
    return size * (number - 1) + 1, LAST_DAY if number == count else size * number


def _key(point: Point) -> tuple[int, int]:
    return point.month, point.day or 31
