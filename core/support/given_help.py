"""Help with competences as it is recorded: which teachers were helped, and for whom it is planned or under way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.support.course_tables import Course, CourseEnrolment, EnrolmentState
from core.support.event_tables import EventParticipant, EventState, MethodicalEvent
from core.support.mentorship_tables import Mentorship, MentorshipState, ProgrammeGoal
from core.support.route_tables import IndividualRoute, RouteState, RouteStep
from core.support.self_education_tables import SelfEducation
from core.support.visit_tables import LessonVisit

Key = tuple[int, "HelpKind"]


class HelpKind(StrEnum):
    """A kind of help; the value is what people read."""

    MENTORSHIP = "Наставничество"
    COURSE = "Курсы"
    ROUTE = "Маршруты"
    SELF_EDUCATION = "Самообразование"
    EVENT = "Мероприятия"
    VISIT = "Посещения уроков"


@dataclass
class Given:
    """Teachers by competence and kind; `crowds` are participants of held events who were counted, not named."""

    done: dict[Key, set[int]] = field(default_factory=dict)
    coming: dict[Key, set[int]] = field(default_factory=dict)
    crowds: dict[Key, int] = field(default_factory=dict)

    def helped(self, competence: int, kind: HelpKind) -> Collection[int]:
        """Return whom the help has reached: teachers, or as many places where participants were only counted."""
        named = self.done.get((competence, kind), set())
        return named or range(self.crowds.get((competence, kind), 0))

    def planned(self, competence: int, kind: HelpKind) -> int:
        """Return for how many teachers who were not helped yet it is planned or under way; of events how many."""
        coming = self.coming.get((competence, kind), set())
        return len(coming if kind is HelpKind.EVENT else coming - self.done.get((competence, kind), set()))

    def add(self, competences: Iterable[int | None], kind: HelpKind, who: int, *, is_done: bool) -> None:
        """Note one person (of coming events: one event) under each of the competences."""
        place = self.done if is_done else self.coming
        for competence in competences:
            if competence is not None:
                place.setdefault((competence, kind), set()).add(who)


def given_help(
    session: Session, organisations: Collection[int], since: date, on: date, elements: Mapping[int, tuple[str, str]]
) -> Given:
    """Return the help in these organisations that ended on `since` or later, or has not ended by the day.

    `elements` are subject and content element by competence: a visit about a problem field helps with its competence.
    """
    given = Given()
    _add_mentorship(session, organisations, since, given)
    _add_courses(session, organisations, since, given)
    _add_routes(session, organisations, since, given)
    for topic in session.exec(select(SelfEducation).where(
        col(SelfEducation.organisation_id).in_(organisations), col(SelfEducation.deleted_at).is_(None),
        col(SelfEducation.ends_on) >= since,
    )):
        given.add([topic.competence_id], HelpKind.SELF_EDUCATION, topic.teacher_id, is_done=topic.ends_on < on)
    _add_events(session, organisations, since, given)
    _add_visits(session, organisations, since, given, elements)
    return given


def _add_mentorship(session: Session, organisations: Collection[int], since: date, given: Given) -> None:
    rows = session.exec(
        select(ProgrammeGoal, Mentorship)
        .join(Mentorship, col(Mentorship.id) == ProgrammeGoal.mentorship_id)
        .where(
            col(Mentorship.organisation_id).in_(organisations), col(Mentorship.deleted_at).is_(None),
            col(ProgrammeGoal.deleted_at).is_(None), col(Mentorship.ends_on) >= since,
            Mentorship.state != MentorshipState.ENDED_EARLY,
        )
    )
    for goal, pair in rows:
        is_done = pair.state is MentorshipState.FINISHED or bool(goal.is_reached)
        given.add([goal.competence_id], HelpKind.MENTORSHIP, goal.mentee_teacher_id, is_done=is_done)


def _add_courses(session: Session, organisations: Collection[int], since: date, given: Given) -> None:
    rows = session.exec(
        select(CourseEnrolment, Course)
        .join(Course, col(Course.id) == CourseEnrolment.course_id)
        .where(
            col(CourseEnrolment.organisation_id).in_(organisations), col(CourseEnrolment.deleted_at).is_(None),
            col(CourseEnrolment.state).not_in([EnrolmentState.REFUSED, EnrolmentState.DROPPED]),
        )
    )
    for row, course in rows:
        is_done = row.state is EnrolmentState.FINISHED
        ended = row.document_on or row.ends_on
        if not is_done or (ended is not None and ended >= since):
            competences = {row.competence_id, *course.competence_ids}
            given.add(competences, HelpKind.COURSE, row.teacher_id, is_done=is_done)


def _add_routes(session: Session, organisations: Collection[int], since: date, given: Given) -> None:
    rows = session.exec(
        select(RouteStep, IndividualRoute)
        .join(IndividualRoute, col(IndividualRoute.id) == RouteStep.route_id)
        .where(
            col(IndividualRoute.organisation_id).in_(organisations), col(IndividualRoute.deleted_at).is_(None),
            col(RouteStep.deleted_at).is_(None), col(IndividualRoute.ends_on) >= since,
            IndividualRoute.state != RouteState.STOPPED,
        )
    )
    for step, route in rows:
        is_done = route.state is RouteState.FINISHED or step.done_on is not None
        given.add([step.competence_id], HelpKind.ROUTE, route.teacher_id, is_done=is_done)


def _add_events(session: Session, organisations: Collection[int], since: date, given: Given) -> None:
    events = session.exec(select(MethodicalEvent).where(
        col(MethodicalEvent.organisation_id).in_(organisations), col(MethodicalEvent.deleted_at).is_(None),
        col(MethodicalEvent.competence_id).is_not(None), MethodicalEvent.year > since.year,
        MethodicalEvent.state != EventState.CANCELLED,
    )).all()
    participants: dict[int, list[int]] = {}
    for row in session.exec(select(EventParticipant).where(
        col(EventParticipant.event_id).in_([event.id for event in events]), col(EventParticipant.deleted_at).is_(None),
    )):
        participants.setdefault(row.event_id, []).append(row.teacher_id)
    for event in events:
        if event.state is not EventState.HELD:
            given.add([event.competence_id], HelpKind.EVENT, event.id or 0, is_done=False)
            continue
        named = participants.get(event.id or 0, [])
        for teacher in named:
            given.add([event.competence_id], HelpKind.EVENT, teacher, is_done=True)
        if not named and event.competence_id is not None:
            key = (event.competence_id, HelpKind.EVENT)
            given.crowds[key] = given.crowds.get(key, 0) + (event.participants or 0)


def _add_visits(
    session: Session, organisations: Collection[int], since: date, given: Given,
    elements: Mapping[int, tuple[str, str]],
) -> None:
    rows = session.exec(select(LessonVisit).where(
        col(LessonVisit.organisation_id).in_(organisations), col(LessonVisit.deleted_at).is_(None),
        col(LessonVisit.held_on) >= since,
    ))
    for row in rows:
        about = (row.subject, row.field_key) if row.field_kind == Kind.ELEMENT else None
        competences = {row.competence_id, *(key for key, element in elements.items() if element == about)}
        given.add(competences, HelpKind.VISIT, row.teacher_id, is_done=bool(row.conclusion))
