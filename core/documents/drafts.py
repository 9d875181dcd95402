"""A note before it is printed: generated sections, and those into which a person put other words.

A section that nobody edited follows the figures. An edited one keeps the person's words; where the generated text has
changed since they wrote, the change is shown and they choose: keep theirs, or take the new one. Every wording
is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from core.documents.draft_tables import DraftSection, DraftWording
from core.documents.note_place import NotePlace, place_of_note
from core.documents.notes.generating import note_text
from core.documents.text import DocumentText, NoteKind, NoteSubject, Section
from core.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from core.people.scope import Scope
from core.store.author import author_of
from core.store.base import utc_now
from core.words.rewording import Piece, rewording

LONGEST = 20_000
"""Characters of one section."""


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """One section of a note as it will be printed, and how that came about."""

    section: Section
    generated: str
    """The text that the figures of now give."""
    is_edited: bool
    based_on: str
    """The generated text that the person saw when they wrote; "" where nobody did."""
    version: int
    """Of the stored row, 0 where there is none; given back with a change."""
    written_by: str = ""
    written_at: datetime | None = None
    id: int | None = None

    @property
    def is_outdated(self) -> bool:
        """Say whether the figures give another text than the one that the person saw."""
        return self.is_edited and self.based_on != self.generated

    @property
    def news(self) -> tuple[Piece, ...]:
        """Return what changed in the generated text since the person wrote, word by word."""
        return rewording(self.based_on, self.generated)

    @property
    def difference(self) -> tuple[Piece, ...]:
        """Return how the person's words differ from the generated ones of now."""
        return rewording(self.generated, self.section.text)


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A whole note as it will be printed."""

    note: DocumentText
    sections: tuple[SectionDraft, ...]
    may_edit: bool

    @property
    def outdated(self) -> int:
        """Return how many edited sections wait for a choice."""
        return sum(one.is_outdated for one in self.sections)


def open_draft(
    session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, today: date | None = None
) -> NoteDraft:
    """Return the note with people's words in it. Raises as `note_text` does."""
    place = place_of_note(session, scope, kind, subject)
    note = note_text(session, scope, kind, place.subject, today)
    rows = {row.section: row for row in _rows(session, place)}
    sections = tuple(_merged(section, rows.get(section.key)) for section in note.sections)
    return NoteDraft(note.with_sections(tuple(one.section for one in sections)), sections, place.may_edit)


def write_section(
    session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, section: str, text: str, seen: str,
    version_seen: int,
) -> int:
    """Put a person's words into a section; return the version of the row.

    `seen` is the generated text beside which they wrote. The same words as the generated ones are no edit. Raises
    EditConflict when somebody else wrote meanwhile, NotAllowed without the right, InvalidInput for no words or too
    many.
    """
    place = _editable(session, scope, kind, subject)
    words = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    if not words:
        raise InvalidInput("В разделе не осталось текста.", "Впишите текст или верните текст по данным.")
    if len(words) > LONGEST or len(seen) > LONGEST or not 0 < len(section) <= 60:
        raise InvalidInput(f"Текст раздела длиннее {LONGEST} знаков.", "Сократите его.")
    row = _current(session, place, section, version_seen)
    if words == seen:
        if row is not None and row.deleted_at is None:
            _forget(session, row)
        return row.version if row is not None else 0
    if row is None:
        row = DraftSection(
            organisation_id=place.organisation_id, kind=kind.value, about=place.subject.key, audience=place.audience,
            section=section,
        )
    row.text, row.based_on, row.deleted_at, row.deleted_by = words, seen, None, None
    row.written_by, row.written_at = author_of(session).actor, utc_now()
    session.add(row)
    session.flush()
    _remember(session, row, words)
    return row.version


def keep_own(
    session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, section: str, seen: str, version_seen: int
) -> int:
    """Keep the person's words beside the new generated text `seen`, which is not shown as news any more."""
    place = _editable(session, scope, kind, subject)
    row = _current(session, place, section, version_seen)
    if row is None or row.deleted_at is not None or len(seen) > LONGEST:
        raise NotFound("Правка раздела")
    row.based_on = seen
    session.add(row)
    session.flush()
    return row.version


def take_generated(
    session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, section: str, version_seen: int
) -> None:
    """Return a section to the generated text; the person's words stay in its history."""
    place = _editable(session, scope, kind, subject)
    row = _current(session, place, section, version_seen)
    if row is not None and row.deleted_at is None:
        _forget(session, row)


def section_history(
    session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject, section: str
) -> list[DraftWording]:
    """Return the wordings of a section, the latest first; an empty one is a return to the generated text."""
    place = place_of_note(session, scope, kind, subject)
    row = next((one for one in _rows(session, place) if one.section == section), None)
    if row is None:
        return []
    query = select(DraftWording).where(DraftWording.draft_section_id == row.id)
    return list(session.exec(query.order_by(col(DraftWording.id).desc())))


def _merged(section: Section, row: DraftSection | None) -> SectionDraft:
    if row is None:
        return SectionDraft(section, section.text, False, "", 0)
    if row.deleted_at is not None:
        return SectionDraft(section, section.text, False, "", row.version)
    return SectionDraft(
        section.with_text(row.text), section.text, True, row.based_on, row.version, row.written_by, row.written_at,
        row.id,
    )


def _rows(session: Session, place: NotePlace) -> list[DraftSection]:
    query = select(DraftSection).where(
        DraftSection.kind == place.kind.value, DraftSection.about == place.subject.key,
        DraftSection.audience == place.audience, DraftSection.organisation_id == place.organisation_id,
    )
    return list(session.exec(query.order_by(col(DraftSection.id))))


def _editable(session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject) -> NotePlace:
    place = place_of_note(session, scope, kind, subject)
    if not place.may_edit:
        raise NotAllowed("Нет права править эту справку.", "Её правят те, кто пишет рекомендации этой организации.")
    return place


def _current(session: Session, place: NotePlace, section: str, version_seen: int) -> DraftSection | None:
    """Return the row of a section; raise EditConflict when it is not the one that the person saw."""
    row = next((one for one in _rows(session, place) if one.section == section), None)
    if (row.version if row is not None else 0) != version_seen:
        who = f" ({row.written_by})" if row is not None and row.written_by else ""
        raise EditConflict(
            f"Этот раздел тем временем изменил кто-то другой{who}.",
            "Ваш текст остался в поле: сравните его с новым и сохраните ещё раз.",
        )
    return row


def _forget(session: Session, row: DraftSection) -> None:
    row.deleted_at, row.deleted_by = utc_now(), author_of(session).actor
    session.add(row)
    session.flush()
    _remember(session, row, "")


def _remember(session: Session, row: DraftSection, words: str) -> None:
    session.add(DraftWording(draft_section_id=row.id or 0, text=words, written_by=author_of(session).actor))
    session.flush()
