"""Individual educational routes of teachers and their steps."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field

from core.store.base import SoftDeleted, Versioned


class RouteState(StrEnum):
    """How far an individual route is."""

    DRAFT = "черновик"
    APPROVED = "утверждён"
    FINISHED = "выполнен"
    STOPPED = "прекращён"


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
