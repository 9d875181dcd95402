"""Visits of lessons and what was looked for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned


class Seen(StrEnum):
    """What an observer says of one thing to look for."""

    YES = "да"
    PARTLY = "частично"
    NO = "нет"
    NOT_ASKED = "не наблюдалось"


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
