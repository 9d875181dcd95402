"""Any note from its kind and subject."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.documents.notes.work_note import work_note
from core.documents.notes.year_note import year_note
from core.documents.text import DocumentText, NoteKind, NoteSubject
from core.people.scope import Scope


def note_text(
    session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, today: date | None = None
) -> DocumentText:
    """Return the note as the figures of now give it, without what people wrote into it.

    Raises NotFound out of scope, NotAllowed for a unit that is hidden or seen in part only, InvalidInput where a unit
    must be chosen.
    """
    day = today or date.today()
    if kind.is_of_work:
        return work_note(session, scope, kind, subject, day)
    return year_note(session, scope, kind, subject, day)
