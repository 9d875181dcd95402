"""What is known beforehand about the demo data: planted weaknesses, a topic not taught, results that did not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import BlueprintItem
from core.demo.municipality import DemoSchool
from core.demo.works import DemoWork, work_with

UnitLevel = Literal["municipality", "school", "class"]


@dataclass(frozen=True, slots=True)
class PlantedField:
    """A weakness made on purpose: in this work and these years the unit loses `shift` logits in the key's items.

    `kind` is the analysis' kind of key, `key` the name of the content element or task type. `school` is the code of
    the school for the levels school and class. `meaning` says what a methodist should see.
    """

    work: DemoWork
    years: tuple[int, ...]
    level: UnitLevel
    kind: Literal["element", "task_type"]
    key: str
    shift: float
    meaning: str
    school: str | None = None
    class_name: str | None = None

    def concerns(self, school: DemoSchool, class_name: str) -> bool:
        """Say whether the pupils of the class belong to the unit."""
        return self.school in (None, school.code) and self.class_name in (None, class_name)

    def items(self, items: Sequence[BlueprintItem]) -> NDArray[np.bool_]:
        """Return which items belong to the key (I)."""
        if self.kind == "task_type":
            return np.array([item.task_type == self.key for item in items])
        return np.array([self.key in item.element.split(ELEMENT_SEPARATOR) for item in items])


@dataclass(frozen=True, slots=True)
class NotTaught:
    """A topic that a class had not reached: its items are «не пройдено» for everybody."""

    work: DemoWork
    year: int
    school: str
    class_name: str
    element: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Results of a school that never came: a gap on the board of completeness."""

    work: DemoWork
    year: int
    school: str
    meaning: str


_RU4, _MA4 = work_with("ВПР", "Русский язык", 4), work_with("ВПР", "Математика", 4)
_RU5, _MA5 = work_with("ВПР", "Русский язык", 5), work_with("ВПР", "Математика", 5)
_MA6, _FI8 = work_with("ВПР", "Математика", 6), work_with("ВПР", "Физика", 8)
_OGE_MA = work_with("ОГЭ", "Математика", 9)

PLANTED = (
    PlantedField(
        _MA4, (2025, 2026), "municipality", "element", "площадь и периметр", -1.2,
        "системное поле: во всех школах второй год подряд",
    ),
    PlantedField(
        _OGE_MA, (2026,), "school", "element", "геометрия", -1.4,
        "поле одной школы: слабы оба девятых класса, остальные темы — как в районе", school="edu990102",
    ),
    PlantedField(
        _RU4, (2026,), "class", "element", "состав слова", -2.2,
        "локальное поле: один класс из трёх в параллели", school="edu990101", class_name="Б",
    ),
    PlantedField(
        _FI8, (2026,), "class", "element", "электрические явления", -2.0,
        "слабое место сильного класса: по остальным темам класс выше района", school="edu990103", class_name="Б",
    ),
    PlantedField(
        _MA5, (2024, 2025), "municipality", "element", "обыкновенные дроби", -1.2,
        "решённое поле: два года было системным, в 2026 году снято",
    ),
    PlantedField(
        _MA6, (2026,), "municipality", "task_type", "текстовая задача", -1.2,
        "поле по типу заданий: вычислять умеют, задачу с теми же числами не решают",
    ),
)

NOT_TAUGHT = (
    NotTaught(_MA5, 2026, "edu990106", "А", "десятичные дроби", "класс не успел пройти тему к дате работы"),
)

MISSING = (
    Missing(_MA4, 2026, "edu990108", "школа ещё не прислала результаты"),
    Missing(_RU5, 2025, "edu990107", "работа не проводилась: карантин"),
)


def planted_shifts(
    work: DemoWork, year: int, school: DemoSchool, class_name: str, items: Sequence[BlueprintItem]
) -> NDArray[np.float64]:
    """Return the logits by which each item is harder for the class (I), 0 where nothing is planted."""
    shifts = np.zeros(len(items))
    for field in PLANTED:
        if field.work == work and year in field.years and field.concerns(school, class_name):
            shifts += field.shift * field.items(items)
    return shifts


def not_taught_items(
    work: DemoWork, year: int, school: DemoSchool, class_name: str, items: Sequence[BlueprintItem]
) -> NDArray[np.bool_]:
    """Return which items the class had not been taught (I)."""
    elements = {
        one.element
        for one in NOT_TAUGHT
        if (one.work, one.year, one.school, one.class_name) == (work, year, school.code, class_name)
    }
    return np.array([bool(elements.intersection(item.element.split(ELEMENT_SEPARATOR))) for item in items])


def is_missing(work: DemoWork, year: int, school: DemoSchool) -> bool:
    """Say whether the school's results in the work never came."""
    return any((one.work, one.year, one.school) == (work, year, school.code) for one in MISSING)
