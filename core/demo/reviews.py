"""Decisions that people of the demo have already taken on problem fields; the rest is left to the user."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import numpy as np
from sqlmodel import Session

from core.analysis.elements import ItemTraits, Kind, estimate_keys, group_items, key_points, key_sums
from core.analysis.tables import FieldReview, ReviewState
from core.blueprints.records import ELEMENT_SEPARATOR
from core.demo.municipality import MUNICIPALITY
from core.demo.simulation import SimulatedClass, WorkPlan
from core.demo.works import DemoWork, work_with

_DECISION = timedelta(days=40)
"""How long after the work the decision was taken."""
_AFTERNOON = time(11, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoredWork:
    """A work of one year as it was stored."""

    work: DemoWork
    year: int
    plan: WorkPlan
    classes: tuple[SimulatedClass, ...]
    assessment_id: int


@dataclass(frozen=True, slots=True)
class DemoReview:
    """One decision: about which key of which work, in which unit, and what people said.

    `unit` is the code of the municipality or of a school; with `class_name` it is a class of that school.
    """

    work: DemoWork
    year: int
    unit: str
    kind: Kind
    key: str
    state: ReviewState
    cause: str
    remark: str
    decided_by: str
    class_name: str | None = None


REVIEWS = (
    DemoReview(
        work_with("ВПР", "Математика", 5), 2024, MUNICIPALITY.code, Kind.ELEMENT, "обыкновенные дроби",
        ReviewState.CONFIRMED, "тема не пройдена или пройдена поверхностно",
        "Обсуждено на РМО учителей математики 12.06.2024: добавить уроки на сравнение и сложение дробей.",
        "Методист по математике",
    ),
    DemoReview(
        work_with("ВПР", "Математика", 5), 2025, MUNICIPALITY.code, Kind.ELEMENT, "обыкновенные дроби",
        ReviewState.CONFIRMED, "трудности учителя с темой или методикой",
        "Второй год подряд: правила заучивают без опоры на модель. Решено провести практикум и открытые уроки.",
        "Методист по математике",
    ),
    DemoReview(
        work_with("ВПР", "Математика", 4), 2025, MUNICIPALITY.code, Kind.ELEMENT, "площадь и периметр",
        ReviewState.CONFIRMED, "мало практики по этому типу заданий",
        "Обсуждено на РМО учителей начальных классов: мало заданий с фигурами на клетчатой бумаге.",
        "Методист начальных классов",
    ),
    DemoReview(
        work_with("ЕГЭ", "Русский язык", 11), 2024, "edu990105", Kind.ELEMENT, "знаки препинания при обособлении",
        ReviewState.CONFIRMED, "мало практики по этому типу заданий",
        "Разобрали на консультациях; выпускников мало, поэтому смотрим на следующие годы.",
        "Заместитель директора Берёзовской школы",
    ),
    DemoReview(
        work_with("ОГЭ", "Математика", 9), 2026, "edu990102", Kind.ELEMENT, "геометрия",
        ReviewState.CONFIRMED, "часть уроков геометрии заменялась подготовкой к алгебре",
        "Заместитель директора подтвердил по журналам обоих классов.",
        "Заместитель директора школы № 2",
    ),
    DemoReview(
        work_with("ВПР", "Физика", 8), 2025, "edu990107", Kind.ELEMENT, "тепловые явления",
        ReviewState.CONFIRMED, "нет оборудования для фронтальных опытов",
        "Школа подтвердила: опыты по теме показывали на видео.", "Методист по физике",
    ),
    DemoReview(
        work_with("ВПР", "Физика", 8), 2026, "edu990103", Kind.TASK_TYPE, "анализ графиков и таблиц",
        ReviewState.REJECTED, "",
        "Единственное задание этого типа — по электрическим явлениям: дело в теме, а не в чтении графиков.",
        "Заместитель директора гимназии", class_name="Б",
    ),
)


def add_reviews(session: Session, works: Sequence[StoredWork], units: Mapping[str, int]) -> int:
    """Add the decisions with the numbers as they stand; return how many. `units` are ids of organisations by code."""
    by_work = {(stored.work, stored.year): stored for stored in works}
    for review in REVIEWS:
        session.add(_review_row(review, by_work[review.work, review.year], units))
    return len(REVIEWS)


def _review_row(review: DemoReview, stored: StoredWork, units: Mapping[str, int]) -> FieldReview:
    organisation = units[review.unit]
    unit = f"organisation:{organisation}"
    if review.class_name is not None:
        unit = f"class:{organisation}:{review.class_name}"
    participants, facility, low, high = _numbers(review, stored)
    return FieldReview(
        assessment_id=stored.assessment_id,
        organisation_id=organisation,
        unit=unit,
        kind=review.kind,
        key=review.key,
        state=review.state,
        cause=review.cause,
        remark=review.remark,
        decided_by=review.decided_by,
        decided_at=datetime.combine(stored.work.days[stored.year] + _DECISION, _AFTERNOON),
        participants=participants,
        facility=facility,
        low=low,
        high=high,
    )


def _numbers(review: DemoReview, stored: StoredWork) -> tuple[int, float, float, float]:
    """Return (participants, facility, low, high) of the key in the unit."""
    traits = [
        ItemTraits(
            item.code, item.max_score, task_type=item.task_type,
            elements=tuple(item.element.split(ELEMENT_SEPARATOR)),
        )
        for item in stored.plan.items
    ]
    grouping = group_items(traits, (review.kind,))
    place = [key.name for key in grouping.keys].index(review.key)
    scores = np.vstack([one.part.scores for one in stored.classes if _belongs(one, review)])
    found = estimate_keys(key_sums(*key_points(scores, grouping), np.zeros(1, dtype=np.intp)))
    cell = (0, place)
    return int(found.participants[cell]), float(found.facility[cell]), float(found.low[cell]), float(found.high[cell])


def _belongs(one: SimulatedClass, review: DemoReview) -> bool:
    in_school = review.unit in (MUNICIPALITY.code, one.school.code)
    return in_school and review.class_name in (None, one.part.class_name)
