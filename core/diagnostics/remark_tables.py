"""What people say of teachers' difficulties: experts of the attestation, clubs and associations."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class AttestationRemark(Versioned, SoftDeleted, table=True):
    """A difficulty that an expert group noticed; about one teacher, or about teachers of a subject in general."""

    __tablename__ = "attestation_remark"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    subject: str = Field(default="", max_length=120, index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    element: str = Field(default="", max_length=300)
    """The content element by its name in the blueprints."""
    text: str = Field(max_length=2000, sa_column_kwargs={"info": {"secret": True}})
    """About a person: stays out of the audit trail, which cannot be changed."""
    expert_group: str = Field(default="", max_length=200)
    remarked_on: date
    document: str = Field(default="", max_length=300)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    written_by: str = Field(default="", max_length=120)


class AssociationNote(Versioned, SoftDeleted, table=True):
    """A difficulty that was spoken about in a club or an association, not yet confirmed."""

    __tablename__ = "association_note"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int = Field(foreign_key="association.id", index=True)
    subject: str = Field(default="", max_length=120, index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    element: str = Field(default="", max_length=300)
    text: str = Field(max_length=2000)
    noted_on: date
    document: str = Field(default="", max_length=300)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    written_by: str = Field(default="", max_length=120)


class DeficitConfirmation(Versioned, SoftDeleted, table=True):
    """A club or an association confirmed a corporate deficit; the numbers are those of that day, where there were any.

    What is confirmed: a competence, a single item of an instrument, or a content element of a subject.
    """

    __tablename__ = "deficit_confirmation"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    subject: str = Field(default="", max_length=120, index=True)
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="instrument_item.id", index=True)
    element: str = Field(default="", max_length=300)
    confirmed_on: date
    protocol: str = Field(default="", max_length=120)
    remark: str = Field(default="", max_length=2000)
    share: float | None = Field(default=None)
    low: float | None = Field(default=None)
    high: float | None = Field(default=None)
    respondents: int | None = Field(default=None)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    written_by: str = Field(default="", max_length=120)
