"""Routes, courses, events and help that the room of support keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from sqlmodel import col, select

from core.monitoring.automatic.counted import ByOrganisation, RecordKind, number, ones
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import auto
from core.support.course_tables import Course, CourseEnrolment, CourseFeedback, EnrolmentState
from core.support.event_tables import EventFeedback, EventState, MethodicalEvent
from core.support.route_tables import IndividualRoute, RouteState

_YEARS_OF_COURSES = 3
_SATISFIED_FROM = 4
"""Of 5."""
_AGREED = frozenset({RouteState.APPROVED, RouteState.FINISHED})
_SENT = frozenset(
    {EnrolmentState.APPROVED, EnrolmentState.STUDYING, EnrolmentState.FINISHED, EnrolmentState.DROPPED}
)


@auto("with_route", RecordKind.TEACHER)
def with_route(records: Records) -> ByOrganisation:
    """Count the teachers of each school with an approved or finished route that touches the year."""
    query = select(IndividualRoute.teacher_id).where(
        col(IndividualRoute.deleted_at).is_(None), col(IndividualRoute.state).in_(_AGREED),
        IndividualRoute.starts_on <= records.year.until, IndividualRoute.ends_on >= records.year.since,
    )
    having = set(records.session.exec(query))
    return {school: ones(having & staff, staff) for school, staff in records.staff.items()}


@auto("routes_finished", RecordKind.ROUTE)
def routes_finished(records: Records) -> ByOrganisation:
    """Count the finished routes among those whose term came in the year; drafts are no routes yet."""
    due: dict[int, list[int]] = defaultdict(list)
    done: dict[int, list[int]] = defaultdict(list)
    for row in _routes(records):
        if row.state is not RouteState.DRAFT and records.year.holds(row.ends_on):
            due[row.organisation_id].append(row.id or 0)
            if row.state is RouteState.FINISHED:
                done[row.organisation_id].append(row.id or 0)
    return {key: ones(done[key], rows) for key, rows in due.items()}


@auto("courses_in_three_years", RecordKind.TEACHER)
def courses_in_three_years(records: Records) -> ByOrganisation:
    """Count the teachers of each school who finished a course within three years before the day of lists."""
    day = records.year.day
    since = day.replace(year=day.year - _YEARS_OF_COURSES)
    return _with_course(records, lambda ended: ended is not None and since < ended <= day)


@auto("courses_this_year", RecordKind.TEACHER)
def courses_this_year(records: Records) -> ByOrganisation:
    """Count the teachers of each school who finished a course in the year."""
    return _with_course(records, records.year.holds)


@auto("addressed_courses", RecordKind.ENROLMENT)
def addressed_courses(records: Records) -> ByOrganisation:
    """Count the enrolments that answer a deficit or lead to a programme of the federal register."""
    in_register = set(records.session.exec(select(Course.id).where(col(Course.in_federal_register).is_(True))))
    sent: dict[int, list[int]] = defaultdict(list)
    addressed: dict[int, list[int]] = defaultdict(list)
    for row in _enrolments(records):
        if row.state in _SENT and records.year.holds(row.starts_on):
            sent[row.organisation_id].append(row.id or 0)
            if row.competence_id is not None or row.course_id in in_register:
                addressed[row.organisation_id].append(row.id or 0)
    return {key: ones(addressed[key], rows) for key, rows in sent.items()}


@auto("events_held", RecordKind.EVENT)
def events_held(records: Records) -> ByOrganisation:
    """Count the methodical events that took place in the year."""
    query = select(MethodicalEvent).where(
        col(MethodicalEvent.deleted_at).is_(None), MethodicalEvent.state == EventState.HELD,
        col(MethodicalEvent.organisation_id).in_(records.organisations),
    )
    held: dict[int, list[int]] = {key: [] for key in records.organisations}
    for row in records.session.exec(query):
        if records.year.holds(row.held_on):
            held[row.organisation_id].append(row.id or 0)
    return {key: number(rows) for key, rows in held.items()}


@auto("satisfied_with_help", RecordKind.FEEDBACK)
def satisfied_with_help(records: Records) -> ByOrganisation:
    """Count the satisfied answers about events and courses."""
    asked: dict[int, list[str]] = defaultdict(list)
    satisfied: dict[int, list[str]] = defaultdict(list)
    for key, organisation, mark in _marks(records):
        asked[organisation].append(key)
        if mark >= _SATISFIED_FROM:
            satisfied[organisation].append(key)
    return {key: ones(satisfied[key], rows) for key, rows in asked.items()}


def _marks(records: Records) -> Iterable[tuple[str, int, int]]:
    """Give key, organisation and mark of every answer of the year."""
    since, until = records.year.since, records.year.until
    events = select(EventFeedback).where(
        col(EventFeedback.deleted_at).is_(None), EventFeedback.filled_on >= since, EventFeedback.filled_on <= until,
        col(EventFeedback.organisation_id).in_(records.organisations),
    )
    for event in records.session.exec(events):
        yield f"event {event.id}", event.organisation_id, event.satisfaction
    courses = select(CourseFeedback).where(
        col(CourseFeedback.deleted_at).is_(None), CourseFeedback.filled_on >= since, CourseFeedback.filled_on <= until,
        col(CourseFeedback.is_exit).is_(True), col(CourseFeedback.organisation_id).in_(records.organisations),
    )
    for course in records.session.exec(courses):
        if course.satisfaction is not None:
            yield f"course {course.id}", course.organisation_id, course.satisfaction


def _with_course(records: Records, counts: Callable[[date | None], bool]) -> ByOrganisation:
    query = select(CourseEnrolment.teacher_id, col(CourseEnrolment.ends_on)).where(
        col(CourseEnrolment.deleted_at).is_(None), CourseEnrolment.state == EnrolmentState.FINISHED
    )
    having = {teacher for teacher, ended in records.session.exec(query) if counts(ended)}
    return {school: ones(having & staff, staff) for school, staff in records.staff.items()}


def _enrolments(records: Records) -> list[CourseEnrolment]:
    query = select(CourseEnrolment).where(
        col(CourseEnrolment.deleted_at).is_(None), col(CourseEnrolment.organisation_id).in_(records.organisations)
    )
    return list(records.session.exec(query))


def _routes(records: Records) -> list[IndividualRoute]:
    query = select(IndividualRoute).where(
        col(IndividualRoute.deleted_at).is_(None), col(IndividualRoute.organisation_id).in_(records.organisations)
    )
    return list(records.session.exec(query))
