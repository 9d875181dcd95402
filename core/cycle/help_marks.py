"""Marks of help to teachers: mentorship, courses, self-education, visits of lessons."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, exists, select

from core.cycle.marks import Mark, MarksByPlace, counted, each_marked
from core.cycle.place import Places, gathered
from core.cycle.records import Derived
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.store.columns import only
from core.support.access import sees_teacher
from core.support.course_tables import CourseEnrolment, EnrolmentState
from core.support.mentorship_cards import seen_mentorships
from core.support.mentorship_tables import Mentorship, MentorshipState
from core.support.self_education_tables import SelfEducation, SelfEducationStage
from core.support.visit_tables import LessonVisit
from core.words import plural

_ON_THE_WAY = frozenset({EnrolmentState.APPROVED, EnrolmentState.STUDYING, EnrolmentState.FINISHED})
_PAIR = ("organisation_id", "mentor_teacher_id", "state", "starts_on", "ends_on", "ended_on")
_ENROLMENT = ("organisation_id", "teacher_id", "state", "starts_on", "ends_on", "requested_at")


def mentorship_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return which mentorships of the year have begun; raise NotAllowed without the right to see help."""
    scope.require(Action.VIEW_HELP)
    year = places[0]
    query = select(Mentorship).options(only(Mentorship, *_PAIR)).where(
        col(Mentorship.deleted_at).is_(None), Mentorship.starts_on <= year.until,
        col(Mentorship.organisation_id).in_(year.units),
    )
    held = [row for row in session.exec(query) if year.holds(row.starts_on, row.ended_on or row.ends_on)]
    seen = [(row.organisation_id, row.state) for row in seen_mentorships(session, scope, held)]
    return each_marked(gathered(places, seen, lambda row: (row[0],)), {Derived.MENTORSHIP_ACTIVE: _begun})


def course_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return how far requests for courses of the year are; raise NotAllowed without the right to see help."""
    scope.require(Action.VIEW_HELP)
    actor, year = actor_of(session, scope), places[0]
    query = select(CourseEnrolment).options(only(CourseEnrolment, *_ENROLMENT)).where(
        col(CourseEnrolment.deleted_at).is_(None), CourseEnrolment.state != EnrolmentState.REFUSED,
        col(CourseEnrolment.organisation_id).in_(year.units),
    )
    rows = [
        (row.organisation_id, row.state)
        for row in session.exec(query)
        if year.holds(row.starts_on or row.requested_at.date(), row.ends_on)
        and sees_teacher(scope, actor, row.teacher_id, frozenset({row.organisation_id}))
    ]
    return each_marked(gathered(places, rows, lambda row: (row[0],)), {
        Derived.COURSES_PLANNED: _planned, Derived.COURSES_FINISHED: _finished,
    })


def self_education_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return which topics of the year have a reported stage; raise NotAllowed without the right to see help."""
    scope.require(Action.VIEW_HELP)
    actor, year = actor_of(session, scope), places[0]
    reported = exists().where(
        col(SelfEducationStage.topic_id) == SelfEducation.id, col(SelfEducationStage.deleted_at).is_(None),
        col(SelfEducationStage.reported_on).is_not(None),
    )
    query = select(SelfEducation.organisation_id, SelfEducation.teacher_id, reported).where(
        col(SelfEducation.deleted_at).is_(None), SelfEducation.starts_on <= year.until,
        SelfEducation.ends_on >= year.since, col(SelfEducation.organisation_id).in_(year.units),
    )
    rows = [
        (organisation_id, is_reported)
        for organisation_id, teacher_id, is_reported in session.exec(query)
        if sees_teacher(scope, actor, teacher_id, frozenset({organisation_id}))
    ]
    return each_marked(gathered(places, rows, lambda row: (row[0],)), {Derived.SELF_EDUCATION: _studied})


def visit_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return which visited lessons of the year have a conclusion; raise NotAllowed without the right to see help."""
    scope.require(Action.VIEW_HELP)
    actor, year = actor_of(session, scope), places[0]
    query = select(
        LessonVisit.organisation_id, LessonVisit.teacher_id, LessonVisit.visitor_teacher_id, LessonVisit.conclusion
    ).where(
        col(LessonVisit.deleted_at).is_(None), LessonVisit.held_on >= year.since, LessonVisit.held_on <= year.until,
        col(LessonVisit.organisation_id).in_(year.units),
    )
    rows = [
        (organisation_id, bool(conclusion.strip()))
        for organisation_id, teacher_id, visitor_id, conclusion in session.exec(query)
        if (visitor_id is not None and visitor_id == actor.teacher_id)
        or sees_teacher(scope, actor, teacher_id, frozenset({organisation_id}))
    ]
    return each_marked(gathered(places, rows, lambda row: (row[0],)), {Derived.VISITS_HELD: _concluded})


def _begun(rows: Sequence[tuple[int, MentorshipState]]) -> Mark:
    """How many mentorships of the year are under way or finished."""
    begun = sum(state is not MentorshipState.PREPARED for _place, state in rows)
    return counted(
        begun, len(rows), f"начато {begun} из {plural(len(rows), 'наставничества', 'наставничеств', 'наставничеств')}",
        f"Готовятся: {plural(len(rows) - begun, 'пара или группа', 'пары или группы', 'пар и групп')}." if rows
        else "Наставничества в этом году нет: подберите пары.",
    )


def _planned(rows: Sequence[tuple[int, EnrolmentState]]) -> Mark:
    """How many requests for courses of the year are settled."""
    settled = sum(state in _ON_THE_WAY for _place, state in rows)
    return counted(
        settled, len(rows), f"согласовано {settled} из {plural(len(rows), 'заявки', 'заявок', 'заявок')}",
        f"Ждут решения: {plural(len(rows) - settled, 'заявка', 'заявки', 'заявок')} на курсы." if rows
        else "На курсы в этом году никто не направлен.",
    )


def _finished(rows: Sequence[tuple[int, EnrolmentState]]) -> Mark:
    """How many teachers finished the courses of the year."""
    sent = [state for _place, state in rows if state in _ON_THE_WAY]
    done = sum(state is EnrolmentState.FINISHED for state in sent)
    return counted(
        done, len(sent), f"завершили {done} из {plural(len(sent), 'направленного', 'направленных', 'направленных')}",
        f"Ещё учатся: {plural(len(sent) - done, 'педагог', 'педагога', 'педагогов')}." if sent
        else "Завершённых курсов в этом году нет.",
    )


def _studied(rows: Sequence[tuple[int, bool]]) -> Mark:
    """How many topics of self-education there are, and how many of them have a reported stage."""
    reported = sum(is_reported for _place, is_reported in rows)
    return counted(
        len(rows), len(rows), f"{plural(len(rows), 'тема', 'темы', 'тем')}, отчёты по {reported}",
        "Тем самообразования на этот год нет.",
    )


def _concluded(rows: Sequence[tuple[int, bool]]) -> Mark:
    """How many lessons were visited in the year and have a conclusion."""
    written = sum(is_written for _place, is_written in rows)
    return counted(
        written, len(rows), f"с выводом {written} из {plural(len(rows), 'посещения', 'посещений', 'посещений')}",
        f"Без вывода: {plural(len(rows) - written, 'посещение', 'посещения', 'посещений')}." if rows
        else "Посещений уроков в этом году нет.",
    )
