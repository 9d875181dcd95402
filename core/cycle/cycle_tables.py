"""An organisation's cycle of a year: its stages with dates and people, marks by hand, regulations, what proves them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

import core.cycle.own_model_tables  # noqa: F401  a cycle may stand on an own model
from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now
from core.store.evidence import EvidenceColumns


class CycleState(StrEnum):
    """Whether a cycle is being worked on."""

    OPEN = "идёт"
    CLOSED = "закрыт"


class StageSide(StrEnum):
    """Whether a stage takes a thing in or gives it."""

    IN = "на входе"
    OUT = "на выходе"


class HandState(StrEnum):
    """What people say of a thing that the system does not know of."""

    DONE = "есть"
    PART = "частично"
    MISSING = "нет"


class RegulationKind(StrEnum):
    """What sort of act it is, as its heading says."""

    LAW = "закон"
    DECREE = "постановление или распоряжение"
    CHARTER = "устав"
    STATUTE = "положение"
    ORDER = "приказ"
    PROGRAMME = "программа"
    PLAN = "план"
    LETTER = "письмо"
    MINUTES = "протокол"
    OTHER = "другое"


_PRESENT = text("deleted_at IS NULL")


class Cycle(Versioned, SoftDeleted, table=True):
    """The cycle of an organisation in an academic year by a model; one for each year, withdrawn ones apart.

    `model_code` is the name of the shipped model. A cycle by an own model stands on the edition that was in force when
    it was opened, and `model_code` says from which one the own model was made.
    """

    __table_args__ = (
        Index(
            "uq_cycle_organisation_id_year", "organisation_id", "year", unique=True,
            sqlite_where=_PRESENT, postgresql_where=_PRESENT,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    model_code: str = Field(max_length=60)
    own_model_id: int | None = Field(default=None, foreign_key="own_model.id", index=True)
    own_edition_id: int | None = Field(default=None, foreign_key="own_model_edition.id", index=True)
    year: int = Field(index=True)
    """Academic year, as the spring in which it ends."""
    state: CycleState = Field(default=CycleState.OPEN)
    opened_on: date = Field(default_factory=date.today)
    opened_by: str = Field(default="", max_length=120)
    closed_on: date | None = Field(default=None)
    closed_by: str = Field(default="", max_length=120)
    previous_id: int | None = Field(default=None, foreign_key="cycle.id", index=True)
    """The cycle out of which this one was opened."""
    closing: str | None = Field(default=None, sa_type=Text)
    """The closing note, as people changed it or as it stood on closing; None: it is written by the rules."""


class CycleStage(Versioned, table=True):
    """A stage of a cycle, by its number in the model: from when to when, and who answers for it."""

    __tablename__ = "cycle_stage"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    number: str = Field(max_length=4)
    name: str = Field(max_length=300)
    """As the model had it when the cycle was opened."""
    position: int = Field(default=1)
    """Place in the model, from 1: numbers of documents need not be numerals in order."""
    starts_on: date
    ends_on: date
    """Its last day."""
    responsible: str = Field(default="", max_length=500)
    """Who answers for it, in words."""
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)


class CycleMark(Versioned, table=True):
    """What people say of an input or output of a stage."""

    __tablename__ = "cycle_mark"
    __table_args__ = (UniqueConstraint("cycle_id", "stage_number", "side", "item"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    stage_number: str = Field(max_length=4)
    side: StageSide
    item: str = Field(max_length=500)
    """Name of the input or output in the model."""
    state: HandState
    comment: str = Field(default="", max_length=1000)
    marked_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    marked_by: str = Field(default="", max_length=120)


class Regulation(Versioned, SoftDeleted, table=True):
    """A regulation in the register of an organisation: laws it works by, and what it adopted itself."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    title: str = Field(max_length=500)
    kind: RegulationKind = Field(default=RegulationKind.OTHER)
    number: str = Field(default="", max_length=60)
    adopted_by: str = Field(default="", max_length=300)
    """The body that adopted it: a school, a department, a state authority."""
    adopted_on: date | None = Field(default=None)
    valid_from: date | None = Field(default=None)
    """None: from the day of its adoption."""
    valid_until: date | None = Field(default=None)
    """Its last day; None: without a term."""
    answers: str = Field(default="", max_length=500)
    """Name of the regulation in a model that this one is; "" for another one."""
    note: str = Field(default="", max_length=1000)


class CycleEvidence(EvidenceColumns, table=True):
    """A file or a link that proves a mark by hand, or the text of a regulation."""

    __tablename__ = "cycle_evidence"

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    mark_id: int | None = Field(default=None, foreign_key="cycle_mark.id", index=True)
    regulation_id: int | None = Field(default=None, foreign_key="regulation.id", index=True)
