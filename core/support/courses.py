"""Who goes to which course: request → approval → document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, NotAllowed
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.store.live import live_row
from core.support.access import names_of, require_managed, require_teacher, sees_teacher, workplaces
from core.support.course_tables import Course, CourseEnrolment, EnrolmentState
from core.support.development_rules import Study, require_no_overlap, require_order

_COUNTED = (EnrolmentState.APPROVED, EnrolmentState.STUDYING, EnrolmentState.FINISHED)
_NEXT = {
    EnrolmentState.REQUESTED: (EnrolmentState.APPROVED, EnrolmentState.REFUSED),
    EnrolmentState.APPROVED: (EnrolmentState.STUDYING, EnrolmentState.FINISHED, EnrolmentState.DROPPED),
    EnrolmentState.STUDYING: (EnrolmentState.FINISHED, EnrolmentState.DROPPED),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A wish to study: who, what, when, and the deficit that it answers."""

    organisation_id: int
    teacher_id: int
    course_id: int
    starts_on: date | None = None
    ends_on: date | None = None
    competence_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """How a course ended."""

    document_number: str = ""
    document_on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentCard:
    """A teacher on a course, as the actor sees it."""

    row: CourseEnrolment
    course: Course
    teacher: str


def list_enrolments(session: Session, scope: Scope, teacher_id: int | None = None) -> list[EnrolmentCard]:
    """Return who goes to which course, as far as the actor sees them, the latest first."""
    scope.require(Action.VIEW_HELP)
    query = (
        select(CourseEnrolment, Course)
        .join(Course, col(Course.id) == CourseEnrolment.course_id)
        .where(col(CourseEnrolment.deleted_at).is_(None))
    )
    if teacher_id is not None:
        query = query.where(CourseEnrolment.teacher_id == teacher_id)
    actor = actor_of(session, scope)
    seen = [
        (row, course)
        for row, course in session.exec(query.order_by(col(CourseEnrolment.id).desc()))
        if sees_teacher(scope, actor, row.teacher_id, frozenset({row.organisation_id}))
    ]
    names = names_of(session, scope, {row.teacher_id for row, _course in seen})
    return [EnrolmentCard(row, course, names.get(row.teacher_id, "—")) for row, course in seen]


def request_course(session: Session, scope: Scope, request: Request) -> CourseEnrolment:
    """Ask for a course: the teacher for themselves, or who arranges the help of the organisation.

    Raises InvalidInput for dates out of order or courses that overlap.
    """
    _require_may_request(session, scope, request.organisation_id, request.teacher_id)
    course = session.get(Course, request.course_id)
    if course is None or course.deleted_at is not None:
        raise InvalidInput("Этих курсов больше нет в каталоге.", "Выберите другие.")
    require_order(request.starts_on, request.ends_on, "Курсы")
    _require_free(session, request.teacher_id, course.title, request.starts_on, request.ends_on)
    row = CourseEnrolment(
        organisation_id=request.organisation_id, teacher_id=request.teacher_id, course_id=request.course_id,
        competence_id=request.competence_id, reason=request.reason.strip()[:1000], starts_on=request.starts_on,
        ends_on=request.ends_on, requested_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


def decide(
    session: Session, scope: Scope, enrolment_id: int, *, approve: bool, version_seen: int, reason: str = "",
    today: date | None = None,
) -> CourseEnrolment:
    """Approve or refuse a request; a refusal has a reason. Who approves the organisation's help may."""
    row = _found(session, enrolment_id)
    require_managed(scope, row.organisation_id, Action.APPROVE_HELP)
    state = EnrolmentState.APPROVED if approve else EnrolmentState.REFUSED
    _require_step(row, state, version_seen)
    if not approve and not reason.strip():
        raise InvalidInput("Не указано, почему заявка отклонена.", "Впишите причину: педагог её увидит.")
    row.state, row.decided_by, row.decided_on = state, scope.actor_name, today or date.today()
    row.refusal_reason = "" if approve else reason.strip()[:1000]
    session.add(row)
    session.flush()
    return row


def move_on(
    session: Session, scope: Scope, enrolment_id: int, state: EnrolmentState, version_seen: int,
    result: Result | None = None, today: date | None = None,
) -> CourseEnrolment:
    """Note that a course began, was finished with a document, or was left. The teacher may, and who arranges it.

    Raises InvalidInput for a finished course without a document or before its last day.
    """
    row = _found(session, enrolment_id)
    if actor_of(session, scope).teacher_id != row.teacher_id:
        require_managed(scope, row.organisation_id)
    _require_step(row, state, version_seen)
    given, on = result or Result(), today or date.today()
    if state is EnrolmentState.FINISHED:
        if not given.document_number.strip() or given.document_on is None:
            raise InvalidInput("Нет номера или даты документа о квалификации.", "Впишите их с удостоверения.")
        if given.document_on > on:
            raise InvalidInput(f"Документ от {given.document_on:%d.%m.%Y} ещё не выдан.", "Исправьте дату.")
        if row.ends_on is not None and given.document_on < row.ends_on:
            raise InvalidInput(
                f"Документ от {given.document_on:%d.%m.%Y} выдан раньше последнего дня курсов "
                f"({row.ends_on:%d.%m.%Y}).",
                "Исправьте дату документа.",
            )
        require_order(row.starts_on, given.document_on, "Документ о квалификации")
    if state is EnrolmentState.DROPPED and not given.words.strip():
        raise InvalidInput("Не указано, почему курсы не завершены.", "Впишите причину.")
    row.state, row.result = state, given.words.strip()[:1000]
    row.document_number, row.document_on = given.document_number.strip()[:120], given.document_on
    session.add(row)
    session.flush()
    return row


def _require_may_request(session: Session, scope: Scope, organisation_id: int, teacher_id: int) -> None:
    require_teacher(session, scope, teacher_id)
    if organisation_id not in workplaces(session, teacher_id):
        raise InvalidInput("Педагог не работает в этой организации.", "Выберите место его работы.")
    is_own = actor_of(session, scope).teacher_id == teacher_id
    if not is_own:
        require_managed(scope, organisation_id)


def _require_free(
    session: Session, teacher_id: int, title: str, starts_on: date | None, ends_on: date | None
) -> None:
    if starts_on is None or ends_on is None:
        return
    query = (
        select(CourseEnrolment, Course)
        .join(Course, col(Course.id) == CourseEnrolment.course_id)
        .where(
            CourseEnrolment.teacher_id == teacher_id, col(CourseEnrolment.deleted_at).is_(None),
            col(CourseEnrolment.state).in_([EnrolmentState.REQUESTED, *_COUNTED]),
        )
    )
    others = [
        Study(course.title, row.starts_on, row.ends_on)
        for row, course in session.exec(query)
        if row.starts_on is not None and row.ends_on is not None
    ]
    require_no_overlap(Study(title, starts_on, ends_on), others)


def _found(session: Session, enrolment_id: int) -> CourseEnrolment:
    return live_row(session, CourseEnrolment, enrolment_id, "Заявка на курсы")


def _require_step(row: CourseEnrolment, state: EnrolmentState, version_seen: int) -> None:
    if row.version != version_seen:
        raise EditConflict(
            f"Заявку тем временем изменил кто-то другой: сейчас «{row.state.value}».", "Обновите страницу."
        )
    if state not in _NEXT.get(row.state, ()):
        raise NotAllowed(f"Из состояния «{row.state.value}» в «{state.value}» перейти нельзя.", "Обновите страницу.")
