"""The plain contract of a written document: sections of sentences with a table or a chart. No database, no Word.

A note is written by rules (`core.documents.notes`), a person may put other words into a section
(`core.documents.drafts`), a template turns it into a Word file (`core.documents.note_document`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from core.charts.style import Figure


class NoteKind(StrEnum):
    """Documents whose text is written from figures; the value stands in addresses and in the store."""

    WORK_SHORT = "work-short"
    WORK_LONG = "work-long"
    ASSOCIATION_YEAR = "association-year"
    SCHOOL_YEAR = "school-year"
    MUNICIPALITY_YEAR = "municipality-year"

    @property
    def words(self) -> str:
        """Return the Russian name of the document."""
        return _KIND_WORDS[self]

    @property
    def is_of_work(self) -> bool:
        """Say whether it tells of one work; the others tell of one academic year."""
        return self in (NoteKind.WORK_SHORT, NoteKind.WORK_LONG)


_KIND_WORDS = {
    NoteKind.WORK_SHORT: "Аналитическая справка по работе",
    NoteKind.WORK_LONG: "Аналитическая справка по работе, полная форма",
    NoteKind.ASSOCIATION_YEAR: "Сводная справка методического объединения за год",
    NoteKind.SCHOOL_YEAR: "Сводная справка школы за год",
    NoteKind.MUNICIPALITY_YEAR: "Сводная справка муниципалитета за год",
}


@dataclass(frozen=True, slots=True)
class NoteSubject:
    """Of what a note tells: a work (in one unit), or an association or organisation in an academic year."""

    object_id: int
    """Id of the work, the association or the organisation."""
    unit: str = ""
    """Notes of a work: key of the unit («organisation:3», «class:3:А»); "" means everything that the actor sees."""
    year: int = 0
    """Notes of a year: its spring."""

    @property
    def key(self) -> str:
        """Return the subject as text, for an address and for the store; `NoteSubject.parse` reads it back.

        >>> NoteSubject(7, "organisation:3").key, NoteSubject(3, year=2026).key
        ('7|organisation:3|0', '3||2026')
        """
        return f"{self.object_id}|{self.unit}|{self.year}"

    @classmethod
    def parse(cls, key: str) -> NoteSubject | None:
        """Return the subject of a key; None for a key that is none."""
        parts = key.split("|")
        if len(parts) != 3 or not parts[0].isdecimal() or not parts[2].isdecimal():
            return None
        return cls(int(parts[0]), parts[1], int(parts[2]))


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of a table on paper. `width` is its part of the page's width; numbers stand at the right."""

    title: str
    width: int = 1
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of a section; each row has as many texts as there are columns."""

    caption: str
    columns: tuple[TextColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TextChart:
    """A chart of the screen as a picture. `alternative` says in words what it shows, for those who do not see it."""

    title: str
    alternative: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document. `key` stays the same when the document is made again, so that a person's words find it."""

    key: str
    title: str
    paragraphs: tuple[str, ...]
    table: TextTable | None = None
    chart: TextChart | None = None

    @property
    def text(self) -> str:
        """Return the paragraphs as one text, a line each."""
        return "\n".join(self.paragraphs)

    def with_text(self, text: str) -> Section:
        """Return the section with the words of a person in place of its paragraphs; table and chart stay."""
        return replace(self, paragraphs=tuple(line.strip() for line in text.splitlines() if line.strip()))


@dataclass(frozen=True, slots=True)
class Signature:
    """A line at the end: who signs, and the name where it is known."""

    post: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A whole document before it becomes paper."""

    kind: NoteKind
    subject: NoteSubject
    organisation_id: int
    """Whose document it is: whose people read and edit its draft."""
    organisation: str
    title: str
    """«Аналитическая справка»."""
    subtitle: str
    """«по итогам ВПР, Математика, 4 класс, 2026»."""
    date: str
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...] = ()
    reservation: str = ""
    """The federal line on ВПР; "" where it does not apply."""
    considered_by: str = ""
    """«на заседании методического совета»; "" for a note without approval blocks."""
    approved_by: str = ""
    """Post of who approves."""

    def with_sections(self, sections: tuple[Section, ...]) -> DocumentText:
        """Return the document with these sections."""
        return replace(self, sections=sections)
