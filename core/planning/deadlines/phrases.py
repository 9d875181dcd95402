"""The phrases of a deadline one after the other, and the years that belong to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from core.planning.deadlines.counting import CountReader
from core.planning.deadlines.cursor import Cursor
from core.planning.deadlines.periods import PlanYear
from core.planning.deadlines.rules import (
    LAST_DAY,
    DatedSpan,
    Frequency,
    FromStart,
    Per,
    Rule,
    UntilAssessment,
    WholeYear,
)
from core.planning.deadlines.stretches import EXCLUSIVE, Point, Stretch, StretchReader
from core.planning.deadlines.tokens import Token

_PLAIN_WORDS = {"FILLER", "DURING", "COMMA", "DASH", "YEAR_WORD", "CALENDAR_YEAR", "PRESENT", "EACH", "NOT_LESS", "ON"}
_FREQUENCIES = {"MONTHLY": Per.MONTH, "WEEKLY": Per.WEEK, "QUARTERLY": Per.CALENDAR_QUARTER, "WEEKDAY": Per.WEEK}
_YEAR_WORDS = ("YEAR_WORD", "SCHOOL_YEAR", "CALENDAR_YEAR")
_MANY_YEARS = ("гг", "гг.", "годы", "годов", "годах")
_PARTS_OF_YEAR = {"BEGIN": (9, 9), "MIDDLE": (12, 1), "END": (5, 5)}


class PhraseReader:
    """Reads all phrases of a deadline.

    `rules` is what was understood, `special` the kinds that a word alone decides, `leftover` the words without
    meaning here, `problems` dates that cannot be, `hints` what was assumed.
    """

    def __init__(self, tokens: list[Token], written_on: date | None) -> None:
        self.cursor = Cursor(tokens)
        self.stretches = StretchReader(self.cursor)
        self.counts = CountReader(self.cursor, written_on)
        self.rules: list[Rule] = []
        self.special: set[str] = set()
        self.leftover: list[str] = []
        self.hints: list[str] = []
        self.yearly = False
        self.has_until = False
        self._pending: list[Stretch] = []
        self._group: list[Stretch] = []
        self._lead: int | None = None
        self._whole_meant = False

    @property
    def problems(self) -> list[str]:
        """Return the dates that cannot be, in sentences."""
        return self.stretches.problems

    def read(self) -> None:
        """Read everything."""
        readers: tuple[Callable[[], bool], ...] = (
            self._word, self._years, self._count, self._stretch, self._part_of_year, self._whole_year,
        )
        while not self.cursor.is_at_end:
            if any(reader() for reader in readers):
                continue
            token = self.cursor.take()
            if token.kind not in _PLAIN_WORDS:
                self.leftover.append(token.text)
        self._close()

    def _word(self) -> bool:
        """Read a word that decides alone."""
        token = self.cursor.look()
        match token.kind:
            case "YEARLY":
                self.yearly = self._whole_meant = True
            case "ALWAYS":
                self.special.add("CONTINUOUS")
                self._whole_meant = True
            case "AS_NEEDED" | "SCHEDULE":
                self.special.add(token.kind)
                self._whole_meant = True
            case "PLAN":
                self._whole_meant = True
            case "EVENT":
                self.special.add("EVENT")
                self.leftover.append(token.text)
            case "NEXT_ASSESSMENT":
                self.special.add("UNTIL_ASSESSMENT")
                self.rules.append(UntilAssessment())
            case "MONTHLY" | "WEEKLY" | "QUARTERLY" | "WEEKDAY":
                self.cursor.take()
                self._add_frequency(Frequency(1, _FREQUENCIES[token.kind]))
                return True
            case _:
                return False
        self.cursor.take()
        return True

    def _years(self) -> bool:
        """Read a calendar year, a school year or several years; they belong to the stretches before them."""
        token = self.cursor.look()
        if token.kind == "YEARS":
            return self._year_range(token)
        if token.kind == "UNTIL" and self.cursor.look(1).kind == "YEAR":
            self.cursor.take()
            return self._until_year(token.text)
        if token.kind != "YEAR":
            return False
        self.cursor.take()
        self.cursor.skip({"YEAR_WORD", "CALENDAR_YEAR"})
        group = self._pending or self._group
        if group:
            self._date(group, token.value)
        else:
            self._flush_lead()
            self._lead = token.value
        return True

    def _until_year(self, word: str) -> bool:
        """Read «до 2027 года», which ends before it, and «не позднее 2026 года», which ends with it."""
        year = self.cursor.take().value - (word in EXCLUSIVE)
        self.cursor.skip({"YEAR_WORD", "CALENDAR_YEAR"})
        self.rules.append(Stretch(None, Point(12, LAST_DAY, year)).rule())
        self.has_until = True
        return True

    def _year_range(self, token: Token) -> bool:
        first, last = _two_years(token.text)
        self.cursor.take()
        following = self.cursor.look()
        is_school = following.kind == "SCHOOL_YEAR" or (last == first + 1 and following.text not in _MANY_YEARS)
        self.cursor.skip(set(_YEAR_WORDS))
        if last <= first or (following.kind == "SCHOOL_YEAR" and last != first + 1):
            self.stretches.problems.append(f"Годы «{token.text}» записаны с ошибкой.")
            return True
        if is_school:
            self._date_in_school_year(last)
        elif self._pending:
            stretches, self._pending = self._pending, []
            self.rules += [one.in_calendar_year(year).rule() for year in range(first, last + 1) for one in stretches]
        else:
            self.rules.append(WholeYear(PlanYear.calendar(first), PlanYear.calendar(last)))
        return True

    def _date_in_school_year(self, spring: int) -> None:
        year = PlanYear.school(spring)
        if self._pending:
            self.rules += [one.in_school_year(spring).rule() for one in self._pending]
            self._pending = []
        elif not self._give_year(year):
            self.rules.append(WholeYear(year))

    def _date(self, stretches: list[Stretch], year: int) -> None:
        """Give the year to stretches; going back from the last one, a later month lies in the year before."""
        dated: list[Stretch] = []
        following: Stretch | None = None
        for one in reversed(stretches):
            if following is not None and _key(one) > _key(following):
                year -= 1
            dated.insert(0, one.in_calendar_year(year))
            following = one
        self.rules += [one.rule() for one in dated]
        self._group, self._pending = stretches, []

    def _give_year(self, year: PlanYear) -> bool:
        """Give a year to the term or the number of times read last; False when there is none."""
        if not self.rules:
            return False
        dated = self.counts.in_year(self.rules[-1], year)
        if dated is None:
            return False
        self.rules[-1] = dated
        return True

    def _count(self) -> bool:
        """Read a number of times, a term, cycles or a number of years."""
        found = self.counts.read()
        if found is None:
            return False
        self.hints += self.counts.hints
        self.counts.hints.clear()
        if isinstance(found, FromStart):
            self.special.add("CYCLES")
        for rule in found if isinstance(found, list) else [found]:
            self._add_frequency(rule)
        return True

    def _add_frequency(self, rule: Rule) -> None:
        self.rules.append(rule)
        if self.cursor.look().kind in ("COMMA", "FILLER") and self.cursor.look(1).kind in ("YEAR", "YEARS"):
            self.cursor.take()
        token = self.cursor.look()
        if token.kind == "YEAR":
            self.cursor.take()
            self.cursor.skip(set(_YEAR_WORDS))
            if not self._give_year(PlanYear.calendar(token.value)):
                self._lead = token.value

    def _stretch(self) -> bool:
        problems = len(self.problems)
        begins_with_until = self.cursor.look().kind == "UNTIL"
        found = self.stretches.read()
        if not found:
            return len(self.problems) > problems
        self.has_until |= begins_with_until
        year = found[-1].last.year
        if self._pending and len(found) == 1 and year is not None:
            self._date([*self._pending, found[0]], year)
        elif all(one.has_year for one in found):
            self.rules += [one.rule() for one in found]
            self._group = [one.of_any_year() for one in found]
        else:
            self._pending += found
            self._group = []
        return True

    def _part_of_year(self) -> bool:
        """Read «в начале и конце учебного года», «до конца полугодия», «до конца учебного года»."""
        ahead = 1 if self.cursor.look().kind in ("UNTIL", "ON") else 0
        token = self.cursor.look(ahead)
        if token.kind not in _PARTS_OF_YEAR:
            return False
        until = ahead == 1 and token.kind == "END"
        self.cursor.place += ahead + 1
        begin = self.cursor.place
        self.cursor.skip({"FILLER", "PRESENT", "EACH"})
        following = self.cursor.look().kind
        if following in ("COMMA", *_YEAR_WORDS):
            self.cursor.take_if(*_YEAR_WORDS)
            self._add_part_of_year(token.kind, until)
        elif following == "YEAR":
            self._dated_part(token.kind, self.cursor.take().value)
        elif following == "YEARS":
            _first, last = _two_years(self.cursor.take().text)
            self.cursor.skip(set(_YEAR_WORDS))
            self._pending.append(self._months(token.kind))
            self._date_in_school_year(last)
        elif not self._count():
            self.cursor.place = begin
            self.leftover.append(token.text)
        return True

    def _dated_part(self, part: str, year: int) -> None:
        self.cursor.skip(set(_YEAR_WORDS))
        first, last = {"BEGIN": (1, 1), "MIDDLE": (6, 7), "END": (12, 12)}[part]
        span = Stretch.of_months(first, last).in_calendar_year(year).rule()
        if isinstance(span, DatedSpan):
            self.rules.append(span)

    def _add_part_of_year(self, part: str, until: bool) -> None:
        if until:
            self._whole_meant = True
        else:
            self._pending.append(self._months(part))

    @staticmethod
    def _months(part: str) -> Stretch:
        return Stretch.of_months(*_PARTS_OF_YEAR[part])

    def _whole_year(self) -> bool:
        """Read «года», «учебного года», «следующего учебного года» that stand alone."""
        ahead = 1 if self.cursor.look().kind in ("NEXT", "PRESENT") else 0
        if self.cursor.look(ahead).kind not in _YEAR_WORDS:
            return False
        if self.cursor.look().kind == "NEXT":
            self.hints.append("Какой год следующий, не видно: напишите его, например «2027/2028 учебный год».")
        self.cursor.place += ahead + 1
        self._whole_meant = True
        return True

    def _flush_lead(self) -> None:
        if self._lead is not None:
            self.rules.append(WholeYear(PlanYear.calendar(self._lead)))
            self._lead = None

    def _close(self) -> None:
        """Settle what has no year of its own: a year that stood before it, or any year."""
        if self._lead is not None:
            lead, self._lead = self._lead, None
            if self._pending:
                self.rules += [one.in_calendar_year(lead).rule() for one in self._pending]
                self._pending = []
            elif not self._give_year(PlanYear.calendar(lead)):
                self.rules.append(WholeYear(PlanYear.calendar(lead)))
        self.rules += [one.rule() for one in self._pending]
        self._pending = []
        if self._whole_meant and not self.rules:
            self.rules.append(WholeYear())


def _two_years(text: str) -> tuple[int, int]:
    """Return the years of «2025/2026» or «2025-26»."""
    first, last = text.replace("/", "-").replace(" ", "").split("-")
    return int(first), int(last) if len(last) == 4 else int(first[:2] + last)


def _key(stretch: Stretch) -> tuple[int, int]:
    return stretch.last.month, stretch.last.day or 31
