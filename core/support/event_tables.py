"""The plan of methodical events, who took part, and what was said without names."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, Versioned


class EventState(StrEnum):
    """Whether an event of the plan took place."""

    PLANNED = "запланировано"
    HELD = "проведено"
    CANCELLED = "отменено"


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
