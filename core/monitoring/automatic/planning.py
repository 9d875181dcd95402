"""Measures of roadmaps, and whether problem fields and schools got what they need."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import col, select

from core.analysis.tables import FieldReview
from core.monitoring.automatic.counted import ByOrganisation, RecordKind, ones
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import auto
from core.planning.kept_deadlines import is_done_by, last_deadline
from core.support.event_tables import EventState, MethodicalEvent
from core.support.help_request_tables import HelpRequest
from core.support.visit_tables import LessonVisit


@auto("measures_in_time", RecordKind.MEASURE)
def measures_in_time(records: Records) -> ByOrganisation:
    """Count the measures done by their last deadline among those whose last deadline came in the year."""
    due: dict[int, list[int]] = defaultdict(list)
    in_time: dict[int, list[int]] = defaultdict(list)
    for key, roadmap in records.roadmaps.items():
        for measure in records.measures.get(key, ()):
            last = last_deadline(roadmap, measure)
            if last is None or not records.year.holds(last):
                continue
            due[roadmap.organisation_id].append(measure.id or 0)
            if is_done_by(measure, last):
                in_time[roadmap.organisation_id].append(measure.id or 0)
    return {key: ones(in_time[key], rows) for key, rows in due.items()}


@auto("fields_with_measure", RecordKind.FIELD)
def fields_with_measure(records: Records) -> ByOrganisation:
    """Count the confirmed problem fields to which a measure answers."""
    fields: dict[int, list[int]] = defaultdict(list)
    helped: dict[int, list[int]] = defaultdict(list)
    for row in records.confirmed_fields(records.year.year):
        fields[row.organisation_id].append(row.id or 0)
        if field_key(row) in records.measured_fields:
            helped[row.organisation_id].append(row.id or 0)
    return {key: ones(helped[key], rows) for key, rows in fields.items()}


@auto("schools_helped", RecordKind.SCHOOL)
def schools_helped(records: Records) -> ByOrganisation:
    """Count the schools with confirmed problem fields where there were visits, answers to questions or events."""
    troubled = {row.organisation_id for row in records.confirmed_fields(records.year.year)} & records.schools
    helped = _helped(records)
    return {school: ones({school} & helped, {school}) for school in troubled}


def field_key(row: FieldReview) -> tuple[int, str, str, str]:
    """Return work, unit, kind and key of a problem field."""
    return row.assessment_id, row.unit, row.kind, row.key


def _helped(records: Records) -> set[int]:
    """Return the organisations in which help was given in the year."""
    year, session = records.year, records.session
    visits = select(LessonVisit.organisation_id, col(LessonVisit.held_on)).where(col(LessonVisit.deleted_at).is_(None))
    events = select(MethodicalEvent.organisation_id, col(MethodicalEvent.held_on)).where(
        col(MethodicalEvent.deleted_at).is_(None), MethodicalEvent.state == EventState.HELD
    )
    answers = select(HelpRequest.organisation_id, col(HelpRequest.answered_at)).where(
        col(HelpRequest.deleted_at).is_(None), col(HelpRequest.answered_at).is_not(None)
    )
    found = {place for place, day in session.exec(visits) if year.holds(day)}
    found |= {place for place, day in session.exec(events) if year.holds(day)}
    found |= {place for place, at in session.exec(answers) if at is not None and year.holds(at.date())}
    return found
