"""What a calculation hands back: for each organisation the records behind numerator and denominator. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Key: TypeAlias = str
"""Which record it is, unique within the indicator: the id of a row, or words such as «12|7А» for a class of a work."""


class RecordKind(StrEnum):
    """Whose keys they are; the value is what a list of them is headed with."""

    TEACHER = "педагоги"
    ANSWERED = "педагоги, ответившие в диагностике"
    """Who of them has a deficit is not told outside their own school."""
    ROUTE = "индивидуальные маршруты"
    ENROLMENT = "направления на курсы"
    MEETING = "заседания"
    EVENT = "мероприятия"
    ASSOCIATION = "объединения"
    MEASURE = "мероприятия дорожных карт"
    FIELD = "проблемные поля"
    SCHOOL = "школы"
    FEEDBACK = "отзывы"
    PROGRAMME = "программы наставничества"
    ANSWER = "анкеты"
    CLASS = "классы"
    ITEM = "задания"

    @property
    def is_sensitive(self) -> bool:
        """Say whether a figure on fewer than five of them is not shown outside the school."""
        return self in (RecordKind.ANSWERED, RecordKind.CLASS, RecordKind.FEEDBACK, RecordKind.ANSWER)

    @property
    def is_of_schools(self) -> bool:
        """Say whether schools alone have such records, not the municipality or the region by itself."""
        return self in (
            RecordKind.TEACHER, RecordKind.ANSWERED, RecordKind.CLASS, RecordKind.ITEM, RecordKind.SCHOOL
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """One organisation's own part of an indicator: weights of records by key. `whole` is empty for mere numbers."""

    part: Mapping[Key, float]
    whole: Mapping[Key, float]

    @property
    def numerator(self) -> float:
        """Return the sum of the weights of the part."""
        return float(sum(self.part.values()))

    @property
    def denominator(self) -> float:
        """Return the sum of the weights of the whole."""
        return float(sum(self.whole.values()))


ByOrganisation: TypeAlias = dict[int, Counted]


def ones(part: Iterable[object], whole: Iterable[object]) -> Counted:
    """Return records that count one each; what is not in the whole does not count."""
    everything = {str(key): 1.0 for key in whole}
    return Counted({key: 1.0 for key in map(str, part) if key in everything}, everything)


def number(part: Iterable[object]) -> Counted:
    """Return records that are merely counted."""
    return Counted({str(key): 1.0 for key in part}, {})
