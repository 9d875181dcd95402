"""From stored rows to works in memory, narrowed to what the actor may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from core.analysis.elements import ItemTraits
from core.analysis.scale_marks import fill_marks, scale_words
from core.analysis.status import FIOKO_2026, Thresholds
from core.analysis.work import Work, WorkClass
from core.blueprints.catalogue import find_scale
from core.blueprints.items import task_of
from core.blueprints.records import ELEMENT_SEPARATOR
from core.blueprints.tables import BlueprintItem, MarkScale, ThresholdPreset
from core.blueprints.thresholds import choose_preset, presets
from core.errors import NotFound
from core.intake.matrix import Scores, unpack_scores
from core.intake.plans import plans_of
from core.intake.tables import Assessment, ClassWork
from core.people.organisations import Tree, load_tree, natural_key
from core.people.ownership import Owners, owners_for
from core.people.scope import Action, ClassColumns, Scope
from core.people.tables import Organisation, OrganisationKind

_INT16 = np.dtype("<i2")
_DAY_OF_WORKS = (5, 1)


class _Row(NamedTuple):
    assessment_id: int
    school_id: int
    class_name: str
    participants: int
    absent: int
    items: int
    totals: bytes
    marks: bytes
    journal_marks: bytes
    test_scores: bytes
    scores: bytes
    scores_format: int
    scores_checksum: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """The participants of one or several classes."""

    scores: Scores
    totals: NDArray[np.int16]
    marks: NDArray[np.int8]
    journal_marks: NDArray[np.int8]
    test_scores: NDArray[np.int16]


def load_work(
    session: Session, scope: Scope, assessment_id: int, preset: str | None = None, absent_as_zero: bool = True
) -> Work:
    """Return the work as far as the actor sees it; raise NotFound when nothing of it lies in the scope.

    `preset` names another threshold preset than the one chosen for the procedure; with `absent_as_zero` False «X — не
    приступал» leaves the denominator instead of counting as zero.
    """
    assessment = session.get(Assessment, assessment_id)
    if assessment is None or assessment.deleted_at is not None:
        raise NotFound("Работа")
    found = load_works(session, scope, [assessment], preset, absent_as_zero)
    if not found:
        raise NotFound("Работа")
    return found[0]


def load_works(
    session: Session, scope: Scope, assessments: Sequence[Assessment], preset: str | None = None,
    absent_as_zero: bool = True,
) -> list[Work]:
    """Return the works of which the actor sees at least one class with participants, in the given order."""
    visible = scope.require(Action.VIEW)
    rows = _class_rows(session, visible, [one.id for one in assessments if one.id is not None])
    owners, chosen = owners_for(session, visible), plans_of(session, visible, assessments)
    plans = _plans(session, list(chosen.values()))
    trees: dict[date, Tree] = {}
    found: list[Work] = []
    for assessment in assessments:
        parts = rows.get(assessment.id or 0)
        if not parts:
            continue
        day = assessment.held_on or date(assessment.year, *_DAY_OF_WORKS)
        if day not in trees:
            trees[day] = load_tree(session, visible, day)
        thresholds = _thresholds(session, assessment, preset, owners)
        scale = find_scale(
            session, assessment.procedure, assessment.subject, assessment.grade, assessment.year,
            sum(assessment.item_maxima), owners,
        )
        plan = plans.get(chosen.get(assessment.id or 0, 0), [])
        work = _work(assessment, parts, plan, trees[day], visible, thresholds, scale)
        found.append(work if absent_as_zero else replace(work, absent_as_zero=False))
    return found


def _class_rows(session: Session, scope: Scope, assessment_ids: Sequence[int]) -> dict[int, list[_Row]]:
    """Return the rows of classes with participants by work; participants' codes stay unread."""
    query = (
        select(*(getattr(ClassWork, name) for name in _Row._fields))
        .join(Assessment, col(Assessment.id) == ClassWork.assessment_id)
        .where(
            col(ClassWork.assessment_id).in_(assessment_ids), col(ClassWork.deleted_at).is_(None),
            col(ClassWork.replaced_by).is_(None), ClassWork.participants > 0,
        )
        .order_by(col(ClassWork.id))
    )
    columns = ClassColumns(
        school=col(ClassWork.school_id), subject=col(Assessment.subject), grade=col(Assessment.grade),
        letter=col(ClassWork.class_name), year=col(Assessment.year),
    )
    found: dict[int, list[_Row]] = defaultdict(list)
    for row in session.exec(scope.within_classes(query, columns)):
        found[row.assessment_id].append(_Row(*row))
    return found


def _plans(session: Session, blueprint_ids: Sequence[int]) -> dict[int, list[BlueprintItem]]:
    found: dict[int, list[BlueprintItem]] = defaultdict(list)
    query = select(BlueprintItem).where(col(BlueprintItem.blueprint_id).in_(set(blueprint_ids)))
    for item in session.exec(query.order_by(col(BlueprintItem.position))):
        found[item.blueprint_id].append(item)
    return found


def _thresholds(session: Session, assessment: Assessment, name: str | None, owners: Owners) -> Thresholds:
    """Return the named preset, else the one for the procedure, else the federal one."""
    chosen = next((one for one in presets(session, owners) if one.name == name), None) if name is not None else None
    preset = chosen or choose_preset(session, assessment.procedure, assessment.year, owners)
    return FIOKO_2026 if preset is None else thresholds_of(preset)


def thresholds_of(preset: ThresholdPreset) -> Thresholds:
    """Return a stored preset as plain values."""
    return Thresholds(
        preset.name, preset.basic_sufficient, preset.basic_insufficient, preset.advanced_sufficient,
        preset.advanced_insufficient, preset.source,
    )


def item_traits(assessment: Assessment, plan: Sequence[BlueprintItem]) -> tuple[ItemTraits, ...]:
    """Return what plan and file say of each item. An item «4К1» that the plan lacks is described by its task «4»."""
    by_code = {item.code: item for item in plan}
    levels = assessment.item_levels or [None] * len(assessment.item_codes)
    return tuple(
        _traits(code, most, level, by_code.get(code) or by_code.get(task_of(code)))
        for code, most, level in zip(assessment.item_codes, assessment.item_maxima, levels, strict=True)
    )


def _traits(code: str, most: int, level: str | None, planned: BlueprintItem | None) -> ItemTraits:
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


def _work(
    assessment: Assessment, rows: Sequence[_Row], plan: Sequence[BlueprintItem], tree: Tree, scope: Scope,
    thresholds: Thresholds, scale: MarkScale | None,
) -> Work:
    classes = _classes(rows, tree, scope)
    columns = _joined([_unpacked(row) for _, members in classes for row in members])
    marks, filled = fill_marks(
        columns.marks, [part.participants for part, _ in classes], columns.totals, columns.scores, scale,
        assessment.item_codes,
    )
    cuts = (scale.from_3, scale.from_4, scale.from_5) if scale is not None else ()
    return Work(
        assessment_id=assessment.id or 0, procedure=assessment.procedure, subject=assessment.subject,
        grade=assessment.grade, year=assessment.year, items=item_traits(assessment, plan),
        classes=tuple(
            replace(part, marks_by_scale=True) if by_scale else part
            for (part, _), by_scale in zip(classes, filled, strict=True)
        ),
        scores=columns.scores, totals=columns.totals, marks=marks,
        journal_marks=columns.journal_marks, test_scores=columns.test_scores, title=assessment.title,
        thresholds=thresholds, has_plan=bool(plan), cut_scores=tuple(cut for cut in cuts if cut is not None),
        minimum_test_score=scale.minimum_test_score if scale is not None else None, items_key=assessment.items_key,
        scale_words=scale_words(scale, assessment.item_codes),
    )


def _classes(rows: Sequence[_Row], tree: Tree, scope: Scope) -> list[tuple[WorkClass, list[_Row]]]:
    """Return the classes in the order of municipality, school and name; rows of one class are put together."""
    members: dict[tuple[int, str], list[_Row]] = defaultdict(list)
    for row in rows:
        members[row.school_id, row.class_name].append(row)
    places = {school_id: _place(tree, school_id) for school_id, _ in members}
    found = []
    for (school_id, class_name), parts in members.items():
        school, municipality, region = places[school_id]
        found.append((
            WorkClass(
                school_id=school_id, school_name=school.name if school else "", class_name=class_name,
                participants=sum(part.participants for part in parts),
                municipality_id=municipality.id if municipality else None,
                municipality_name=municipality.name if municipality else "",
                region_id=region.id if region else None, region_name=region.name if region else "",
                owned=scope.owns(school_id), absent=sum(part.absent for part in parts),
            ),
            parts,
        ))
    return sorted(found, key=lambda one: (
        natural_key(one[0].municipality_name), natural_key(one[0].school_name), one[0].school_id,
        natural_key(one[0].class_name),
    ))


def _place(tree: Tree, school_id: int) -> tuple[Organisation | None, Organisation | None, Organisation | None]:
    """Return (school, municipality, region), None where the tree does not show one."""
    above = {unit.kind: unit for unit in tree.above(school_id)}
    return (
        tree.organisations.get(school_id), above.get(OrganisationKind.MUNICIPALITY), above.get(OrganisationKind.REGION)
    )


def _unpacked(row: _Row) -> _Columns:
    n = row.participants
    scores = unpack_scores(row.scores, n, row.items, row.scores_checksum, row.scores_format)
    test_scores = np.frombuffer(row.test_scores, dtype=_INT16) if row.test_scores else np.full(n, -1, dtype=_INT16)
    return _Columns(
        scores, np.frombuffer(row.totals, dtype=_INT16), np.frombuffer(row.marks, dtype=np.int8),
        np.frombuffer(row.journal_marks, dtype=np.int8), test_scores,
    )


def _joined(parts: Sequence[_Columns]) -> _Columns:
    return _Columns(
        np.concatenate([part.scores for part in parts]), np.concatenate([part.totals for part in parts]),
        np.concatenate([part.marks for part in parts]), np.concatenate([part.journal_marks for part in parts]),
        np.concatenate([part.test_scores for part in parts]),
    )
