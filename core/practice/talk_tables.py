"""What others say of a practice, and in which classes they applied it."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from core.practice.states import NoteKind, UseOutcome
from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class PracticeNote(Versioned, SoftDeleted, table=True):
    """A comment on a practice, a question to its author, or an answer."""

    __tablename__ = "practice_note"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    """Of the practice."""
    practice_id: int = Field(foreign_key="practice.id", index=True)
    answers_id: int | None = Field(default=None, foreign_key="practice_note.id")
    kind: NoteKind = Field(default=NoteKind.COMMENT)
    text: str = Field(max_length=2000)
    author: str = Field(default="", max_length=120)
    author_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    author_teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    hidden_reason: str = Field(default="", max_length=300)
    """Why a moderator took it off the page; "" for a note that stands or that its author deleted."""


class PracticeUse(Versioned, SoftDeleted, table=True):
    """Somebody applied the practice in a class, and says what came of it."""

    __tablename__ = "practice_use"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    """The school of the class."""
    practice_id: int = Field(foreign_key="practice.id", index=True)
    grade: int
    letter: str = Field(default="", max_length=40)
    year: int
    """Academic year, as the spring in which it ends."""
    applied_on: date
    outcome: UseOutcome = Field(default=UseOutcome.EARLY)
    text: str = Field(default="", max_length=2000)
    author: str = Field(default="", max_length=120)
    author_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    author_teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    marked_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
