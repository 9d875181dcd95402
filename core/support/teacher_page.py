"""Everything about one teacher's development on one page, and what is next. It never rates the teacher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from core.people.scope import Action, Scope
from core.people.teachers import jobs_of
from core.planning.access import actor_of
from core.support.access import names_of, require_teacher
from core.support.course_feedback import may_fill_in
from core.support.course_tables import CourseFeedback, EnrolmentState
from core.support.courses import EnrolmentCard, list_enrolments
from core.support.development_rules import due_on
from core.support.help_request_tables import RequestState
from core.support.help_requests import RequestCard, list_requests
from core.support.journal import list_meetings
from core.support.mentorship_cards import MentorshipCard, list_mentorships, side_of
from core.support.mentorship_tables import MentorshipState, Side
from core.support.route_tables import RouteState
from core.support.routes import RouteCard, list_routes
from core.support.self_education import TopicCard, list_topics
from core.support.self_education_tables import SelfEducation
from core.support.visits import VisitCard, list_visits
from core.words import count_of, day

_RECENT_DAYS = 365
"""A course of more than a year ago is not asked about any more."""
_SOON_DAYS = 183
_OPEN = (EnrolmentState.REQUESTED, EnrolmentState.APPROVED, EnrolmentState.STUDYING)


class Door(StrEnum):
    """Where a next step is done; the value stands in the address of the screen."""

    COURSES = "courses"
    ENROLMENT = "enrolment"
    ROUTE = "route"
    TOPIC = "topic"
    VISIT = "visit"
    REQUEST = "request"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is to be done, and what to open for it; `key` is the id of the thing, 0 where there is none yet."""

    words: str
    door: Door
    key: int = 0
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class TeacherPage:
    """One teacher as the actor sees them; lists with the latest first."""

    teacher_id: int
    name: str
    is_own: bool
    organisations: tuple[int, ...]
    """Where the teacher works today."""
    course_due_on: date | None
    """By which day the next course is due; None when nothing is known of past ones."""
    enrolments: tuple[EnrolmentCard, ...]
    routes: tuple[RouteCard, ...]
    topics: tuple[TopicCard, ...]
    pairs: tuple[MentorshipCard, ...]
    visits: tuple[VisitCard, ...]
    requests: tuple[RequestCard, ...]
    next_steps: tuple[NextStep, ...]

    @property
    def is_studying(self) -> bool:
        """Say whether a course is requested, approved or under way."""
        return any(card.row.state in _OPEN for card in self.enrolments)


def own_next_steps(session: Session, scope: Scope, on: date | None = None) -> tuple[NextStep, ...]:
    """Return what waits for the actor as a teacher; nothing for somebody who is none."""
    teacher_id = actor_of(session, scope).teacher_id if scope.allows(Action.VIEW_HELP) else None
    return () if teacher_id is None else teacher_page(session, scope, teacher_id, on).next_steps


def teacher_page(session: Session, scope: Scope, teacher_id: int, on: date | None = None) -> TeacherPage:
    """Return the page of a teacher; raise NotFound for one whose help the actor does not see."""
    scope.require(Action.VIEW_HELP)
    require_teacher(session, scope, teacher_id)
    today = on or date.today()
    is_own = actor_of(session, scope).teacher_id == teacher_id
    jobs = [
        job for job in jobs_of(session, teacher_id)
        if (job.hired_on is None or job.hired_on <= today) and (job.left_on is None or job.left_on > today)
    ]
    enrolments = tuple(list_enrolments(session, scope, teacher_id))
    ended = [
        card.row.document_on or card.row.ends_on for card in enrolments if card.row.state is EnrolmentState.FINISHED
    ]
    hired = [job.hired_on for job in jobs if job.hired_on is not None]
    page = TeacherPage(
        teacher_id,
        names_of(session, scope, [teacher_id])[teacher_id],
        is_own,
        tuple(sorted({job.organisation_id for job in jobs})),
        due_on(max((one for one in ended if one is not None), default=None), min(hired, default=None)),
        enrolments,
        tuple(list_routes(session, scope, teacher_id)),
        tuple(list_topics(session, scope, teacher_id)),
        tuple(
            card for card in list_mentorships(session, scope)
            if teacher_id == card.row.mentor_teacher_id or teacher_id in card.mentees
        ),
        tuple(list_visits(session, scope, teacher_id)),
        tuple(card for card in list_requests(session, scope) if card.row.teacher_id == teacher_id),
        (),
    )
    steps = [*_courses(session, page, today), *_plans(page, today)]
    if is_own:
        steps += [*_answers(page), *_meetings(session, scope, page)]
    return _with(page, tuple(sorted(steps, key=lambda step: not step.is_late)))


def _with(page: TeacherPage, steps: tuple[NextStep, ...]) -> TeacherPage:
    return TeacherPage(
        page.teacher_id, page.name, page.is_own, page.organisations, page.course_due_on, page.enrolments, page.routes,
        page.topics, page.pairs, page.visits, page.requests, steps,
    )


def _courses(session: Session, page: TeacherPage, today: date) -> Iterator[NextStep]:
    if not page.is_studying:
        if page.course_due_on is None:
            yield NextStep("Впишите последние курсы: о них ничего не известно", Door.COURSES)
        elif page.course_due_on < today:
            yield NextStep(
                f"Повышение квалификации просрочено с {day(page.course_due_on)}: подайте заявку", Door.COURSES,
                is_late=True,
            )
        elif (page.course_due_on - today).days <= _SOON_DAYS:
            yield NextStep(f"Повышение квалификации нужно до {day(page.course_due_on)}", Door.COURSES)
    query = select(CourseFeedback.enrolment_id, CourseFeedback.is_exit).where(
        col(CourseFeedback.enrolment_id).in_([card.row.id for card in page.enrolments]),
        col(CourseFeedback.deleted_at).is_(None),
    )
    filled = set(session.exec(query))
    for card in page.enrolments:
        row, key = card.row, card.row.id or 0
        if row.state is EnrolmentState.STUDYING and row.ends_on is not None and row.ends_on < today:
            yield NextStep(f"Курсы «{card.course.title}» закончились: впишите документ", Door.ENROLMENT, key, True)
        ended = row.document_on or row.ends_on
        is_recent = ended is None or (today - ended).days <= _RECENT_DAYS
        if not page.is_own or not is_recent:
            continue
        if row.state is EnrolmentState.STUDYING and (key, False) not in filled:
            yield NextStep(f"Заполните входную анкету курсов «{card.course.title}»", Door.ENROLMENT, key)
        if row.state is EnrolmentState.FINISHED and may_fill_in(row.state, True) and (key, True) not in filled:
            yield NextStep(f"Заполните выходную анкету курсов «{card.course.title}»", Door.ENROLMENT, key)


def _plans(page: TeacherPage, today: date) -> Iterator[NextStep]:
    for card in page.routes:
        if card.row.state is RouteState.DRAFT:
            yield NextStep("Индивидуальный маршрут составлен, но не утверждён", Door.ROUTE, card.row.id or 0)
        elif card.row.state is RouteState.APPROVED:
            step = next((one for one in card.steps if one.done_on is None), None)
            if step is not None:
                term = f", {step.deadline_text}" if step.deadline_text else ""
                yield NextStep(
                    f"Шаг маршрута: {step.activity}{term}", Door.ROUTE, card.row.id or 0, card.row.ends_on < today
                )
            else:
                yield NextStep("Все шаги маршрута выполнены: его пора закрыть", Door.ROUTE, card.row.id or 0)
    for topic in page.topics:
        stage = next((one for one in topic.stages if one.reported_on is None), None)
        if stage is not None:
            term = f", {stage.deadline_text}" if stage.deadline_text else ""
            yield NextStep(
                f"Самообразование, этап «{stage.phase.value}»{term}: впишите отчёт", Door.TOPIC, _id(topic.row),
                topic.row.ends_on < today,
            )


def _answers(page: TeacherPage) -> Iterator[NextStep]:
    for visit in page.visits:
        if visit.row.conclusion and visit.row.teacher_read_at is None:
            yield NextStep(
                f"Прочитайте выводы о посещённом уроке {day(visit.row.held_on)}", Door.VISIT, visit.row.id or 0
            )
    for request in page.requests:
        if request.row.state is RequestState.ANSWERED:
            yield NextStep("На ваш вопрос ответили: скажите, помог ли ответ", Door.REQUEST, request.row.id or 0)


def _meetings(session: Session, scope: Scope, page: TeacherPage) -> Iterator[NextStep]:
    for pair in page.pairs:
        if pair.row.state is not MentorshipState.ACTIVE:
            continue
        is_mentor = side_of(session, scope, pair) is Side.MENTOR
        waiting = [
            one for one in list_meetings(session, scope, pair.id)
            if (one.mentor_confirmed_at if is_mentor else one.mentee_confirmed_at) is None
        ]
        if waiting:
            yield NextStep(f"Подтвердите в журнале: {count_of(len(waiting), 'встреча')}", Door.PAIR, pair.id)


def _id(row: SelfEducation) -> int:
    return row.id or 0
