"""Figures of the state of mentorship from plain records: each with the people behind its numerator and denominator.

Names and senses of the indicators: распоряжение Минпросвещения от 25.12.2019 № Р-145 (coverage of young specialists,
satisfaction), letter of 21.12.2021 № АЗ-1128/08/657 (young teachers who stay). Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from core.analysis.intervals import wilson
from core.people.teachers import YOUNG_YEARS
from core.support.mentorship_tables import MentorshipState

YEARS_TO_STAY = 3


@dataclass(frozen=True, slots=True)
class Job:
    """A teacher worked in an organisation from day to day (the last one not included); None: since ever, still."""

    teacher: int
    organisation: int
    hired_on: date | None
    left_on: date | None
    experience_when_hired: int | None = None
    """Full years of teaching on the day of hiring, None where unknown."""

    def holds(self, on: date) -> bool:
        """Say whether the teacher worked there on the day."""
        return (self.hired_on is None or self.hired_on <= on) and (self.left_on is None or on < self.left_on)


@dataclass(frozen=True, slots=True)
class Helping:
    """A mentorship: who helps whom, from day to day (both included), and how it ended."""

    key: int
    mentor: int
    mentees: frozenset[int]
    starts_on: date
    ends_on: date
    state: MentorshipState
    has_order: bool
    ended_on: date | None = None

    def is_under_way(self, on: date) -> bool:
        """Say whether it was under way on the day, by an order."""
        last = self.ended_on or self.ends_on
        return self.state is not MentorshipState.PREPARED and self.has_order and self.starts_on <= on <= last


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with the keys behind it: `part` of `whole`; Wilson's 95 % interval, NaN where the whole is empty."""

    title: str
    part: frozenset[int]
    whole: frozenset[int]
    of_what: str
    """Whose keys they are: «педагоги», «программы»."""
    share: float
    low: float
    high: float


def figure(title: str, part: Iterable[int], whole: Iterable[int], of_what: str = "педагоги") -> Figure:
    """Return the share of the part in the whole; what is not in the whole does not count."""
    everybody = frozenset(whole)
    counted = frozenset(part) & everybody
    if not everybody:
        return Figure(title, counted, everybody, of_what, float("nan"), float("nan"), float("nan"))
    share = len(counted) / len(everybody)
    low, high = wilson([share], [len(everybody)])
    return Figure(title, counted, everybody, of_what, share, float(low[0]), float(high[0]))


def young_with_mentor(young: Collection[int], helping: Iterable[Helping], on: date) -> Figure:
    """Return the share of teachers with 0–3 years of experience who had a mentor by an order on the day."""
    title = f"Молодые специалисты (стаж 0–{YOUNG_YEARS} года), у которых есть наставник"
    return figure(title, with_a_mentor(helping, on), young)


def with_a_mentor(helping: Iterable[Helping], on: date) -> frozenset[int]:
    """Return the teachers who had a mentor by an order on the day."""
    return frozenset(mentee for one in helping if one.is_under_way(on) for mentee in one.mentees)


def teachers_who_mentor(teachers: Collection[int], helping: Iterable[Helping], on: date) -> Figure:
    """Return the share of the teachers who were mentors by an order on the day."""
    return figure("Педагоги-наставники", (one.mentor for one in helping if one.is_under_way(on)), teachers)


def finished_programmes(helping: Iterable[Helping], since: date, on: date) -> Figure:
    """Return the share of programmes that were finished as planned among those whose term came from `since` to `on`."""
    due = [one for one in helping if one.state is not MentorshipState.PREPARED and since <= one.ends_on <= on]
    done = (one.key for one in due if one.state is MentorshipState.FINISHED)
    return figure("Завершённые программы наставничества", done, (one.key for one in due), "программы")


def young_who_stayed(jobs: Iterable[Job], on: date, organisations: Collection[int]) -> Figure:
    """Return the share of those who came young in the academic year three years ago and still work in the unit.

    Who came: hired in an organisation of the unit between 1 September and 31 August three academic years before the one
    of the day, with 0–3 years of experience then.
    """
    here = [job for job in jobs if job.organisation in organisations]
    first = date(on.year - (on.month < 9) - YEARS_TO_STAY, 9, 1)
    last = date(first.year + 1, 8, 31)
    came = {
        job.teacher
        for job in here
        if job.hired_on is not None
        and first <= job.hired_on <= last
        and job.experience_when_hired is not None
        and job.experience_when_hired <= YOUNG_YEARS
    }
    return figure("Молодые педагоги, закрепившиеся через 3 года", (job.teacher for job in here if job.holds(on)), came)


def young_who_take_part(young: Collection[int], taking_part: Iterable[int]) -> Figure:
    """Return the share of young teachers who take part in contests or in communities of teachers."""
    return figure("Молодые специалисты – участники конкурсов и сообществ", taking_part, young)
