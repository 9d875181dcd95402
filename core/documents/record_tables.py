"""When documents were made, and the templates that people put in place of the shipped ones."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.store.base import UtcDateTime, utc_now
from core.store.evidence import EvidenceColumns


class DocumentMade(SQLModel, table=True):
    """A document was made and handed out: which, in which format, when and by whom. Rows are only added.

    It changes nothing that a screen shows besides «когда и кем», so it is neither audited nor grows the data version.
    """

    __tablename__ = "document_made"
    __table_args__ = ({"info": {"audited": False}},)

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    kind: str = Field(max_length=40)
    """Code of the kind in the register of documents."""
    about: str = Field(max_length=200)
    """Key of what the document is about, as the register gives it."""
    ending: str = Field(max_length=8)
    """«docx», «xlsx» or «zip»."""
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    actor: str = Field(max_length=120)
    actor_id: int | None = Field(default=None)


class OwnTemplate(EvidenceColumns, table=True):
    """A template of an organisation: it fills documents of the organisation and of those below it.

    The live row of an organisation and name with the greatest id counts; returning to the shipped one deletes softly.
    """

    __tablename__ = "own_template"

    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    template: str = Field(max_length=60)
    """Name of the template («minutes»), one of the shipped ones."""
