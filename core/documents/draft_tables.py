"""What people wrote into documents in place of the generated text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


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
    based_on: str = Field(default="", sa_type=Text)
    """The generated text that stood there when the person wrote."""
    text: str = Field(default="", sa_type=Text)
    written_by: str = Field(default="", max_length=200)
    written_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
