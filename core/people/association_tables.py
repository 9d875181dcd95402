"""Associations of teachers: methodical associations and councils, and subject clubs."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, Column
from sqlmodel import Field

from core.store.base import SoftDeleted, Versioned


class AssociationKind(StrEnum):
    """Kinds of associations as the seed documents name them."""

    SCHOOL_ASSOCIATION = "ШМО"
    SCHOOL_COUNCIL = "ШМС"
    DISTRICT_ASSOCIATION = "РМО"
    DISTRICT_COUNCIL = "РМС"
    METHODICAL_OFFICE = "ММК"
    SUBJECT_CLUB = "предметный клуб"
    YOUNG_COUNCIL = "совет молодых педагогов"
    NETWORK = "сетевое сообщество"


class Association(Versioned, SoftDeleted, table=True):
    """An association of a school or of a municipality."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: AssociationKind = Field(max_length=40)
    name: str = Field(max_length=200)
    subjects: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """What the association is about, by name; empty: all subjects."""


class AssociationMember(Versioned, table=True):
    """A teacher belonged to an association from `valid_from` up to, not including, `valid_to`."""

    __tablename__ = "association_member"

    id: int | None = Field(default=None, primary_key=True)
    association_id: int = Field(foreign_key="association.id", index=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    is_head: bool = Field(default=False)
    valid_from: date = Field(default_factory=date.today)
    valid_to: date | None = Field(default=None)
