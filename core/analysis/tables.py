"""What people decided about problem fields that the analysis found."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class ReviewState(StrEnum):
    """What people said of a found field."""

    CONFIRMED = "подтверждено"
    REJECTED = "отклонено"


class FieldReview(Versioned, SoftDeleted, table=True):
    """The decision on one problem field: a content element, task type or level in one unit and one work.

    `unit` is "organisation:<id>" or "class:<school id>:<class name>".
    """

    __tablename__ = "field_review"
    __table_args__ = (UniqueConstraint("assessment_id", "unit", "kind", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    unit: str = Field(max_length=120)
    kind: str = Field(max_length=20)
    key: str = Field(max_length=300)
    state: ReviewState = Field(max_length=20)
    cause: str = Field(default="", max_length=200)
    remark: str = Field(default="", max_length=2000)
    decided_by: str = Field(default="", max_length=120)
    decided_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    facility: float | None = Field(default=None)
    """The numbers as they stood when people decided."""
    low: float | None = Field(default=None)
    high: float | None = Field(default=None)
    participants: int | None = Field(default=None)
