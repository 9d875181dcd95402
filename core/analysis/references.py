"""By what a work is read: its plan, the thresholds and the mark scale that count for who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlmodel import Session, col, select

from core.analysis.elements import ItemTraits
from core.analysis.status import FIOKO_2026, Thresholds
from core.blueprints.catalogue import scale_among, scales_of
from core.blueprints.items import task_of
from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import AnswerFormat, BlueprintItem, Level, MarkScale, ThresholdPreset
from core.blueprints.thresholds import preset_among, presets
from core.intake.plans import plans_of
from core.intake.tables import Assessment
from core.people.ownership import Owners, owners_for
from core.people.scope import Scope
from core.store.answers import shared_answer


class PlannedItem(NamedTuple):
    """What the plan of a work says of an item; elements stand in one text."""

    code: str
    level: Level | None
    task_type: str | None
    answer_format: AnswerFormat | None
    element: str
    skill: str
    is_cross_cutting: bool


@dataclass(frozen=True, slots=True)
class WorkReferences:
    """Plan, thresholds and mark scale of one work; equal ones read it alike."""

    plan: tuple[PlannedItem, ...]
    thresholds: Thresholds
    scale_traits: tuple[object, ...]
    scale: MarkScale | None = field(compare=False)
    """The row of which the traits are."""


@shared_answer
def references_of(
    session: Session, scope: Scope, work_ids: tuple[int, ...], preset: str | None = None
) -> dict[int, WorkReferences]:
    """Return by what the works are read; `preset` names another threshold preset than the one for the procedure."""
    works = session.exec(select(Assessment).where(col(Assessment.id).in_(work_ids))).all()
    chosen = plans_of(session, scope, works)
    plans = _plans(session, scope, tuple(sorted(set(chosen.values()))))
    owners, known, scales = _known(session, scope)
    named = next((one for one in known if one.name == preset), None) if preset is not None else None
    found = {}
    for work in works:
        scale = scale_among(
            scales, work.procedure, work.subject, work.grade, work.year, sum(work.item_maxima), owners
        )
        counts = named or preset_among(known, work.procedure, work.year, owners)
        found[work.id or 0] = WorkReferences(
            plans.get(chosen.get(work.id or 0, 0), ()), FIOKO_2026 if counts is None else thresholds_of(counts),
            _scale_traits(scale), scale,
        )
    return found


@shared_answer
def _known(session: Session, scope: Scope) -> tuple[Owners, Sequence[ThresholdPreset], Sequence[MarkScale]]:
    owners = owners_for(session, scope)
    return owners, presets(session, owners), scales_of(session, owners)


@shared_answer
def _plans(session: Session, _scope: Scope, blueprint_ids: tuple[int, ...]) -> dict[int, tuple[PlannedItem, ...]]:
    columns = (getattr(BlueprintItem, name) for name in PlannedItem._fields)
    query = select(BlueprintItem.blueprint_id, *columns).where(col(BlueprintItem.blueprint_id).in_(blueprint_ids))
    found: dict[int, list[PlannedItem]] = defaultdict(list)
    for blueprint_id, *planned in session.exec(query.order_by(col(BlueprintItem.position))):
        found[blueprint_id].append(PlannedItem(*planned))
    return {blueprint_id: tuple(items) for blueprint_id, items in found.items()}


def _scale_traits(scale: MarkScale | None) -> tuple[object, ...]:
    """Return what a work takes from its mark scale."""
    if scale is None:
        return ()
    return (
        scale.from_3, scale.from_4, scale.from_5, scale.minimum_test_score, scale.max_score, scale.year_from,
        scale.year_to, repr(scale.conditions),
    )


def thresholds_of(preset: ThresholdPreset) -> Thresholds:
    """Return a stored preset as plain values."""
    return Thresholds(
        preset.name, preset.basic_sufficient, preset.basic_insufficient, preset.advanced_sufficient,
        preset.advanced_insufficient, preset.source,
    )


def item_traits(assessment: Assessment, plan: Sequence[PlannedItem]) -> tuple[ItemTraits, ...]:
    """Return what plan and file say of each item. An item «4К1» that the plan lacks is described by its task «4»."""
    by_code = {item.code: item for item in plan}
    levels = assessment.item_levels or [None] * len(assessment.item_codes)
    return tuple(
        _traits(code, most, level, by_code.get(code) or by_code.get(task_of(code)))
        for code, most, level in zip(assessment.item_codes, assessment.item_maxima, levels, strict=True)
    )


def _traits(code: str, most: int, level: str | None, planned: PlannedItem | None) -> ItemTraits:
    if planned is None:
        return ItemTraits(code, most, level)
    names = (name.strip() for name in planned.element.split(ELEMENT_SEPARATOR))
    return ItemTraits(
        code=code, max_score=most, level=planned.level.value if planned.level else level,
        task_type=planned.task_type or None,
        answer_format=planned.answer_format.value if planned.answer_format else None,
        elements=tuple(dict.fromkeys(name for name in names if name)), skill=planned.skill,
        is_cross_cutting=planned.is_cross_cutting,
    )
