"""When and by whom a document was made last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from core.documents.record_tables import DocumentMade
from core.people.scope import Scope


@dataclass(frozen=True, slots=True)
class LastMade:
    """The last time that a document was made, in any format."""

    at: datetime
    actor: str


def note_made(session: Session, scope: Scope, organisation_id: int, kind: str, about: str, ending: str) -> None:
    """Note that the actor has just made a document."""
    session.add(
        DocumentMade(
            organisation_id=organisation_id, kind=kind, about=about, ending=ending, actor=scope.actor_name[:120],
            actor_id=scope.actor_id,
        )
    )
    session.flush()


def last_made(session: Session, scope: Scope) -> dict[tuple[str, str], LastMade]:
    """Return the last making of every document by kind and key, of organisations that the actor may know.

    The caller shows those of documents that the actor can make.
    """
    newest = scope.within_known(
        select(func.max(DocumentMade.id)).group_by(col(DocumentMade.kind), col(DocumentMade.about)),
        col(DocumentMade.organisation_id),
    )
    rows = session.exec(select(DocumentMade).where(col(DocumentMade.id).in_(newest)))
    return {(row.kind, row.about): LastMade(row.at, row.actor) for row in rows}
