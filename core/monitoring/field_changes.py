"""What followed a confirmed problem field: where measures were carried out, the next work, the change between them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from core.analysis.change import Change, change_between, group_share
from core.analysis.compare import Comparability, comparability
from core.analysis.comparing import work_traits
from core.analysis.elements import Kind, group_items
from core.analysis.tables import FieldReview
from core.analysis.work import UnitLevel, Work
from core.people.organisations import load_tree
from core.people.scope import Scope
from core.people.suppression import Hidden
from core.planning.statuses import DONE_STATUSES
from core.planning.tables import Measure, MeasureField, Roadmap


def where_acted(session: Session, review: FieldReview) -> tuple[set[int], int]:
    """Return the organisations whose carried-out measures answer to the element in this work, and how many they are.

    A measure of a roadmap counts for the organisation whose roadmap it is and for all below it as of today.
    """
    query = (
        select(Roadmap.organisation_id, Measure.id)
        .join(Measure, col(Measure.roadmap_id) == Roadmap.id)
        .join(MeasureField, col(MeasureField.measure_id) == Measure.id)
        .where(
            MeasureField.assessment_id == review.assessment_id, MeasureField.kind == review.kind,
            MeasureField.key == review.key, col(MeasureField.deleted_at).is_(None), col(Measure.deleted_at).is_(None),
            col(Roadmap.deleted_at).is_(None), col(Measure.status).in_(DONE_STATUSES),
        )
    )
    found = session.exec(query).all()
    organisations: set[int] = set()
    measures: set[int] = set()
    if not found:
        return organisations, 0
    tree = load_tree(session, Scope.local_administrator())
    for place, measure in found:
        organisations |= tree.below(place)
        measures.add(measure or 0)
    return organisations, len(measures)


def follows(before: Work, after: Work) -> bool:
    """Say whether two works are of the same procedure and subject."""
    return (before.procedure, before.subject) == (after.procedure, after.subject)


def next_work(
    before: Work, works: Sequence[Work], kind: Kind, key: str, is_class: bool
) -> tuple[Work | None, str]:
    """Return the nearest later comparable work and the reservation; None and why not."""
    reason = "более поздней работы ещё нет"
    for work in sorted(works, key=lambda work: work.year):
        if work.year <= before.year or not follows(before, work) or work.grade is None or before.grade is None:
            continue
        if work.grade != before.grade + (work.year - before.year if is_class else 0):
            continue
        found = next((one for one in group_items(work.items, (kind,)).keys if one.name == key), None)
        if found is None:
            reason = "в следующей работе этого элемента нет"
            continue
        verdict, reservation = comparability(work_traits(work), work_traits(before), found)
        if verdict is not Comparability.NONE:
            return work, reservation
        reason = reservation
    return None, reason


def shown_classes(work: Work, unit_key: str) -> list[int]:
    """Return the places of the classes of a unit; none where its result is hidden."""
    unit = work.unit(unit_key)
    return list(unit.classes) if unit is not None and work.suppression.of(unit) is Hidden.NO else []


def shown_schools(work: Work) -> set[int]:
    """Return the schools whose results in the work the person is shown: sums of them give nothing hidden away."""
    return {
        unit.organisation_id
        for unit in work.units
        if unit.level is UnitLevel.SCHOOL and work.suppression.of(unit) is Hidden.NO
    }


def change_of_schools(before: Work, after: Work, kind: Kind, key: str, schools: set[int]) -> Change | None:
    """Return the change of an element in these schools together; None where either work lacks it."""
    first, second = (
        [place for place, one in enumerate(work.classes) if one.school_id in schools] for work in (before, after)
    )
    return change_of_classes(before, after, kind, key, first, second)


def change_of_classes(
    before: Work, after: Work, kind: Kind, key: str, first: Sequence[int], second: Sequence[int]
) -> Change | None:
    """Return the change of an element in classes of the work before (`first`) and after; None where one lacks it."""
    was, now = group_share(before, kind, key, first), group_share(after, kind, key, second)
    return change_between(was, now) if was is not None and now is not None else None
