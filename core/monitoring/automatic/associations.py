"""Associations: who belongs to them, whether their plans answer to problem fields, how often they meet."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import col, select

from core.monitoring.automatic.counted import ByOrganisation, RecordKind, number, ones
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import auto
from core.planning.tables import MeasureField, Meeting, MeetingState


@auto("in_associations", RecordKind.TEACHER)
def in_associations(records: Records) -> ByOrganisation:
    """Count the teachers of each school who belong to an association."""
    return {school: ones(records.memberships & staff, staff) for school, staff in records.staff.items()}


@auto("plans_by_results", RecordKind.ASSOCIATION)
def plans_by_results(records: Records) -> ByOrganisation:
    """Count the associations whose roadmap of the year has a measure for a problem field."""
    linked = set(
        records.session.exec(select(MeasureField.measure_id).where(col(MeasureField.deleted_at).is_(None)))
    )
    having: dict[int, set[int]] = defaultdict(set)
    answering: dict[int, set[int]] = defaultdict(set)
    for key, roadmap in records.roadmaps.items():
        if roadmap.association_id is None:
            continue
        having[roadmap.organisation_id].add(roadmap.association_id)
        if any(measure.id in linked for measure in records.measures.get(key, ())):
            answering[roadmap.organisation_id].add(roadmap.association_id)
    return {key: ones(answering[key], associations) for key, associations in having.items()}


@auto("meetings_held", RecordKind.MEETING)
def meetings_held(records: Records) -> ByOrganisation:
    """Count the closed meetings of the year."""
    query = select(Meeting).where(
        col(Meeting.deleted_at).is_(None), Meeting.state == MeetingState.CLOSED,
        col(Meeting.organisation_id).in_(records.organisations), Meeting.held_on >= records.year.since,
        Meeting.held_on <= records.year.until,
    )
    held: dict[int, list[int]] = {key: [] for key in records.organisations}
    for row in records.session.exec(query):
        held[row.organisation_id].append(row.id or 0)
    return {key: number(rows) for key, rows in held.items()}
