"""Values of indicators by unit and reporting year, what proves them, campaigns, clusters, expected results."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now
from core.store.evidence import EvidenceColumns


class ValueState(StrEnum):
    """How far a value is on its way from the school to the roll-up."""

    DRAFT = "черновик"
    SUBMITTED = "сдано"
    RETURNED = "возвращено"
    ACCEPTED = "принято"
    LOCKED = "закрыто"


class IndicatorValue(Versioned, table=True):
    """A value of an indicator in a unit and a reporting year.

    The `accepted_…` columns are what was accepted last. Roll-ups stand on them alone, so that a later edit of the unit
    changes nothing above it until it is accepted in its turn.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("organisation_id", "code", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    code: str = Field(max_length=20, index=True)
    year: int = Field(index=True)
    plan: float | None = Field(default=None)
    """Target, in the unit of the passport: per cent for shares."""
    numerator: float | None = Field(default=None)
    denominator: float | None = Field(default=None)
    fact: float | None = Field(default=None)
    """What was entered for a number; 1 and 0 for yes and no. Shares and means follow from the two parts."""
    comment: str = Field(default="", sa_type=Text)
    state: ValueState = Field(default=ValueState.DRAFT)
    reason: str = Field(default="", max_length=1000)
    """Why it was returned or opened again."""
    returned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """A value returned after the collection was closed is open for its unit all the same."""
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_by: str = Field(default="", max_length=120)
    accepted_numerator: float | None = Field(default=None)
    accepted_denominator: float | None = Field(default=None)
    accepted_fact: float | None = Field(default=None)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    accepted_by: str = Field(default="", max_length=120)


class IndicatorEvidence(EvidenceColumns, table=True):
    """A file or a link that proves a value, or that an expected document exists."""

    __tablename__ = "indicator_evidence"

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    value_id: int | None = Field(default=None, foreign_key="indicator_value.id", index=True)
    expected_id: int | None = Field(default=None, foreign_key="expected_result.id", index=True)


class Campaign(Versioned, SoftDeleted, table=True):
    """The collection of a reporting year in an organisation with everything below it: when, and by whom."""

    __table_args__ = (UniqueConstraint("organisation_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    year: int = Field(index=True)
    opens_on: date
    closes_on: date
    """The last day on which values are handed in."""
    responsible: str = Field(default="", max_length=300, sa_column_kwargs={"info": {"person": True}})
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the collection was closed and the values were locked."""
    closed_by: str = Field(default="", max_length=120)
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was opened again last."""
    reopened_by: str = Field(default="", max_length=120, sa_column_kwargs={"server_default": ""})
    reopened_reason: str = Field(default="", max_length=1000, sa_column_kwargs={"server_default": ""})
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class TypicalCluster(Versioned, SoftDeleted, table=True):
    """A school belongs to a group of schools in like circumstances, in these reporting years."""

    __tablename__ = "typical_cluster"
    __table_args__ = (UniqueConstraint("organisation_id", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=200)
    valid_from: int
    valid_to: int | None = Field(default=None)


class ExpectedResult(Versioned, SoftDeleted, table=True):
    """A cell of the table «Ожидаемые результаты по годам»: a document that must exist in a year, closed by evidence."""

    __tablename__ = "expected_result"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    year: int = Field(index=True)
    position: float = Field(default=1.0)
    row_title: str = Field(default="", max_length=300)
    """The kind of documents: the row of the table."""
    title: str = Field(sa_type=Text)
    """The document itself."""
