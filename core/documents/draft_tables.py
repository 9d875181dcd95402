"""What people wrote into documents in place of the generated text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now

_NOT_IN_JOURNAL: dict[str, object] = {"info": {"secret": True}}
"""A school's text may tell of small groups; the journal is read above the school, too."""


class DraftSection(Versioned, SoftDeleted, table=True):
    """One section of one document whose words are a person's. A section without a row has the generated text.

    The row stays when the person returns to the generated text; it is softly deleted then.
    """

    __tablename__ = "draft_section"
    __table_args__ = (UniqueConstraint("kind", "about", "audience", "section"),)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: str = Field(max_length=40)
    """`NoteKind`, as text: documents of other kinds may have drafts, too."""
    about: str = Field(max_length=200)
    """`NoteSubject.key`."""
    audience: str = Field(max_length=200)
    """Of those who see the same figures: what one of them wrote must not tell others what is hidden from them."""
    section: str = Field(max_length=60)
    based_on: str = Field(default="", sa_type=Text, sa_column_kwargs=_NOT_IN_JOURNAL)
    """The generated text that stood there when the person wrote."""
    text: str = Field(default="", sa_type=Text, sa_column_kwargs=_NOT_IN_JOURNAL)
    written_by: str = Field(default="", max_length=200)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)


class DraftWording(SQLModel, table=True):
    """A wording that a person gave to a section. Rows are only added: they are the history that the draft shows.

    They are read by the audience of the section, so they are no part of the journal.
    """

    __tablename__ = "draft_wording"
    __table_args__ = ({"info": {"audited": False}},)

    id: int | None = Field(default=None, primary_key=True)
    draft_section_id: int = Field(foreign_key="draft_section.id", index=True)
    text: str = Field(default="", sa_type=Text)
    """"" where the person returned to the generated text."""
    written_by: str = Field(default="", max_length=200)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
