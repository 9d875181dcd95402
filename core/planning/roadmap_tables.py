"""Roadmaps, their measures, what the measures answer to and what proves them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Index, Text
from sqlmodel import Field

from core.planning.deadlines import YearKind
from core.planning.statuses import MeasureStatus
from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now
from core.store.evidence import EvidenceColumns


class RoadmapState(StrEnum):
    """How far the approval of the present edition is."""

    DRAFT = "проект"
    RETURNED = "возвращена на доработку"
    AGREED_BY_ASSOCIATION = "согласована объединением"
    AGREED_BY_COUNCIL = "согласована советом"
    APPROVED = "утверждена"


class MeasureKind(StrEnum):
    """A row that only gathers others, or one that is carried out."""

    GROUP = "раздел"
    MEASURE = "мероприятие"


class IndicatorKind(StrEnum):
    """How the indicative indicator is closed: by a document as evidence, or by a number that reaches its target."""

    DOCUMENT = "документ"
    NUMBER = "число"


class Roadmap(Versioned, SoftDeleted, table=True):
    """A roadmap of an organisation, for an association or a subject, over a period.

    `edition` counts the versions of the document; the present rows are the edition's content until it is approved.
    """

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    subject: str = Field(default="", max_length=120)
    """"" for a roadmap that is not about one subject."""
    title: str = Field(max_length=300)
    goal: str = Field(default="", sa_type=Text)
    starts_on: date
    ends_on: date
    year_kind: YearKind = Field(default=YearKind.SCHOOL)
    next_assessment: date | None = Field(default=None)
    """Day of the next assessment procedure, where known: «до следующей оценочной процедуры» ends the day before."""
    state: RoadmapState = Field(default=RoadmapState.DRAFT)
    edition: int = Field(default=1)
    approved_edition: int | None = Field(default=None)
    """Which edition is in force; its content is a `RoadmapSnapshot`."""
    copied_from_id: int | None = Field(default=None, foreign_key="roadmap.id")
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    created_by: str = Field(default="", max_length=120)


class Measure(Versioned, SoftDeleted, table=True):
    """A row of a roadmap. `position` orders siblings; numbers («5.1.2») follow from it and are worked out on reading.

    What the text of a deadline means is worked out on reading too: the plan's period may change.
    """

    __table_args__ = (Index("ix_measure_place", "roadmap_id", "parent_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    roadmap_id: int = Field(foreign_key="roadmap.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="measure.id", index=True)
    position: float = Field(default=1.0)
    kind: MeasureKind = Field(default=MeasureKind.MEASURE)
    title: str = Field(sa_type=Text)
    deadline_text: str = Field(default="", max_length=500)
    deadline_written_on: date | None = Field(default=None)
    """When the deadline was written, for «в течение текущей четверти»."""
    indicator: str = Field(default="", sa_type=Text)
    indicator_kind: IndicatorKind = Field(default=IndicatorKind.DOCUMENT)
    target: float | None = Field(default=None)
    unit: str = Field(default="", max_length=60)
    value: float | None = Field(default=None)
    """What a numeric indicator has reached."""
    expected_result: str = Field(default="", sa_type=Text)
    owner_post: str = Field(default="", max_length=500)
    """Who carries it out, as the document says it."""
    owner_teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    owner_account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    co_owners: str = Field(default="", max_length=1000)
    """Who else carries it out, as the document says it."""
    co_owner_teacher_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    weight: float = Field(default=1.0)
    """How much the measure counts in the progress of its group."""
    status: MeasureStatus = Field(default=MeasureStatus.PLANNED)
    status_note: str = Field(default="", max_length=2000)
    progress: int = Field(default=0)
    """Per cent, 0..100."""
    done_on: date | None = Field(default=None)
    former_deadline: str = Field(default="", max_length=500)
    """The text of the deadline before it was last changed."""


class MeasureField(Versioned, SoftDeleted, table=True):
    """A measure answers to a problem field; the numbers are those of the day of linking."""

    __tablename__ = "measure_field"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)
    review_id: int | None = Field(default=None, foreign_key="field_review.id", index=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    unit: str = Field(max_length=120)
    kind: str = Field(max_length=20)
    key: str = Field(max_length=300)
    facility: float | None = Field(default=None)
    low: float | None = Field(default=None)
    high: float | None = Field(default=None)
    participants: int | None = Field(default=None)
    linked_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class Evidence(EvidenceColumns, table=True):
    """What proves that a measure was carried out: a file under a name of our own, or a link."""

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    measure_id: int = Field(foreign_key="measure.id", index=True)


class Remark(Versioned, SoftDeleted, table=True):
    """A remark on a roadmap or one of its measures, or an answer to a remark."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    roadmap_id: int = Field(foreign_key="roadmap.id", index=True)
    measure_id: int | None = Field(default=None, foreign_key="measure.id", index=True)
    answers_id: int | None = Field(default=None, foreign_key="remark.id")
    edition: int = Field(default=1)
    text: str = Field(max_length=2000)
    author: str = Field(default="", max_length=120)
    author_id: int | None = Field(default=None)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_by: str = Field(default="", max_length=120)
