"""Teachers: who they are, where they work, what they teach and whom."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned


class Category(StrEnum):
    """Qualification of a teacher by attestation (order of Минпросвещения of 24.03.2023 № 196)."""

    NONE = "без категории"
    SUITABLE = "соответствие занимаемой должности"
    FIRST = "первая"
    HIGHEST = "высшая"
    METHODIST = "педагог-методист"
    MENTOR = "педагог-наставник"


class Teacher(Versioned, SoftDeleted, table=True):
    """A teacher. Outside the own school the name is shown with consent only, else «Педагог-07» with `id`."""

    id: int | None = Field(default=None, primary_key=True)
    full_name: str = Field(max_length=200, sa_column_kwargs={"info": {"secret": True}})
    """Stays out of the audit trail, which cannot be changed: a person's data can be erased."""
    subjects: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """What the person teaches, by name."""
    category: Category = Field(default=Category.NONE, max_length=40)
    category_until: date | None = Field(default=None)
    """Last day of the category; None: without limit (so for categories given since 01.09.2023) or unknown."""
    experience_years: int | None = Field(default=None)
    """Full years of teaching on the day `experience_on`; None: unknown."""
    experience_on: date | None = Field(default=None)
    consent_given: bool = Field(default=False)
    """Consent to showing the name together with deficits and help outside the own school."""
    consent_order: str = Field(default="", max_length=120)
    """Number of the order or of the written consent."""
    consent_on: date | None = Field(default=None)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the personal data of this person was removed; the row stays for aggregates."""


class Employment(Versioned, SoftDeleted, table=True):
    """A teacher worked in an organisation from `hired_on` up to, not including, `left_on`."""

    id: int | None = Field(default=None, primary_key=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    position: str = Field(default="учитель", max_length=120)
    hired_on: date | None = Field(default=None)
    """None: since before anything that is kept here."""
    left_on: date | None = Field(default=None)


class TeachingAssignment(Versioned, SoftDeleted, table=True):
    """Who teaches which class which subject in an academic year."""

    __tablename__ = "teaching_assignment"
    __table_args__ = (UniqueConstraint("teacher_id", "school_id", "grade", "letter", "subject", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    teacher_id: int = Field(foreign_key="teacher.id", index=True)
    school_id: int = Field(foreign_key="organisation.id", index=True)
    grade: int
    letter: str = Field(default="", max_length=40)
    """Letter or number of the class without the grade, upper case; "" where the school has one class."""
    subject: str = Field(max_length=120)
    year: int = Field(index=True)
    """Calendar year of the spring in which the academic year ends: 2026 for «2025/2026»."""
