"""Measures proposed for a problem field: pure words, by what the field is about and how far it reaches.

They are a beginning that people change: a look at the cause, work with teachers or with the class, a check that the
element is now done better. The order is the methodical cycle of the seed documents (analysis, help, monitoring).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.analysis.elements import LEVEL_WORDS
from core.planning.deadlines import PlanPeriod
from core.planning.roadmap_tables import IndicatorKind
from core.words import number

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)
_IDLE = (6, 7)
"""June and July: no measures are planned by themselves for the holidays."""
_DEFAULT_SHARE = 60.0
"""Sufficient share of completion at the basic level (ФИОКО, 2026), where the work's own threshold is unknown."""


class FieldReach(StrEnum):
    """Whose problem it is."""

    CLASS = "класс"
    SCHOOL = "школа"
    MUNICIPALITY = "муниципалитет"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a problem field is about, in words. Shares are 0..1."""

    kind: str
    """element, task_type, level, answer_format or item."""
    key: str
    subject: str
    grade: int | None
    work: str
    """The work as people call it: «ВПР 2025/2026, математика, 5 класс»."""
    unit: str
    """The class, school or municipality."""
    reach: FieldReach
    cause: str
    facility: float | None
    threshold: float | None


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """One proposed measure. A section has no deadline, indicator or owner."""

    title: str
    deadline: str = ""
    indicator: str = ""
    indicator_kind: IndicatorKind = IndicatorKind.DOCUMENT
    target: float | None = None
    unit: str = ""
    owner: str = ""
    expected_result: str = ""


def about(field: FieldWords) -> str:
    """Return the field with its preposition: «по теме «обыкновенные дроби»»."""
    match field.kind:
        case "task_type":
            return f"по заданиям типа «{field.key}»"
        case "level":
            names = {"Б": "базового", "П": "повышенного", "В": "высокого"}
            names |= {word: f"{word[:-2]}ого" for word in LEVEL_WORDS.values()}
            return f"по заданиям {names.get(field.key, f'«{field.key}»')} уровня сложности"
        case "answer_format":
            return f"по заданиям с формой ответа «{field.key}»"
        case "item":
            return f"по заданию № {field.key}"
    return f"по теме «{field.key}»"


def plan_for(field: FieldWords, period: PlanPeriod) -> tuple[PlannedMeasure, tuple[PlannedMeasure, ...]]:
    """Return the section of a field and its measures, with deadlines inside the plan."""
    grade = f", {field.grade} класс" if field.grade is not None else ""
    section = PlannedMeasure(f"Проблемное поле {about(field)} ({field.subject}{grade}; {field.unit})")
    first, second, third = _months(period)
    steps = {
        FieldReach.CLASS: _for_class, FieldReach.SCHOOL: _for_school, FieldReach.MUNICIPALITY: _for_municipality,
    }[field.reach]
    share = round(100 * field.threshold) if field.threshold is not None else _DEFAULT_SHARE
    check = PlannedMeasure(
        title=f"Проверочная работа {about(field)}: сравнение с результатом работы «{field.work}»",
        deadline=third,
        indicator=f"Выполнение заданий {about(field)} не ниже {number(share)} %",
        indicator_kind=IndicatorKind.NUMBER,
        target=float(share),
        unit="%",
        owner=_CHECKED_BY[field.reach],
        expected_result=_expected(field),
    )
    return section, (*steps(field, first, second), check)


_CHECKED_BY = {
    FieldReach.CLASS: "Учитель-предметник, руководитель ШМО",
    FieldReach.SCHOOL: "Руководитель ШМО, заместитель директора",
    FieldReach.MUNICIPALITY: "Руководители школьных методических объединений, методист ММК",
}


def _for_class(field: FieldWords, first: str, second: str) -> tuple[PlannedMeasure, ...]:
    return (
        PlannedMeasure(
            f"Разбор ошибок обучающихся {about(field)} и уточнение причины{_cause(field)}",
            first, "Наличие анализа работ с перечнем типичных ошибок", owner="Учитель-предметник",
        ),
        PlannedMeasure(
            f"Повторение и дополнительные задания {about(field)} на уроках и консультациях",
            second, "Наличие изменений в календарно-тематическом планировании", owner="Учитель-предметник",
        ),
    )


def _for_school(field: FieldWords, first: str, second: str) -> tuple[PlannedMeasure, ...]:
    return (
        PlannedMeasure(
            f"Заседание ШМО: разбор затруднений обучающихся {about(field)}{_cause(field)}",
            first, "Наличие протокола заседания и рекомендаций учителям", owner="Руководитель ШМО",
        ),
        PlannedMeasure(
            f"Открытые уроки и взаимопосещение {about(field)}",
            second, "Наличие конспектов уроков и листов наблюдения", owner="Руководитель ШМО, учителя-предметники",
        ),
    )


def _for_municipality(field: FieldWords, first: str, second: str) -> tuple[PlannedMeasure, ...]:
    return (
        PlannedMeasure(
            f"Заседание РМО: разбор затруднений обучающихся {about(field)}{_cause(field)}",
            first, "Наличие протокола заседания и адресных рекомендаций школам", owner="Руководитель РМО",
        ),
        PlannedMeasure(
            f"Семинар-практикум для учителей {about(field)} с показом практик школ, где результат выше",
            second,
            "Наличие программы, списка участников и сборника материалов",
            owner="Методист ММК, руководитель РМО",
        ),
    )


def _cause(field: FieldWords) -> str:
    return f" (предполагаемая причина: {field.cause[0].lower()}{field.cause[1:]})" if field.cause else ""


def _expected(field: FieldWords) -> str:
    if field.facility is None:
        return ""
    return f"Было {number(100 * field.facility, 1)} % выполнения"


def _months(period: PlanPeriod) -> tuple[str, str, str]:
    """Return three working months inside the plan as deadlines, spread over it: early, in the middle, late."""
    months = _working_months(period)
    last = len(months) - 1
    return months[min(1, last)], months[last // 2], months[max(0, last - 1)]


def _working_months(period: PlanPeriod) -> list[str]:
    first, last = period.first, max(period.first, period.last)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    found = [date(first.year + (first.month - 1 + place) // 12, (first.month - 1 + place) % 12 + 1, 1)
             for place in range(count)]
    chosen = [month for month in found if month.month not in _IDLE] or found
    return [f"{_MONTHS[month.month - 1]} {month.year} г." for month in chosen]
