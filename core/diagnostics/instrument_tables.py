"""What teachers are asked: competences, instruments with their answers, levels and items."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field

from core.blueprints.tables import Origin, Shipped
from core.store.base import SoftDeleted, Versioned


class CompetenceBlock(StrEnum):
    """The four kinds of teachers' competences that diagnostics in the regions distinguish (domain.md §7.1)."""

    SUBJECT = "предметная"
    METHODICAL = "методическая"
    PSYCHOLOGICAL = "психолого-педагогическая"
    COMMUNICATIVE = "коммуникативная"


class InstrumentKind(StrEnum):
    """How the competence is found out."""

    QUESTIONNAIRE = "анкета"
    TEST = "тест"
    ATTESTATION = "аттестация"


class Competence(Versioned, SoftDeleted, Shipped, table=True):
    """A competence of teachers; with subject and element it stands beside the pupils' facility in that element."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """Whose competence it is; None: shared by all."""
    block: CompetenceBlock = Field(max_length=40)
    name: str = Field(max_length=300)
    subject: str = Field(default="", max_length=120)
    """"" for a competence of teachers of any subject."""
    element: str = Field(default="", max_length=300)
    """The content element by its name in the blueprints; "" where there is none."""
    origin: Origin = Field(default=Origin.ENTERED, max_length=20)


class Instrument(Versioned, SoftDeleted, Shipped, table=True):
    """A questionnaire, a test or an attestation that is repeated in waves."""

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """Whose instrument it is; None: shared by all."""
    kind: InstrumentKind = Field(max_length=20)
    name: str = Field(max_length=300)
    subject: str = Field(default="", max_length=120)
    """"" for teachers of any subject."""
    source: str = Field(default="", max_length=600)
    origin: Origin = Field(default=Origin.ENTERED, max_length=20)


class InstrumentAnswer(Versioned, table=True):
    """One answer of the scale of a questionnaire: its text as forms write it, and its score.

    A test has no such rows: its items are scored from 0 to their maximum.
    """

    __tablename__ = "instrument_answer"

    id: int | None = Field(default=None, primary_key=True)
    instrument_id: int = Field(foreign_key="instrument.id", index=True)
    text: str = Field(max_length=300)
    score: int
    is_deficit: bool = Field(default=False)
    """Who answers so has a deficit in the item."""
    is_resource: bool = Field(default=False)
    """Who answers so can help others."""


class InstrumentLevel(Versioned, table=True):
    """A level of a teacher in a competence, a block or the whole: from this share of the possible points up."""

    __tablename__ = "instrument_level"

    id: int | None = Field(default=None, primary_key=True)
    instrument_id: int = Field(foreign_key="instrument.id", index=True)
    name: str = Field(max_length=80)
    from_share: float
    """0..1, inclusive."""
    is_deficit: bool = Field(default=False)


class InstrumentItem(Versioned, SoftDeleted, table=True):
    """One statement of a questionnaire or one task of a test. A deleted one stays for waves that asked it."""

    __tablename__ = "instrument_item"

    id: int | None = Field(default=None, primary_key=True)
    instrument_id: int = Field(foreign_key="instrument.id", index=True)
    position: int
    code: str = Field(default="", max_length=20)
    text: str = Field(sa_type=Text)
    section: str = Field(default="", max_length=300)
    """The part of the questionnaire in which it stands, by name."""
    competence_id: int | None = Field(default=None, foreign_key="competence.id", index=True)
    maximum: int
    """The highest score; the lowest is that of the scale, 0 for a test."""


class SurveyProfile(Versioned, SoftDeleted, table=True):
    """How the columns of a form were assigned, offered again for a file with the same header."""

    __tablename__ = "survey_profile"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    instrument_id: int = Field(foreign_key="instrument.id", index=True)
    header_key: str = Field(max_length=64, index=True)
    """Fingerprint of the normalised header cells."""
    mapping: str = Field(default="", sa_type=Text)
    """JSON of `core.diagnostics.reading.mapping.SurveyMapping`."""
