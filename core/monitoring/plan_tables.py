"""The plan of a monitoring year: who enters what by when, and the targets of units and levels."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from core.store.base import SoftDeleted, Versioned


class Reporting(StrEnum):
    """Whose values a step of the plan is about."""

    EVERYBODY = "все организации"
    SCHOOLS = "школы"
    ABOVE = "муниципалитет"


class TargetLevel(StrEnum):
    """For whom a target holds, the nearest first."""

    UNIT = "одна организация"
    CLUSTER = "группа школ"
    SCHOOLS = "все школы"
    WHOLE = "организация в целом"


class CollectionStep(Versioned, SoftDeleted, table=True):
    """One line of the plan of a collection: which values of whom are handed in until when, and who answers for it."""

    __tablename__ = "collection_step"

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    units: Reporting = Field(default=Reporting.EVERYBODY)
    goal: str = Field(default="", max_length=200)
    """The goal whose indicators are meant; "" for all."""
    kind: str = Field(default="", max_length=40)
    """The kind of indicators that is meant, as `IndicatorKind` says it; "" for all."""
    responsible: str = Field(default="", max_length=300, sa_column_kwargs={"info": {"person": True}})
    due_on: date
    note: str = Field(default="", max_length=1000)


_PRESENT = text("deleted_at IS NULL")


class IndicatorTarget(Versioned, SoftDeleted, table=True):
    """A target that an organisation sets for a year: for itself as a whole, all its schools, a group of them or one.

    What a unit plans for itself stands in its own value and is nearer than any of these.
    """

    __tablename__ = "indicator_target"
    __table_args__ = (
        Index(
            "uq_indicator_target_place", "organisation_id", "year", "code", "level", "cluster", "unit_id", unique=True,
            sqlite_where=_PRESENT, postgresql_where=_PRESENT,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    """Who set it."""
    year: int = Field(index=True)
    code: str = Field(max_length=20, index=True)
    level: TargetLevel
    cluster: str = Field(default="", max_length=200)
    """Name of the group of schools; "" for the other levels."""
    unit_id: int = Field(foreign_key="organisation.id", index=True)
    """The one organisation; who set it for the other levels."""
    value: float
    """In the unit of the passport: per cent for shares."""
    comment: str = Field(default="", sa_type=Text)
