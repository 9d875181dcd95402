"""How many teachers had methodical help in a stretch of time, of those whom the actor sees."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from core.people.scope import Action, Scope
from core.people.teacher_tables import Employment, Teacher
from core.support.course_tables import CourseEnrolment, EnrolmentState
from core.support.event_tables import EventParticipant, EventState, MethodicalEvent
from core.support.help_request_tables import HelpRequest
from core.support.mentorship_tables import Mentorship, MentorshipMentee, MentorshipState
from core.support.route_tables import IndividualRoute, RouteState
from core.support.visit_tables import LessonVisit

_STUDIED = (EnrolmentState.STUDYING, EnrolmentState.FINISHED)
_ROUTES = (RouteState.APPROVED, RouteState.FINISHED)
_PAIRS = (MentorshipState.ACTIVE, MentorshipState.FINISHED)


def teachers_helped(session: Session, scope: Scope, since: date, until: date) -> tuple[int, int]:
    """Return how many teachers who worked on the last day had help of any kind in these days, and how many worked.

    Help: a mentor, a course, an agreed route, a visit of a lesson, a methodical event, an answer to a question. What
    teachers study by themselves is not help of others. Raises NotAllowed without the right to see help.
    """
    helping = scope.require(Action.VIEW_HELP)
    query = (
        select(Employment.teacher_id)
        .join(Teacher, col(Teacher.id) == Employment.teacher_id)
        .where(
            col(Employment.deleted_at).is_(None), col(Teacher.deleted_at).is_(None),
            col(Employment.hired_on).is_(None) | (col(Employment.hired_on) <= until),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > until),
        )
    )
    staff = set(
        session.exec(helping.within_persons(query, col(Employment.teacher_id), col(Employment.organisation_id)))
    )
    return len(staff & _helped(session, since, until)), len(staff)


def _helped(session: Session, since: date, until: date) -> set[int | None]:
    """Return every teacher who had help in these days."""
    first, last = (datetime.combine(day, edge, UTC) for day, edge in ((since, time.min), (until, time.max)))
    queries = (
        select(MentorshipMentee.teacher_id).join(
            Mentorship, col(Mentorship.id) == MentorshipMentee.mentorship_id
        ).where(
            col(MentorshipMentee.deleted_at).is_(None), col(Mentorship.deleted_at).is_(None),
            col(Mentorship.state).in_(_PAIRS), Mentorship.starts_on <= until, Mentorship.ends_on >= since,
        ),
        select(CourseEnrolment.teacher_id).where(
            col(CourseEnrolment.deleted_at).is_(None), col(CourseEnrolment.state).in_(_STUDIED),
            _touches(col(CourseEnrolment.starts_on), col(CourseEnrolment.ends_on), since, until),
        ),
        select(IndividualRoute.teacher_id).where(
            col(IndividualRoute.deleted_at).is_(None), col(IndividualRoute.state).in_(_ROUTES),
            IndividualRoute.starts_on <= until, IndividualRoute.ends_on >= since,
        ),
        select(LessonVisit.teacher_id).where(
            col(LessonVisit.deleted_at).is_(None), col(LessonVisit.held_on).between(since, until)
        ),
        select(EventParticipant.teacher_id).join(
            MethodicalEvent, col(MethodicalEvent.id) == EventParticipant.event_id
        ).where(
            col(EventParticipant.deleted_at).is_(None), col(MethodicalEvent.deleted_at).is_(None),
            MethodicalEvent.state == EventState.HELD, col(MethodicalEvent.held_on).between(since, until),
        ),
        select(HelpRequest.teacher_id).where(
            col(HelpRequest.deleted_at).is_(None), col(HelpRequest.answered_at).between(first, last)
        ),
    )
    return {teacher for query in queries for teacher in session.exec(query)}


def _touches(
    starts: Mapped[date | None], ends: Mapped[date | None], since: date, until: date
) -> ColumnElement[bool]:
    """Return the condition that a stretch with a known beginning or end touches these days."""
    return (starts <= until) & or_(ends >= since, ends.is_(None) & (starts >= since))
