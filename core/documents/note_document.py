"""A rule-written note as a Word document: its sections with their tables and charts, signatures, page numbers."""

from __future__ import annotations

from sqlmodel import Session

from core.charts.png import chart_png
from core.documents.blocks import Grid, Picture
from core.documents.drafts import open_draft
from core.documents.own_templates import fill
from core.documents.rendering import Value
from core.documents.text import DocumentText, NoteKind, NoteSubject, Section, TextTable
from core.people.scope import Scope

_TEMPLATES = {True: "work-note", False: "year-note"}
_PICTURE_WIDTH = 860
"""Points; on 172 mm of paper the letters of a chart are as large as those of the tables."""


def note_document(session: Session, scope: Scope, kind: NoteKind, subject: NoteSubject) -> bytes:
    """Return the note, with what people wrote into it, as .docx.

    Raises as `open_draft` does, and InvalidInput when the template is broken.
    """
    note = open_draft(session, scope, kind, subject).note
    return fill(session, note.organisation_id, template_of(note), note_values(note))


def template_of(note: DocumentText) -> str:
    """Return the name of the template of a note."""
    return _TEMPLATES[note.kind.is_of_work]


def note_values(note: DocumentText) -> dict[str, Value]:
    """Return what the template can show, by the Russian names that stand in it."""
    return {
        "организация": note.organisation,
        "название": note.title,
        "о_чём": note.subtitle,
        "дата": note.date,
        "оговорка": note.reservation,
        "рассмотрено": note.considered_by,
        "утверждает": note.approved_by,
        "разделы": [_section(place, section) for place, section in enumerate(note.sections, start=1)],
        "подписи": [{"должность": one.post, "имя": one.name} for one in note.signatures],
    }


def _section(place: int, section: Section) -> dict[str, Value]:
    table, chart = section.table, section.chart
    return {
        "номер": place,
        "заголовок": section.title,
        "абзацы": list(section.paragraphs),
        "есть_таблица": table is not None and bool(table.rows),
        "подпись_таблицы": table.caption if table is not None else "",
        "таблица": _grid(table) if table is not None else "",
        "есть_рисунок": chart is not None,
        "подпись_рисунка": chart.title if chart is not None else "",
        "рисунок": Picture(chart_png(chart.figure, width=_PICTURE_WIDTH), chart.alternative)
        if chart is not None
        else "",
    }


def _grid(table: TextTable) -> Grid:
    return Grid(
        tuple(one.title for one in table.columns), tuple(one.width for one in table.columns),
        tuple(one.is_number for one in table.columns), table.rows,
    )
