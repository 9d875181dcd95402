"""What subject clubs and associations do together: meetings, webinars with feedback, decisions."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Text, UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class EventKind(StrEnum):
    """Forms in which a club meets."""

    MEETING = "встреча"
    WEBINAR = "вебинар"
    MASTER_CLASS = "мастер-класс"
    ROUND_TABLE = "круглый стол"
    VISITING = "выездное занятие"


class EventState(StrEnum):
    """How far a meeting of a club is."""

    PLANNED = "намечено"
    HELD = "проведено"
    CANCELLED = "отменено"


class ClubEvent(Versioned, SoftDeleted, table=True):
    """A line of a club's plan: a meeting or a webinar. Formal minuted meetings belong to planning."""

    __tablename__ = "club_event"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int = Field(foreign_key="association.id", index=True)
    kind: EventKind = Field(default=EventKind.MEETING)
    title: str = Field(max_length=300)
    held_on: date = Field(index=True)
    time: str = Field(default="", max_length=20)
    leader: str = Field(default="", max_length=200, sa_column_kwargs={"info": {"secret": True, "person": True}})
    url: str = Field(default="", max_length=2000)
    """Where a webinar takes place, or its recording."""
    subject: str = Field(default="", max_length=120)
    elements: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Content elements whose problem fields and deficits are discussed."""
    deficits: str = Field(default="", max_length=2000)
    """Which difficulties of teachers were named."""
    practice_id: int | None = Field(default=None, foreign_key="practice.id", index=True)
    """The practice that is shown."""
    state: EventState = Field(default=EventState.PLANNED)
    attended: int | None = Field(default=None)
    """How many took part."""
    summary: str = Field(default="", sa_type=Text)
    created_by: str = Field(default="", max_length=120)


class ClubDecision(Versioned, SoftDeleted, table=True):
    """What a club decided, at a meeting or apart from one."""

    __tablename__ = "club_decision"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int = Field(foreign_key="association.id", index=True)
    event_id: int | None = Field(default=None, foreign_key="club_event.id", index=True)
    text: str = Field(max_length=2000)
    responsible: str = Field(default="", max_length=300, sa_column_kwargs={"info": {"secret": True, "person": True}})
    due: str = Field(default="", max_length=120)
    """Term as the decision words it."""
    decided_on: date
    done_on: date | None = Field(default=None)
    created_by: str = Field(default="", max_length=120)


class ClubFeedback(Versioned, table=True):
    """The answers of one participant to the questionnaire after an event; shown without a name."""

    __tablename__ = "club_feedback"
    __table_args__ = (UniqueConstraint("event_id", "author_id"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    event_id: int = Field(foreign_key="club_event.id", index=True)
    satisfaction: int = Field(sa_column_kwargs={"info": {"secret": True}})
    """1..5. Answers stay out of the audit trail, which names who wrote."""
    useful: str = Field(default="", max_length=2000, sa_column_kwargs={"info": {"secret": True}})
    wishes: str = Field(default="", max_length=2000, sa_column_kwargs={"info": {"secret": True}})
    author_id: int | None = Field(default=None, index=True)
    """Id of the account, so that everybody answers once and can correct the answer; never shown. No foreign key: the
    answers are not among the data about a person that a director can take out."""
    answered_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
