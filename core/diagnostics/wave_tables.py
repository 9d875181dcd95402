"""What teachers answered: waves, the files of a wave, one row a respondent."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Column, LargeBinary
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class WaveKind(StrEnum):
    """When in a course or a year of work teachers are asked."""

    BEFORE_COURSE = "докурсовая"
    ENTRY = "входная"
    INTERMEDIATE = "промежуточная"
    FINAL = "итоговая"


class SurveyUploadState(StrEnum):
    """What became of a file."""

    STORED = "сохранена"
    UNDONE = "отменена"
    REPLACED = "заменена исправленным файлом"


class DiagnosticWave(Versioned, SoftDeleted, table=True):
    """An instrument asked once: in an organisation and below it, on a day. Schools may send their files apart."""

    __tablename__ = "diagnostic_wave"

    id: int | None = Field(default=None, primary_key=True)
    instrument_id: int = Field(foreign_key="instrument.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: WaveKind = Field(max_length=20)
    held_on: date
    title: str = Field(default="", max_length=300)
    """The course, or what people call this round; waves of one title are compared with each other first."""
    item_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """What was asked (`instrument_item.id`), in the order of the packed answers; later edits do not change it."""


class SurveyUpload(Versioned, SoftDeleted, table=True):
    """One stored file of a wave: its fingerprint, not its content."""

    __tablename__ = "survey_upload"

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="diagnostic_wave.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    file_name: str = Field(max_length=160)
    sha256: str = Field(max_length=64, index=True)
    state: SurveyUploadState = Field(default=SurveyUploadState.STORED, max_length=40)
    uploaded_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    uploaded_by: str = Field(default="", max_length=120)
    respondents: int = Field(default=0)
    without_consent: int = Field(default=0)
    """People who did not agree to processing: counted, not stored."""
    findings: list[dict[str, object]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    operation_id: str | None = Field(default=None, unique=True, max_length=64)


class Response(Versioned, SoftDeleted, table=True):
    """The answers of one respondent (`core.diagnostics.answers`). Live: not deleted.

    Names, e-mails and phones are not here: the respondent is a stored teacher, or a code.
    """

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="diagnostic_wave.id", index=True)
    upload_id: int = Field(foreign_key="survey_upload.id", index=True)
    replaced_by: int | None = Field(default=None, foreign_key="survey_upload.id", index=True)
    """The upload that put corrected answers in place of these; undoing that upload brings them back."""
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    """The school, or the organisation of the wave where the file does not say the school."""
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", index=True)
    code: str = Field(max_length=64)
    """The file's code, else the keyed hash of the name, else a running number: tells respondents of a wave apart."""
    subject: str = Field(default="", max_length=120, index=True)
    position: str = Field(default="", max_length=120)
    experience_years: int | None = Field(default=None)
    association_ids: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Associations of the teacher on the day of the wave; empty for somebody who is not a stored teacher."""
    consent: bool | None = Field(default=None)
    """True: agreed in the form; None: the form does not ask."""
    answers: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """int8 in the order of the wave's items."""
    answers_checksum: int = Field(default=0, sa_type=BigInteger)
