"""Mentorship: registers, pairs and groups, their programme, journal and questionnaires.

Names of forms and kinds follow the letter of Минпросвещения of 21.12.2021 № АЗ-1128/08/657.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class MentorshipForm(StrEnum):
    """Who helps whom."""

    TEACHER_TEACHER = "педагог – педагог"
    HEAD_TEACHER = "руководитель – педагог"
    EMPLOYER_STUDENT = "работодатель – студент"
    LECTURER_TEACHER = "педагог вуза или колледжа – молодой педагог"
    PARTNER_TEACHER = "социальный партнёр – педагог"


class MentorshipKind(StrEnum):
    """How the help is arranged."""

    TRADITIONAL = "традиционное (один на один)"
    GROUP = "в группе"
    VIRTUAL = "виртуальное (дистанционное)"
    SHORT = "краткосрочное (целеполагающее)"
    REVERSE = "реверсивное"
    SITUATIONAL = "ситуационное"
    SPEED = "скоростное"


class MenteeCategory(StrEnum):
    """Why somebody needs a mentor."""

    YOUNG = "молодой специалист (стаж 0–3 года)"
    NEW = "вновь принятый"
    RETURNED = "вернувшийся после перерыва"
    DEFICIT = "педагог с выявленным дефицитом"
    STUDENT = "студент-практикант"
    PREPARING = "готовится к аттестации или конкурсу"


class MentorshipState(StrEnum):
    """How far a mentorship is."""

    PREPARED = "готовится"
    ACTIVE = "действует"
    FINISHED = "завершено"
    ENDED_EARLY = "прекращено досрочно"


class Side(StrEnum):
    """One of the two sides of a mentorship, or the employer."""

    MENTOR = "наставник"
    MENTEE = "наставляемый"
    EMPLOYER = "работодатель"


class Moment(StrEnum):
    """When a questionnaire is filled in."""

    BEFORE = "до начала"
    AFTER = "по завершении"


class Mentor(Versioned, SoftDeleted, table=True):
    """A teacher in the register of mentors of an organisation."""

    __table_args__ = (UniqueConstraint("organisation_id", "teacher_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    strengths: str = Field(default="", max_length=1000)
    """What the person can share, in words; diagnostics say it by competences."""
    interests: str = Field(default="", max_length=1000)
    wishes: str = Field(default="", max_length=500)
    """Whom the person would like to help."""
    capacity: int = Field(default=1)
    """How many mentees at a time."""
    helps_other_schools: bool = Field(default=False)
    consent_on: date | None = Field(default=None)
    """Written consent to be a mentor (ст. 351.8 ТК РФ)."""
    registered_on: date = Field(default_factory=date.today)
    left_on: date | None = Field(default=None)


class Mentee(Versioned, SoftDeleted, table=True):
    """A teacher in the register of those who need a mentor."""

    __table_args__ = (UniqueConstraint("organisation_id", "teacher_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    category: MenteeCategory = Field(default=MenteeCategory.YOUNG)
    expectations: str = Field(default="", max_length=1000)
    consent_on: date | None = Field(default=None)
    registered_on: date = Field(default_factory=date.today)
    left_on: date | None = Field(default=None)


class Mentorship(Versioned, SoftDeleted, table=True):
    """A pair, or a group with several mentees, of one mentor; `organisation_id` is where the order was given."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mentor_teacher_id: int = Field(foreign_key="teacher.id", index=True)
    form: MentorshipForm = Field(default=MentorshipForm.TEACHER_TEACHER)
    kind: MentorshipKind = Field(default=MentorshipKind.TRADITIONAL)
    is_main: bool = Field(default=True)
    """A mentee has one main mentor at a time; others help on a single question."""
    subject: str = Field(default="", max_length=120)
    mentor_consent_on: date | None = Field(default=None)
    order_number: str = Field(default="", max_length=60)
    order_on: date | None = Field(default=None)
    starts_on: date
    ends_on: date
    schedule: str = Field(default="", max_length=300)
    """How often and how they meet."""
    state: MentorshipState = Field(default=MentorshipState.PREPARED)
    ended_on: date | None = Field(default=None)
    """The day on which it really ended."""
    ended_by: Side | None = Field(default=None)
    notice_on: date | None = Field(default=None)
    """When the side that ended it early gave notice: three working days before (ст. 351.8 ТК РФ)."""
    end_reason: str = Field(default="", max_length=1000)
    outcome: str = Field(default="", sa_type=Text)
    """What was reached, at the end."""
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    created_by: str = Field(default="", max_length=120)


class MentorshipMentee(Versioned, SoftDeleted, table=True):
    """A mentee of a mentorship with their written consent."""

    __tablename__ = "mentorship_mentee"
    __table_args__ = (UniqueConstraint("mentorship_id", "teacher_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    consent_on: date | None = Field(default=None)


class MentorshipProgramme(Versioned, SoftDeleted, table=True):
    """The personalised programme of a mentorship: its head; goals and steps are rows of their own."""

    __tablename__ = "mentorship_programme"
    __table_args__ = (UniqueConstraint("mentorship_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mentorship_id: int = Field(foreign_key="mentorship.id")
    relevance: str = Field(default="", sa_type=Text)
    aim: str = Field(default="", sa_type=Text)
    tasks: str = Field(default="", sa_type=Text)
    expected_result: str = Field(default="", sa_type=Text)
    regulation: str = Field(default="", sa_type=Text)
    agreed_by: str = Field(default="", max_length=200)
    agreed_on: date | None = Field(default=None)
    approved_by: str = Field(default="", max_length=200)
    approved_on: date | None = Field(default=None)
    approval_order: str = Field(default="", max_length=60)


class ProgrammeGoal(Versioned, SoftDeleted, table=True):
    """What a mentee is to learn: a competence with a deficit, with the numbers of the day it was set."""

    __tablename__ = "programme_goal"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    mentee_teacher_id: int = Field(foreign_key="teacher.id", index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    text: str = Field(max_length=1000)
    share_before: float | None = Field(default=None)
    """Part of the most points (0..1) in the diagnostics on that day; None where the goal does not come from them."""
    position: float = Field(default=1.0)
    is_reached: bool | None = Field(default=None)
    """None: not judged yet."""


class ProgrammeStep(Versioned, SoftDeleted, table=True):
    """A row of the plan: направление | содержание | форма | срок | планируемый результат | фактический результат."""

    __tablename__ = "programme_step"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    goal_id: int | None = Field(default=None, foreign_key="programme_goal.id", index=True)
    position: float = Field(default=1.0)
    direction: str = Field(default="", max_length=300)
    content: str = Field(sa_type=Text)
    form: str = Field(default="", max_length=120)
    deadline_text: str = Field(default="", max_length=500)
    planned_result: str = Field(default="", sa_type=Text)
    actual_result: str = Field(default="", sa_type=Text)
    done_on: date | None = Field(default=None)


class MentoringMeeting(Versioned, SoftDeleted, table=True):
    """A meeting in the journal; it counts when both sides confirmed it."""

    __tablename__ = "mentoring_meeting"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    goal_id: int | None = Field(default=None, foreign_key="programme_goal.id", index=True)
    """Which deficit the meeting was about."""
    held_on: date
    topic: str = Field(max_length=500)
    form: str = Field(default="", max_length=120)
    minutes: int = Field(default=45)
    """How long it took."""
    outcome: str = Field(default="", sa_type=Text)
    next_step: str = Field(default="", max_length=1000)
    mentor_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    mentee_confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """By the mentee of a pair, or by the first mentee of a group who confirmed it."""
    written_by: str = Field(default="", max_length=120)


class MentorshipAnswer(Versioned, SoftDeleted, table=True):
    """A filled-in questionnaire of a side, before or after: criterion → 1..10; answers stay out of the audit trail."""

    __tablename__ = "mentorship_answer"
    __table_args__ = (UniqueConstraint("mentorship_id", "teacher_id", "moment"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mentorship_id: int = Field(foreign_key="mentorship.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    side: Side
    moment: Moment
    answers: dict[str, int] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False, info={"secret": True})
    )
    comment: str = Field(default="", max_length=2000, sa_column_kwargs={"info": {"secret": True}})
    filled_on: date = Field(default_factory=date.today)


class Contest(Versioned, SoftDeleted, table=True):
    """A contest of young teachers or mentors."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    title: str = Field(max_length=300)
    level: str = Field(default="муниципальный", max_length=60)
    held_on: date
    order_number: str = Field(default="", max_length=60)


class ContestEntry(Versioned, SoftDeleted, table=True):
    """A teacher took part in a contest."""

    __tablename__ = "contest_entry"
    __table_args__ = (UniqueConstraint("contest_id", "teacher_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    contest_id: int = Field(foreign_key="contest.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    nomination: str = Field(default="", max_length=200)
    result: str = Field(default="участник", max_length=60)


class SchoolDistance(Versioned, table=True):
    """How far two organisations are apart, kilometres by road; entered once for both directions, smaller id first."""

    __tablename__ = "school_distance"
    __table_args__ = (UniqueConstraint("first_id", "second_id"),)

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="organisation.id", index=True)
    second_id: int = Field(foreign_key="organisation.id", index=True)
    kilometres: float
