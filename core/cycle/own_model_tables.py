"""Models that organisations made of shipped ones: the draft that people change, and the editions put in force."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class OwnModel(Versioned, SoftDeleted, table=True):
    """A model of an organisation: who made it from which one, and its draft.

    `content` is JSON (UTF-8) of a `ModelFile` whose rows carry numbers (`core.cycle.model_content`). It is kept as
    bytes so that the audit trail holds its size and checksum; what was changed is written there in words.
    """

    __tablename__ = "own_model"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    title: str = Field(max_length=300)
    origin_code: str = Field(max_length=60)
    """Code of the model that it was copied from; "" for one that came from a file."""
    content: bytes
    edition: int = Field(default=0)
    """Number of the edition in force; 0 while there is none."""
    changed_by: str = Field(default="", max_length=120)
    changed_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class OwnModelEdition(Versioned, table=True):
    """An edition of an own model as it was put in force: checked, and never changed again. Cycles stand on it."""

    __tablename__ = "own_model_edition"
    __table_args__ = (UniqueConstraint("own_model_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    own_model_id: int = Field(foreign_key="own_model.id", index=True)
    number: int = Field(default=1)
    title: str = Field(max_length=300)
    content: bytes
    """JSON (UTF-8) of the `ModelFile`."""
    made_by: str = Field(default="", max_length=120)
    made_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
