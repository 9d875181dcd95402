"""Meetings: attendance, agenda, decisions, and the tasks that come of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field

from core.planning.statuses import MeasureStatus
from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class MeetingState(StrEnum):
    """How far a meeting is."""

    PLANNED = "готовится"
    RUNNING = "идёт"
    CLOSED = "закрыто"


class Presence(StrEnum):
    """Whether somebody takes part."""

    PRESENT = "присутствует"
    ABSENT = "отсутствует"
    INVITED = "приглашён"


class AgendaKind(StrEnum):
    """Why an item stands on the agenda."""

    OVERDUE = "просроченное мероприятие"
    DUE = "мероприятие со сроком"
    PROBLEM_FIELD = "новое проблемное поле"
    RECOMMENDATION = "рекомендация без ответа"
    QUESTION = "вопрос"


class Meeting(Versioned, SoftDeleted, table=True):
    """A meeting of an association or of an organisation's council on one or several roadmaps."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    body: str = Field(default="", max_length=300)
    """Whose meeting it is, as the minutes say it: «ШМО учителей математики»."""
    number: str = Field(default="", max_length=40)
    """Number of the minutes."""
    held_on: date
    place: str = Field(default="", max_length=300)
    topic: str = Field(default="", max_length=500)
    chair: str = Field(default="", max_length=200, sa_column_kwargs={"info": {"secret": True, "person": True}})
    secretary: str = Field(default="", max_length=200, sa_column_kwargs={"info": {"secret": True, "person": True}})
    state: MeetingState = Field(default=MeetingState.PLANNED)
    current_item_id: int | None = Field(default=None)
    """The item on the screen of everybody."""
    roadmap_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_by: str = Field(default="", max_length=120)
    minutes: dict[str, object] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True, info={"secret": True})
    )
    """What the minutes say, kept at closing."""


class Attendance(Versioned, SoftDeleted, table=True):
    """Who was there: a member of the association, or a guest by name."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    name: str = Field(default="", max_length=200, sa_column_kwargs={"info": {"secret": True, "person": True}})
    """Name as shown in the minutes; of a member too, because minutes outlive memberships."""
    post: str = Field(default="", max_length=200)
    presence: Presence = Field(default=Presence.PRESENT)


class AgendaItem(Versioned, SoftDeleted, table=True):
    """One item of the agenda and what came of it."""

    __tablename__ = "agenda_item"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    position: int = Field(default=1)
    kind: AgendaKind = Field(default=AgendaKind.QUESTION)
    measure_id: int | None = Field(default=None, foreign_key="measure.id", index=True)
    review_id: int | None = Field(default=None, foreign_key="field_review.id", index=True)
    recommendation_id: int | None = Field(default=None, foreign_key="recommendation.id", index=True)
    title: str = Field(sa_type=Text)
    speaker: str = Field(default="", max_length=300, sa_column_kwargs={"info": {"person": True}})
    """Слушали: who reported."""
    discussion: str = Field(default="", sa_type=Text)
    """Выступили."""
    note: str = Field(default="", max_length=2000)
    status_before: MeasureStatus | None = Field(default=None)
    status_after: MeasureStatus | None = Field(default=None)
    progress_before: int | None = Field(default=None)
    progress_after: int | None = Field(default=None)
    votes_for: int | None = Field(default=None)
    votes_against: int | None = Field(default=None)
    votes_abstained: int | None = Field(default=None)
    heard_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    heard_by: str = Field(default="", max_length=120)


class Decision(Versioned, SoftDeleted, table=True):
    """What was decided, who answers for it and by when."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    position: int = Field(default=1)
    text: str = Field(max_length=2000)
    responsible: str = Field(default="", max_length=500, sa_column_kwargs={"info": {"person": True}})
    responsible_teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    deadline_text: str = Field(default="", max_length=500)
    measure_id: int | None = Field(default=None, foreign_key="measure.id")
    """The measure that it became."""
    task_id: int | None = Field(default=None, foreign_key="task.id")
    """The task that it became."""


class Task(Versioned, SoftDeleted, table=True):
    """Something to be done once that belongs to no roadmap."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    text: str = Field(max_length=2000)
    responsible: str = Field(default="", max_length=500, sa_column_kwargs={"info": {"person": True}})
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    deadline_text: str = Field(default="", max_length=500)
    due_on: date | None = Field(default=None, index=True)
    status: MeasureStatus = Field(default=MeasureStatus.PLANNED)
    status_note: str = Field(default="", max_length=2000)
    done_on: date | None = Field(default=None)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
