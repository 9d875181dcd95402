"""What makes a course, a route or a plan of self-education impossible, as sentences; who is due for a course. Pure.

Every three years at least: ст. 47 ч. 5 п. 2 of Федеральный закон от 29.12.2012 № 273-ФЗ «Об образовании в РФ».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.errors import InvalidInput
from core.words.dates import day

COURSE_YEARS = 3
MOST_HOURS = 2000
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class Study:
    """Days on which a teacher studies (both included), and what."""

    title: str
    starts_on: date
    ends_on: date


def require_hours(hours: int | None, module_hours: int | None) -> None:
    """Raise InvalidInput for hours that cannot be; the subject module is a part of the whole."""
    if hours is None or not 1 <= hours <= MOST_HOURS:
        raise InvalidInput(f"Часов в программе бывает от 1 до {MOST_HOURS}.", "Впишите число часов.")
    if module_hours is not None and not 0 <= module_hours <= hours:
        raise InvalidInput(
            f"Предметный модуль – {module_hours} ч, а вся программа – {hours} ч.", "Исправьте число часов."
        )


def require_order(starts_on: date | None, ends_on: date | None, what: str) -> None:
    """Raise InvalidInput for an end before the beginning or a year that must be a slip; `what` is the subject."""
    for when in (starts_on, ends_on):
        if when is not None and when.year not in _YEARS:
            raise InvalidInput(f"{what}: в дате {day(when)} опечатка в годе.", "Исправьте дату.")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise InvalidInput(
            f"{what}: окончание ({day(ends_on)}) раньше начала ({day(starts_on)}).", "Исправьте даты."
        )


def require_no_overlap(wanted: Study, others: Iterable[Study]) -> None:
    """Raise InvalidInput when the teacher studies elsewhere on one of these days."""
    for other in others:
        if other.starts_on <= wanted.ends_on and wanted.starts_on <= other.ends_on:
            raise InvalidInput(
                f"Курсы пересекаются: «{other.title}» идут с {day(other.starts_on)} по {day(other.ends_on)}.",
                "Измените даты или выберите другие курсы.",
            )


def due_on(last_finished_on: date | None, hired_on: date | None) -> date | None:
    """Return by which day a course is due: three years after the last one, else after hiring; None when unknown."""
    since = last_finished_on or hired_on
    if since is None:
        return None
    leap_day = (since.month, since.day) == (2, 29)
    return since.replace(year=since.year + COURSE_YEARS, day=28 if leap_day else since.day)
