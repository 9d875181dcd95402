"""Teachers' development: courses, individual routes, self-education, visits, events and help requests."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class EnrolmentState(StrEnum):
    """From a teacher's wish to a document."""

    REQUESTED = "заявка"
    APPROVED = "согласовано"
    REFUSED = "отклонено"
    STUDYING = "обучается"
    FINISHED = "завершено"
    DROPPED = "не завершено"


class RouteState(StrEnum):
    """How far an individual route is."""

    DRAFT = "черновик"
    APPROVED = "утверждён"
    FINISHED = "выполнен"
    STOPPED = "прекращён"


class SelfEducationPhase(StrEnum):
    """Stages of work on a topic of self-education."""

    DIAGNOSTIC = "подготовительный (диагностический)"
    PRACTICE = "практический"
    SUMMARY = "обобщающий"
    SPREADING = "внедренческий"


class Seen(StrEnum):
    """What an observer says of one thing to look for."""

    YES = "да"
    PARTLY = "частично"
    NO = "нет"
    NOT_ASKED = "не наблюдалось"


class EventState(StrEnum):
    """Whether an event of the plan took place."""

    PLANNED = "запланировано"
    HELD = "проведено"
    CANCELLED = "отменено"


class RequestState(StrEnum):
    """How far a request for help is."""

    OPEN = "ждёт ответа"
    ANSWERED = "есть ответ"
    SETTLED = "вопрос решён"
    WITHDRAWN = "снят"


class Course(Versioned, SoftDeleted, table=True):
    """A programme of professional development; `hours` in total, `module_hours` of its subject module."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    title: str = Field(max_length=300)
    provider: str = Field(default="", max_length=300)
    subject: str = Field(default="", max_length=120)
    hours: int
    module_hours: int = Field(default=0)
    form: str = Field(default="", max_length=60)
    in_federal_register: bool = Field(default=False)
    competence_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Which competences the programme develops."""
    url: str = Field(default="", max_length=2000)


class CourseEnrolment(Versioned, SoftDeleted, table=True):
    """A teacher on a course: request → approval → result, and the deficit that it answers."""

    __tablename__ = "course_enrolment"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    reason: str = Field(default="", max_length=1000)
    """Why the teacher goes there, in words: the deficit, or the term of three years."""
    starts_on: date | None = Field(default=None)
    ends_on: date | None = Field(default=None)
    state: EnrolmentState = Field(default=EnrolmentState.REQUESTED)
    requested_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    requested_by: str = Field(default="", max_length=120)
    decided_on: date | None = Field(default=None)
    decided_by: str = Field(default="", max_length=120)
    refusal_reason: str = Field(default="", max_length=1000)
    document_number: str = Field(default="", max_length=120)
    document_on: date | None = Field(default=None)
    result: str = Field(default="", max_length=1000)


class CourseFeedback(Versioned, SoftDeleted, table=True):
    """An entry or exit questionnaire of a course: question → 1..5, and the satisfaction at the exit."""

    __tablename__ = "course_feedback"
    __table_args__ = (UniqueConstraint("enrolment_id", "is_exit"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    enrolment_id: int = Field(foreign_key="course_enrolment.id", index=True)
    is_exit: bool = Field(default=False)
    answers: dict[str, int] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False, info={"secret": True})
    )
    """Answers stay out of the audit trail, which names who wrote."""
    satisfaction: int | None = Field(default=None, sa_column_kwargs={"info": {"secret": True}})
    comment: str = Field(default="", max_length=2000, sa_column_kwargs={"info": {"secret": True}})
    filled_on: date = Field(default_factory=date.today)


class IndividualRoute(Versioned, SoftDeleted, table=True):
    """An individual educational route (ИОМ) of a teacher."""

    __tablename__ = "individual_route"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    diagnosed_on: date | None = Field(default=None)
    level_before: str = Field(default="", max_length=40)
    level_after: str = Field(default="", max_length=40)
    starts_on: date
    ends_on: date
    tutor: str = Field(default="", max_length=200, sa_column_kwargs={"info": {"secret": True, "person": True}})
    state: RouteState = Field(default=RouteState.DRAFT)
    approval_order: str = Field(default="", max_length=60)
    approved_on: date | None = Field(default=None)
    conclusion: str = Field(default="", sa_type=Text)


class RouteStep(Versioned, SoftDeleted, table=True):
    """A row of a route: дефицит | задача | мероприятие | форма | срок | форма предъявления результата | отметка."""

    __tablename__ = "route_step"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    route_id: int = Field(foreign_key="individual_route.id", index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    position: float = Field(default=1.0)
    deficit: str = Field(default="", max_length=500)
    """In words, as it was called on the day of drafting."""
    task: str = Field(default="", sa_type=Text)
    activity: str = Field(default="", sa_type=Text)
    form: str = Field(default="", max_length=120)
    deadline_text: str = Field(default="", max_length=500)
    result_form: str = Field(default="", max_length=500)
    outcome: str = Field(default="", sa_type=Text)
    done_on: date | None = Field(default=None)


class SelfEducation(Versioned, SoftDeleted, table=True):
    """A topic of self-education, for one to three years."""

    __tablename__ = "self_education"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    topic: str = Field(max_length=500)
    relevance: str = Field(default="", sa_type=Text)
    aim: str = Field(default="", sa_type=Text)
    tasks: str = Field(default="", sa_type=Text)
    literature: str = Field(default="", sa_type=Text)
    starts_on: date
    ends_on: date


class SelfEducationStage(Versioned, SoftDeleted, table=True):
    """A row of the plan: этап | мероприятия | сроки | ожидаемые результаты | форма отчёта."""

    __tablename__ = "self_education_stage"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    topic_id: int = Field(foreign_key="self_education.id", index=True)
    phase: SelfEducationPhase = Field(default=SelfEducationPhase.DIAGNOSTIC)
    position: float = Field(default=1.0)
    activities: str = Field(default="", sa_type=Text)
    deadline_text: str = Field(default="", max_length=500)
    expected_result: str = Field(default="", sa_type=Text)
    report_form: str = Field(default="", max_length=300)
    report: str = Field(default="", sa_type=Text)
    reported_on: date | None = Field(default=None)


class LessonVisit(Versioned, SoftDeleted, table=True):
    """A visited or open lesson. It is help, not control: the teacher sees everything that is written."""

    __tablename__ = "lesson_visit"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    visitor_teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    visitor: str = Field(default="", max_length=300, sa_column_kwargs={"info": {"secret": True, "person": True}})
    """Who came, where it is not a teacher of the lists, or several."""
    held_on: date
    grade: int
    letter: str = Field(default="", max_length=40)
    subject: str = Field(max_length=120)
    topic: str = Field(default="", max_length=500)
    purpose: str = Field(default="", max_length=1000)
    is_open: bool = Field(default=False)
    assessment_id: int | None = Field(default=None, foreign_key="assessment.id", index=True)
    field_unit: str = Field(default="", max_length=120)
    field_kind: str = Field(default="", max_length=20)
    field_key: str = Field(default="", max_length=300)
    """The problem field that the visit is about, as in `field_review`; "" where there is none."""
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    """The deficit that the visit helps with."""
    conclusion: str = Field(default="", sa_type=Text)
    advice: str = Field(default="", sa_type=Text)
    teacher_read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    teacher_comment: str = Field(default="", max_length=2000)
    written_by: str = Field(default="", max_length=120)


class VisitLookFor(Versioned, SoftDeleted, table=True):
    """One thing to look for in a lesson, and whether it was seen."""

    __tablename__ = "visit_look_for"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    visit_id: int = Field(foreign_key="lesson_visit.id", index=True)
    position: float = Field(default=1.0)
    text: str = Field(max_length=500)
    seen: Seen = Field(default=Seen.NOT_ASKED)
    note: str = Field(default="", max_length=1000)


class MethodicalEvent(Versioned, SoftDeleted, table=True):
    """A row of the plan of events: содержание | сроки | форма и методы | ответственные."""

    __tablename__ = "methodical_event"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    year: int = Field(index=True)
    """Calendar year of the spring in which the academic year ends."""
    position: float = Field(default=1.0)
    content: str = Field(sa_type=Text)
    deadline_text: str = Field(default="", max_length=500)
    form: str = Field(default="", max_length=300)
    responsible: str = Field(default="", max_length=500, sa_column_kwargs={"info": {"person": True}})
    subject: str = Field(default="", max_length=120)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    state: EventState = Field(default=EventState.PLANNED)
    held_on: date | None = Field(default=None)
    participants: int | None = Field(default=None)
    outcome: str = Field(default="", sa_type=Text)


class EventParticipant(Versioned, SoftDeleted, table=True):
    """A teacher took part in an event, or led it."""

    __tablename__ = "event_participant"
    __table_args__ = (UniqueConstraint("event_id", "teacher_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    event_id: int = Field(foreign_key="methodical_event.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    is_leader: bool = Field(default=False)
    removed_reason: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})
    """Why the mark was taken off; "" for one that stands."""


class EventFeedback(Versioned, SoftDeleted, table=True):
    """What a participant said of an event, without a name: 1..5 and words."""

    __tablename__ = "event_feedback"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    event_id: int = Field(foreign_key="methodical_event.id", index=True)
    satisfaction: int = Field(sa_column_kwargs={"info": {"secret": True}})
    """1..5. Answers stay out of the audit trail, which names who wrote."""
    comment: str = Field(default="", max_length=2000, sa_column_kwargs={"info": {"secret": True}})
    filled_on: date = Field(default_factory=date.today)


class HelpRequest(Versioned, SoftDeleted, table=True):
    """A teacher's question and its answer; answers that both sides agree to share grow into a bank."""

    __tablename__ = "help_request"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    """Whom it is addressed to; None: the methodists of the organisation."""
    subject: str = Field(default="", max_length=120)
    element: str = Field(default="", max_length=300)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    question: str = Field(sa_type=Text)
    asked_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    asked_by: str = Field(default="", max_length=120)
    state: RequestState = Field(default=RequestState.OPEN)
    answer: str = Field(default="", sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str = Field(default="", max_length=120)
    may_be_shared: bool = Field(default=False)
    """The teacher agrees that question and answer stand in the bank, without the name."""
    in_bank: bool = Field(default=False)
    was_useful: bool | None = Field(default=None)
