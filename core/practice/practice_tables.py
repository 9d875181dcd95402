"""Practices, the decisions on them, what is attached to them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from core.practice.states import PracticeState
from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now
from core.store.evidence import EvidenceColumns


class Practice(Versioned, SoftDeleted, table=True):
    """Somebody's way of teaching or of methodical work that others can repeat."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    """The school (or municipality) where it was done."""
    title: str = Field(max_length=300)
    subject: str = Field(default="", max_length=120, index=True)
    """"" for a practice that is not about one subject."""
    elements: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Content elements by name: the keys of problem fields."""
    task_types: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    method: str = Field(default="", max_length=120)
    """Form of methodical work, one of `states.METHODS`."""
    grades: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    class_grade: int | None = Field(default=None)
    """The class in which the author did it: grade, letter and academic year."""
    class_letter: str = Field(default="", max_length=40)
    class_year: int | None = Field(default=None)
    author_teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    author: str = Field(default="", max_length=200, sa_column_kwargs={"info": {"secret": True}})
    """Free text where the author is not a teacher of the list."""
    author_named: bool = Field(default=False)
    """The author's own consent to being named with this practice outside the school."""
    problem: str = Field(default="", sa_type=Text)
    actions: str = Field(default="", sa_type=Text)
    repeat: str = Field(default="", sa_type=Text)
    conditions: str = Field(default="", sa_type=Text)
    result: str = Field(default="", sa_type=Text)
    state: PracticeState = Field(default=PracticeState.DRAFT)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    """Where it is or was tried."""
    trial_until: date | None = Field(default=None)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    created_by: str = Field(default="", max_length=120)
    created_by_id: int | None = Field(default=None, foreign_key="account.id", index=True)


class PracticeStep(SQLModel, table=True):
    """One decision on a practice; the steps are its way, never changed afterwards."""

    __tablename__ = "practice_step"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    practice_id: int = Field(foreign_key="practice.id", index=True)
    state: PracticeState
    """Into which state it led."""
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    body: str = Field(default="", max_length=300)
    """Club, association or council that decided or tries."""
    responsible: str = Field(default="", max_length=300, sa_column_kwargs={"info": {"secret": True, "person": True}})
    starts_on: date | None = Field(default=None)
    ends_on: date | None = Field(default=None)
    """Term of a trial."""
    protocol_number: str = Field(default="", max_length=60)
    protocol_date: date | None = Field(default=None)
    reason: str = Field(default="", max_length=2000)
    effects: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """The change of results as it stood on the day of the decision, for readers who do not see the results."""
    taken_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    actor: str = Field(default="", max_length=120)
    actor_id: int | None = Field(default=None)


class PracticeAttachment(EvidenceColumns, table=True):
    """A file or a link that belongs to a practice."""

    __tablename__ = "practice_attachment"

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    practice_id: int = Field(foreign_key="practice.id", index=True)
