"""A roadmap drafted in one step: from problem fields, or from the roadmap of the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from core.errors import InvalidInput
from core.people.scope import Scope
from core.planning.access import changeable_roadmap, id_of, visible_roadmap
from core.planning.deadlines import shift_years
from core.planning.editions import note_content_change
from core.planning.field_links import FieldFacts, copy_links, facts_of, frozen_link
from core.planning.field_measures import PlannedMeasure, plan_for
from core.planning.measures import measures_of, tree_of
from core.planning.periods import period_of
from core.planning.roadmaps import RoadmapDraft, create_roadmap
from core.planning.statuses import MeasureStatus
from core.planning.tables import Measure, MeasureKind, Roadmap
from core.planning.tree import flat, position_between

_CLOSED = frozenset({MeasureStatus.DONE, MeasureStatus.DONE_LATE, MeasureStatus.CANCELLED})


def draft_from_fields(session: Session, scope: Scope, draft: RoadmapDraft, review_ids: Sequence[int]) -> Roadmap:
    """Store a roadmap with a section for each confirmed problem field and sensible measures in it.

    The measures keep the numbers of the field as they stood when it was confirmed. Raises InvalidInput when no field
    is given or one is not confirmed, NotFound for a field that the actor does not see.
    """
    if not review_ids:
        raise InvalidInput("Не выбрано ни одного проблемного поля.", "Отметьте поля, по которым нужна дорожная карта.")
    roadmap = create_roadmap(session, scope, draft)
    add_fields(session, scope, id_of(roadmap), review_ids)
    return roadmap


def add_fields(session: Session, scope: Scope, roadmap_id: int, review_ids: Sequence[int]) -> list[Measure]:
    """Add sections with measures for confirmed problem fields to a roadmap; return the new rows.

    A field that the roadmap answers to already is left out.
    """
    roadmap = changeable_roadmap(session, scope, roadmap_id)
    known = measures_of(session, roadmap_id)
    last = max((row.position for row in known if row.parent_id is None), default=None)
    made: list[Measure] = []
    for facts in facts_of(session, scope, review_ids, without_roadmap=roadmap_id):
        last = position_between(last, None)
        made += _store_section(session, roadmap, facts, last)
    if made:
        note_content_change(session, scope, roadmap)
    session.flush()
    return made


def copy_roadmap(
    session: Session, scope: Scope, roadmap_id: int, draft: RoadmapDraft, *, only_open: bool = False
) -> Roadmap:
    """Store a copy for another period: deadlines moved by as many years, statuses and evidence begin anew.

    Links to problem fields come along. With `only_open` what was done or cancelled is left out. A teacher who answers
    for a measure stays named; whether they still work there shows in the grid.
    """
    original = visible_roadmap(session, scope, roadmap_id)
    roadmap = create_roadmap(session, scope, replace(draft, year_kind=original.year_kind))
    roadmap.copied_from_id = roadmap_id
    roadmap.goal = roadmap.goal or original.goal
    by = draft.starts_on.year - original.starts_on.year
    copies: dict[int, Measure] = {}
    for row in (branch.row for branch in flat(tree_of(session, roadmap_id))):
        if only_open and row.kind is MeasureKind.MEASURE and row.status in _CLOSED:
            continue
        parent = copies.get(row.parent_id) if row.parent_id is not None else None
        copy = _copy(roadmap, row, parent, shift_years(row.deadline_text, by))
        session.add(copy)
        session.flush()
        copies[id_of(row)] = copy
    copy_links(session, {key: id_of(copy) for key, copy in copies.items()}, roadmap.organisation_id)
    return roadmap


def _store_section(session: Session, roadmap: Roadmap, facts: FieldFacts, position: float) -> list[Measure]:
    """Store the section of a field with its measures, each linked to the field."""
    section, steps = plan_for(facts.words, period_of(roadmap))
    head = _planned(roadmap, section, MeasureKind.GROUP, None, position)
    session.add(head)
    session.flush()
    measures = [
        _planned(roadmap, step, MeasureKind.MEASURE, head.id, float(place)) for place, step in enumerate(steps, start=1)
    ]
    session.add_all(measures)
    session.flush()
    session.add_all(frozen_link(facts.review, id_of(measure), roadmap.organisation_id) for measure in measures)
    return [head, *measures]


def _planned(
    roadmap: Roadmap, step: PlannedMeasure, kind: MeasureKind, parent_id: int | None, position: float
) -> Measure:
    return Measure(
        organisation_id=roadmap.organisation_id, roadmap_id=id_of(roadmap), parent_id=parent_id, position=position,
        kind=kind, title=step.title, deadline_text=step.deadline, deadline_written_on=date.today(),
        indicator=step.indicator, indicator_kind=step.indicator_kind, target=step.target, unit=step.unit,
        expected_result=step.expected_result, owner_post=step.owner,
    )


def _copy(roadmap: Roadmap, row: Measure, parent: Measure | None, deadline: str) -> Measure:
    return Measure(
        organisation_id=roadmap.organisation_id, roadmap_id=id_of(roadmap),
        parent_id=None if parent is None else parent.id, position=row.position, kind=row.kind, title=row.title,
        deadline_text=deadline, deadline_written_on=roadmap.starts_on, indicator=row.indicator,
        indicator_kind=row.indicator_kind, target=row.target, unit=row.unit, expected_result=row.expected_result,
        owner_post=row.owner_post, owner_teacher_id=row.owner_teacher_id, owner_account_id=row.owner_account_id,
        co_owners=row.co_owners, co_owner_teacher_ids=list(row.co_owner_teacher_ids), weight=row.weight,
    )
