"""The tables behind a note as XLSX, for whoever wants to count on: the same right, the same figures, no words."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from core.documents.note_place import place_of_note
from core.documents.notes.work_figures import work_figures
from core.documents.notes.work_sheets import work_sheets
from core.documents.notes.year_figures import year_figures
from core.documents.notes.year_note import year_place
from core.documents.notes.year_sheets import year_sheets
from core.documents.text import NoteKind, NoteSubject
from core.people.scope import Scope
from core.workbooks.writing import write_workbook


def note_workbook(
    session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, today: date | None = None
) -> bytes:
    """Return a sheet for each table of the note, with what it is based on as the last one. Raises as `open_draft`."""
    place = place_of_note(session, scope, kind, subject)
    if kind.is_of_work:
        figures = work_figures(session, scope, place.subject.object_id, place.subject.unit)
        return write_workbook(work_sheets(figures, is_long=kind is NoteKind.WORK_LONG))
    of_year = year_place(session, kind, place.subject)
    return write_workbook(year_sheets(year_figures(session, scope, of_year, today or date.today())))
