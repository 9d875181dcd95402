"""Which works the demo municipality writes each year, when, and how hard they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

YEARS = (2024, 2025, 2026)


@dataclass(frozen=True, slots=True)
class DemoWork:
    """One work that is written every year.

    `number` is the work's own stream of random numbers and never changes. `facility` holds the facility of an average
    item of each level in the municipality, before any planted weakness; items lie within ± `spread` of it.
    `short` is the subject as ФИС ОКО shortens it.
    """

    number: int
    procedure: str
    subject: str
    grade: int
    short: str
    days: Mapping[int, date] = field(hash=False)
    facility: Mapping[str, float] = field(hash=False)
    spread: float = 0.05
    share_of_class: float = 1.0
    """Which part of the class takes the work (ЕГЭ by choice)."""

    @property
    def is_vpr(self) -> bool:
        """Say whether the work follows the rules of ВПР."""
        return self.procedure == "ВПР"

    def file_name(self, year: int) -> str:
        """Return the name of the file in which such results usually come."""
        day = self.days[year]
        if self.is_vpr:
            return f"ВПР {year} {self.subject} {self.grade} класс Индивидуальные результаты.xlsx"
        return f"{self.procedure} {self.subject} {day:%Y.%m.%d} протокол.xlsx"

    def report_name(self, year: int, report: str) -> str:
        """Return the name of the file of an aggregated report."""
        return f"ВПР {year} {self.short} {self.grade} {report}.xlsx"


def _days(*days: tuple[int, int, int]) -> Mapping[int, date]:
    return MappingProxyType({year: date(year, month, day) for year, month, day in days})


def _levels(basic: float, advanced: float, high: float = 0.28) -> Mapping[str, float]:
    return MappingProxyType({"Б": basic, "П": advanced, "В": high})


WORKS = (
    DemoWork(1, "ВПР", "Русский язык", 4, "РУ", _days((2024, 4, 9), (2025, 4, 17), (2026, 4, 21)), _levels(0.71, 0.46)),
    DemoWork(2, "ВПР", "Математика", 4, "МА", _days((2024, 4, 16), (2025, 4, 24), (2026, 4, 23)), _levels(0.71, 0.41)),
    DemoWork(3, "ВПР", "Русский язык", 5, "РУ", _days((2024, 4, 2), (2025, 4, 15), (2026, 4, 22)), _levels(0.71, 0.46)),
    DemoWork(4, "ВПР", "Математика", 5, "МА", _days((2024, 4, 4), (2025, 4, 22), (2026, 4, 28)), _levels(0.71, 0.42)),
    DemoWork(5, "ВПР", "Математика", 6, "МА", _days((2024, 4, 11), (2025, 4, 23), (2026, 4, 29)), _levels(0.71, 0.42)),
    DemoWork(6, "ВПР", "Физика", 8, "ФИ", _days((2024, 4, 18), (2025, 5, 6), (2026, 5, 12)), _levels(0.71, 0.44)),
    DemoWork(7, "ОГЭ", "Математика", 9, "МА", _days((2024, 6, 6), (2025, 6, 3), (2026, 6, 2)), _levels(0.68, 0.27)),
    DemoWork(8, "ОГЭ", "Русский язык", 9, "РУ", _days((2024, 6, 3), (2025, 6, 9), (2026, 6, 9)), _levels(0.70, 0.50)),
    DemoWork(
        9, "ЕГЭ", "Математика профильная", 11, "МП", _days((2024, 5, 31), (2025, 5, 27), (2026, 6, 8)),
        _levels(0.70, 0.32), share_of_class=0.6,
    ),
    DemoWork(
        10, "ЕГЭ", "Русский язык", 11, "РУ", _days((2024, 5, 28), (2025, 5, 30), (2026, 6, 4)), _levels(0.70, 0.52)
    ),
)


def work_with(procedure: str, subject: str, grade: int) -> DemoWork:
    """Return the work of this procedure, subject and grade."""
    return next(
        work for work in WORKS if (work.procedure, work.subject, work.grade) == (procedure, subject, grade)
    )
