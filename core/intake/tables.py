"""Stored results: assessments, uploads, one row a class's work, reference rows of aggregated reports."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Column, LargeBinary
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class Assessment(Versioned, SoftDeleted, table=True):
    """One work: procedure, subject, grade, year, and its items as the files show them.

    `items_key` is a fingerprint of codes and maxima: the same procedure and subject with other items is another work.
    """

    id: int | None = Field(default=None, primary_key=True)
    procedure: str = Field(max_length=80, index=True)
    subject: str = Field(max_length=120, index=True)
    grade: int | None = Field(default=None, index=True)
    """None where the file does not say and nobody was asked."""
    year: int = Field(index=True)
    held_on: date | None = Field(default=None)
    title: str = Field(default="", max_length=300)
    item_codes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    item_maxima: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    item_levels: list[str | None] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Levels printed in the file itself; a blueprint's levels are stronger."""
    items_key: str = Field(max_length=64, index=True)
    blueprint_id: int | None = Field(default=None, foreign_key="blueprint.id", index=True)


class UploadState(StrEnum):
    """What became of an upload."""

    STORED = "сохранена"
    UNDONE = "отменена"
    REPLACED = "заменена исправленным файлом"


class Upload(Versioned, SoftDeleted, table=True):
    """One stored file: its fingerprint, not its content."""

    id: int | None = Field(default=None, primary_key=True)
    file_name: str = Field(max_length=160)
    sha256: str = Field(max_length=64, index=True)
    layout: str = Field(max_length=40)
    state: UploadState = Field(default=UploadState.STORED, max_length=40)
    uploaded_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    uploaded_by: str = Field(default="", max_length=120)
    participants: int = Field(default=0)
    absent: int = Field(default=0)
    findings: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    operation_id: str | None = Field(default=None, unique=True, max_length=64)


class ClassWork(Versioned, SoftDeleted, table=True):
    """The work of one class: parallel packed columns and the matrix blob (`core.intake.matrix`)."""

    __tablename__ = "class_work"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    school_id: int = Field(foreign_key="organisation.id", index=True)
    class_name: str = Field(default="", max_length=40)
    upload_id: int = Field(foreign_key="upload.id", index=True)
    replaced_by: int | None = Field(default=None, foreign_key="upload.id", index=True)
    """The upload that put a corrected version in place of this row; undoing that upload brings this row back."""
    participants: int
    absent: int = Field(default=0)
    items: int
    codes: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """zlib of the codes joined by newlines."""
    totals: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """int16, little endian."""
    marks: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """int8; 0 = no mark."""
    journal_marks: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    variants: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """int16."""
    test_scores: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """int16; empty where the procedure has no test score."""
    scores: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    scores_format: int = Field(default=1)
    scores_checksum: int = Field(default=0, sa_type=BigInteger)


class ReferenceRow(SoftDeleted, table=True):
    """One row of an aggregated report: region, municipality or school against which works are compared."""

    __tablename__ = "reference_row"

    id: int | None = Field(default=None, primary_key=True)
    upload_id: int = Field(foreign_key="upload.id", index=True)
    replaced_by: int | None = Field(default=None, foreign_key="upload.id", index=True)
    """The upload that put a newer report in place of this row."""
    procedure: str = Field(max_length=80, index=True)
    subject: str = Field(max_length=120, index=True)
    grade: int | None = Field(default=None, index=True)
    year: int = Field(index=True)
    kind: str = Field(max_length=20)
    group_name: str = Field(max_length=300)
    group_level: str = Field(max_length=20)
    group_code: str | None = Field(default=None, max_length=64)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """The organisation that the row is about."""
    owner_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """The organisation whose uploader brought the row; None: it is for everybody (see `core.people.ownership`)."""
    schools: int | None = Field(default=None)
    participants: int | None = Field(default=None)
    values: dict[str, float] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class MappingProfile(Versioned, SoftDeleted, table=True):
    """Answers of the mapping screen, offered again for a file with the same header."""

    __tablename__ = "mapping_profile"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    header_key: str = Field(max_length=64, index=True)
    """Fingerprint of the normalised header cells."""
    mapping: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    assessment: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    used_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
