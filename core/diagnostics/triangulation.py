"""Triangulation: pupils' results, teachers' difficulties, experts' remarks on one element, worst first. Pure.

Where several sides point at the same element, there is something to discuss. It is a hypothesis and never a cause: the
three sides are measured at different times and on different people (domain.md §7.4).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.analysis.status import Status
from core.diagnostics.standing import Standing
from core.words import listing


@dataclass(frozen=True, slots=True)
class PupilSide:
    """How pupils did the element in one work; shares are 0..1."""

    assessment_id: int
    work: str
    """«ВПР, 6 класс, 2026»."""
    unit: str
    """Key of the unit whose pupils these are."""
    facility: float
    low: float
    high: float
    n: int
    status: Status
    threshold: float


@dataclass(frozen=True, slots=True)
class TeacherSide:
    """How many teachers lack one competence that is linked to the element; shares are 0..1."""

    competence_id: int
    competence: str
    group: str
    """Whose teachers: «педагоги предмета «Физика»»."""
    asked: int
    lacking: int
    share: float
    low: float
    high: float
    standing: Standing
    source: str = ""
    """The round of the diagnostics."""
    confirmed: str = ""
    """«РМО математиков, 12.10.2026, протокол № 3» where it was confirmed by discussion."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark of experts of attestation, or a note of a club, about the element."""

    remark_id: int
    text: str
    origin: str
    """Who said it and when."""


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One content element with its three sides; an empty side has no data. `pupils` and `teachers` are worst first."""

    subject: str
    element: str
    pupils: tuple[PupilSide, ...] = ()
    teachers: tuple[TeacherSide, ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_linked: bool = False
    """Some competence is linked to the element, whether or not anybody was asked about it."""
    is_hidden: bool = False
    """Teachers were asked, but too few of them for their share to be shown."""

    @property
    def signals(self) -> tuple[str, ...]:
        """Return the sides that point at trouble, in words."""
        found = []
        if self.pupils and self.pupils[0].status.is_below:
            found.append("результаты учеников")
        if self.teachers and self.teachers[0].standing >= Standing.POSSIBLE:
            found.append("затруднения педагогов")
        if self.remarks:
            found.append("замечания экспертов")
        return tuple(found)

    @property
    def sides(self) -> int:
        """Return how many of the three sides have data."""
        return sum(map(bool, (self.pupils, self.teachers, self.remarks)))

    @property
    def hypothesis(self) -> str:
        """Return what to discuss, and what to find out first."""
        signals = self.signals
        if len(signals) > 1:
            return f"На элемент указывают {listing(signals)}: обсудите, связаны ли они."
        if not signals:
            return "Ни одна из сторон на трудность не указывает."
        alone = f"Указывают только {signals[0]}"
        return f"{alone}: {self.advice}" if self.advice else f"{alone}; остальные стороны этого не подтверждают."

    @property
    def advice(self) -> str:
        """Return what to do so that the missing sides get data; "" when teachers and pupils both have them."""
        if not self.pupils:
            return "загрузите работу с этим элементом в плане."
        if self.is_hidden:
            return "опросите больше педагогов: доля по группе меньше пяти не показывается."
        if not self.is_linked:
            return "свяжите с элементом компетенцию на вкладке «Инструменты»."
        if not self.teachers:
            return "проведите анкетирование по связанной компетенции."
        return ""


def worst_first(rows: Iterable[ElementRow]) -> tuple[ElementRow, ...]:
    """Return the rows ordered for discussion: how many sides point at trouble, then how far each of them goes."""
    return tuple(sorted(rows, key=_rank))


def worst_pupils(sides: Iterable[PupilSide]) -> tuple[PupilSide, ...]:
    """Return the works, the one furthest below its threshold first; works are never averaged."""
    return tuple(sorted(sides, key=lambda side: (-_seriousness(side), side.facility - side.threshold, side.work)))


def worst_teachers(sides: Iterable[TeacherSide]) -> tuple[TeacherSide, ...]:
    """Return the competences, the most widely shared difficulty first."""
    return tuple(sorted(sides, key=lambda side: (-side.standing, -side.share, side.competence)))


def _rank(row: ElementRow) -> tuple[float | str, ...]:
    pupils = row.pupils[0] if row.pupils else None
    teachers = row.teachers[0] if row.teachers else None
    return (
        -len(row.signals),
        -_seriousness(pupils) if pupils else 0,
        -int(teachers.standing) if teachers else 0,
        pupils.facility - pupils.threshold if pupils else 1.0,
        -teachers.share if teachers else 0.0,
        -len(row.remarks),
        row.subject,
        row.element,
    )


def _seriousness(side: PupilSide) -> int:
    """Return 2 for «достоверно ниже», 1 for «вероятно ниже», 0 otherwise."""
    return {Status.SURELY_BELOW: 2, Status.PROBABLY_BELOW: 1}.get(side.status, 0)
