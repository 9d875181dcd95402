"""Addressed recommendations, what they stand on with the numbers of their day, and the texts they are made from."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now
from core.store.evidence import EvidenceColumns


class AddresseeKind(StrEnum):
    """To whom a recommendation is addressed."""

    ASSOCIATION = "объединение"
    TEACHER = "педагог"
    PARENTS = "родители"
    ADMINISTRATION = "администрация"


class BasisKind(StrEnum):
    """What a recommendation stands on."""

    FIELD = "проблемное поле"
    DEFICIT = "профессиональный дефицит"
    INDICATOR = "показатель мониторинга"


class RecommendationState(StrEnum):
    """How far a recommendation is."""

    DRAFT = "черновик"
    SENT = "отправлена"
    RECEIVED = "получена"
    ACCEPTED = "принята"
    NOT_APPLICABLE = "не применима"
    DONE = "исполнена"
    WITHDRAWN = "снята"


class Recommendation(Versioned, SoftDeleted, table=True):
    """A recommendation to one addressee.

    `organisation_id` (and, for a head, `from_association_id`) is who writes; `place_id` is the organisation in which
    the addressee is found: the association's own one, the teacher's school, the school of the class.
    """

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    from_association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    subject: str = Field(default="", max_length=120)
    """"" for one that is not about one subject."""
    addressee: AddresseeKind
    place_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    grade: int | None = Field(default=None)
    """For parents: of which grade."""
    class_letter: str = Field(default="", max_length=40)
    """For parents of one class: its name without the grade; "" for the whole grade or school."""
    title: str = Field(max_length=300)
    text: str = Field(sa_type=Text)
    practice_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    practices: str = Field(default="", sa_type=Text)
    """Practices worth studying, in words."""
    courses: str = Field(default="", sa_type=Text)
    """Courses and other forms of help, in words."""
    deadline_text: str = Field(default="", max_length=500)
    deadline_written_on: date = Field(default_factory=date.today)
    state: RecommendationState = Field(default=RecommendationState.DRAFT, index=True)
    basis_stored_on: date = Field(default_factory=date.today)
    """The day on which the latest of its bases was stored: the clock of sending counts from it."""
    author: str = Field(default="", max_length=120)
    author_id: int | None = Field(default=None)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    sent_on: date | None = Field(default=None)
    """The clock of the reply counts from it."""
    sent_by: str = Field(default="", max_length=120)
    received_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    received_by: str = Field(default="", max_length=120)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str = Field(default="", max_length=120)
    reason: str = Field(default="", max_length=2000)
    """Why it is not applicable; a remark of who accepted it."""
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When it was carried out or withdrawn."""
    closed_by: str = Field(default="", max_length=120)
    result: str = Field(default="", sa_type=Text)
    """What came of it, or why it was withdrawn."""


class RecommendationBasis(Versioned, SoftDeleted, table=True):
    """One problem field, deficit or indicator behind a recommendation, with its numbers as they stood on that day.

    `key` names it in the room that it comes from («22|organisation:3|element|дроби» for a problem field).
    """

    __tablename__ = "recommendation_basis"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    recommendation_id: int = Field(foreign_key="recommendation.id", index=True)
    kind: BasisKind
    key: str = Field(max_length=500, index=True)
    place_id: int | None = Field(default=None, foreign_key="organisation.id")
    """The organisation whose pupils or teachers it is about."""
    label: str = Field(max_length=500)
    """What it is, in words: «по теме «дроби»»."""
    source: str = Field(default="", max_length=500)
    """The work or the questionnaire, in words."""
    unit_name: str = Field(default="", max_length=300)
    finding: str = Field(default="", max_length=200)
    cause: str = Field(default="", max_length=200)
    facility: float | None = Field(default=None)
    low: float | None = Field(default=None)
    high: float | None = Field(default=None)
    participants: int | None = Field(default=None)
    """Pupils of a field, teachers of a deficit, the denominator of an indicator."""
    inside_only: bool = Field(default=False)
    """The numbers would give a group of fewer than five away: they are told inside their school alone."""
    threshold: float | None = Field(default=None)
    share: float | None = Field(default=None)
    """Share of the teachers with the deficit, or the value of an indicator that is a share, 0..1."""
    stored_on: date = Field(default_factory=date.today)
    """When results or decision were stored."""
    frozen_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class RecommendationEvidence(EvidenceColumns, table=True):
    """A file or a link that proves that a recommendation was carried out."""

    __tablename__ = "recommendation_evidence"

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    recommendation_id: int = Field(foreign_key="recommendation.id", index=True)


class RecommendationText(Versioned, SoftDeleted, table=True):
    """An organisation's own text for one kind of addressee and basis; it stands in place of the shipped one."""

    __tablename__ = "recommendation_text"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=200)
    basis: BasisKind
    addressee: AddresseeKind
    about: str = Field(default="", max_length=40)
    """For which kind of problem field (in words, «тип заданий»); "" for all."""
    title: str = Field(max_length=300)
    text: str = Field(sa_type=Text)
