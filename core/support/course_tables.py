"""Courses of professional development: the catalogue, who goes where, questionnaires of participants."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, UniqueConstraint
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
