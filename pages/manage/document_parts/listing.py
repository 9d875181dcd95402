"""What can be made now: filters, the table, and the chosen document with its buttons."""

from __future__ import annotations

import streamlit as st

from core.documents.records import last_made
from core.documents.register import DocumentRow, endings_of, find_document
from core.documents.text import NoteKind, NoteSubject
from core.people.roles import ACCESS
from core.words import count_of, moment, number
from pages.manage.document_parts.draft import show_draft
from pages.manage.document_parts.rows import SCREEN, document_rows, kind_lines, line_of
from pages.widgets.documents import DOCUMENT_ADDRESS, document_button
from pages.widgets.empty_state import empty_state
from pages.widgets.filter_bar import filter_bar
from pages.widgets.links import link_to
from pages.widgets.screens import screen_at
from pages.widgets.session import look, time_zone
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_FACETS = ("document_stage", "document", "organisation", "school_year")
_COLUMNS = (
    Column("document", "Документ", width=190),
    Column("about", "О чём", width=310),
    Column("organisation", "Организация", width=235),
    Column("school_year", "Учебный год", width=95),
    Column("at", "Сделан", "moment", width=125),
    Column("actor", "Кем", width=110),
)
_KINDS = (
    Column("document", "Документ", width=300),
    Column("source", "Из чего делается", width=440),
    Column("count", "Сколько", "integer", width=75),
    Column("school_year", "Последний год", width=108),
    Column("at", "Сделан", "moment", width=125),
    Column("actor", "Кем", width=120),
)
_LABELS = {"docx": "Word (DOCX)", "xlsx": "Excel (XLSX)"}


def show_listing() -> None:
    """Show the kinds of what the person can make now, of a clicked kind its documents; a clicked one opens below.

    Filters lead to the documents at once. An address that names a document shows that one alone.
    """
    code, key = (st.query_params.get(name) for name in DOCUMENT_ADDRESS)
    if code and key:
        st.button("Ко всем документам", icon=":material/arrow_back:", key=f"{SCREEN}_back", on_click=_close)
        _show_document(look(find_document, code, key))
        return
    rows = document_rows()
    if not rows:
        empty_state(
            "Документов пока нет", "Они появятся, когда будут результаты, дорожные карты, заседания или показатели.",
            path="upload", label="Загрузить результаты",
        )
        return
    made = look(last_made)
    lines = [line_of(row, made) for row in rows]
    chosen = filter_bar(SCREEN, lines, _FACETS)
    shown = [line for line in lines if chosen.admits(line)]
    if not any(chosen.values.values()):
        kind = _choose_kind(lines)
        if kind is None:
            return
        shown = [line for line in shown if line["code"] == kind]
    st.caption(f"Можно сделать документов: {len(shown)}. Щёлкните в начале строки, чтобы открыть документ.")
    line = show_table(
        f"{SCREEN}_table", Table("Документы", _COLUMNS, shown), choose=True, height=480, download=False
    )
    if line is not None:
        picked = next(row for row in rows if (row.kind.code, row.subject.key) == (line["code"], line["key"]))
        _show_document(picked)


def _choose_kind(lines: list[dict[str, object]]) -> object:
    """Show the kinds of documents, which is what somebody sees first; return the chosen one, None before the choice."""
    kinds = kind_lines(lines)
    st.caption(
        f"{count_of(len(kinds), 'вид')} документов; всего можно сделать {number(len(lines))}. Щёлкните в начале "
        "строки, чтобы увидеть документы этого вида, или отберите их фильтрами."
    )
    line = show_table(
        f"{SCREEN}_kinds", Table("Виды документов", _KINDS, kinds), choose=True, height=900, download=False
    )
    return line["code"] if line is not None else None


def _close() -> None:
    for name in DOCUMENT_ADDRESS:
        st.query_params.pop(name, None)


def _show_document(row: DocumentRow) -> None:
    """Show one document: from what it is made, who may make it, and the buttons."""
    kind, subject = row.kind, row.subject
    with st.container(border=True):
        st.markdown(f"**{plain(kind.title)}.** {plain(subject.title)}")
        who = ", ".join(role.value for role, rights in ACCESS.items() if kind.action in rights)
        st.caption(plain(f"Из чего: {kind.source}. Кто делает в пределах своих прав: {who}."))
        last = look(last_made).get((kind.code, subject.key))
        if last is not None:
            st.caption(plain(f"Последний раз: {moment(last.at, time_zone().key)}, {last.actor}."))
        with st.container(horizontal=True, vertical_alignment="center"):
            for ending in endings_of(kind):
                document_button(f"{SCREEN}_{ending}", _LABELS[ending], kind.code, subject.key, ending, row.file_title)
            link_to(kind.screen, f"К данным: {screen_at(kind.screen).title}")
        about = NoteSubject.parse(subject.key)
        if kind.code in set(NoteKind) and about is not None:
            show_draft(NoteKind(kind.code), about)
