"""Approved editions: each as it was approved, and what differs between two of them."""

from __future__ import annotations

import streamlit as st

from core.documents.kinds import Ending, year_key
from core.planning.approval_sheet import redline_of_editions
from core.planning.measures import RoadmapView
from core.planning.redline import Redline
from core.planning.snapshots import approved_editions
from core.words import moment, plural
from pages.plan.roadmap_parts.address import SCREEN
from pages.widgets.documents import document_button
from pages.widgets.session import read, time_zone
from pages.widgets.tables import Column, Table, show_table

_FILES: tuple[tuple[Ending, str], ...] = (("docx", "DOCX как утверждено"), ("xlsx", "XLSX"))
_NOW = 0
"""Stands for the present content in the choice of editions."""
_COLUMNS = (
    Column("what", "Что", width=120), Column("number", "№", width=70), Column("title", "Мероприятие", width=330),
    Column("label", "Поле", width=130), Column("old", "Было", width=220), Column("new", "Стало", width=220),
)


def show_editions(view: RoadmapView) -> None:
    """Show the approved editions with their documents, and the table of differences."""
    roadmap = view.roadmap
    known = {row.edition: row for row in read(approved_editions, roadmap.id or 0)}
    if not known:
        return
    st.markdown(f"**Утверждённые редакции: {len(known)}**")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Редакция", sorted(known, reverse=True), key=f"{SCREEN}_edition_{roadmap.id}", width=330,
            format_func=lambda one: f"редакция {one} от {moment(known[one].taken_at, time_zone())}",
        )
        for ending, label in _FILES:
            document_button(
                f"{SCREEN}_edition_{ending}", label, "roadmap-edition", year_key(roadmap.id or 0, chosen), ending,
                f"Редакция {chosen}, {roadmap.title}",
            )
        later = [_NOW, *(one for one in sorted(known, reverse=True) if one > chosen)]
        after = st.selectbox(
            "Сравнить с", later, key=f"{SCREEN}_after_{roadmap.id}_{chosen}", width=240,
            format_func=lambda one: f"редакцией {one}" if one else "тем, что сейчас",
        )
    difference = read(redline_of_editions, roadmap.id or 0, chosen, after or None)
    if difference.is_empty:
        st.caption("Отличий в содержании нет.")
        return
    rows = _rows(difference)
    parts = {
        "добавлено": difference.added, "исключено": difference.removed, "перемещено": difference.moved,
        "изменено": difference.changed,
    }
    said = ", ".join(f"{word} – {len(found)}" for word, found in parts.items() if found)
    st.caption(f"{plural(len(rows), 'отличие', 'отличия', 'отличий')}: {said}.")
    title = f"Отличия редакций. {roadmap.title}"
    show_table(f"{SCREEN}_redline", Table(title, _COLUMNS, rows), height=300, lines=3)


def _rows(difference: Redline) -> list[dict[str, object]]:
    found = [
        *(("＋ добавлено", row.number, row.title, "", "", row.deadline) for row in difference.added),
        *(("− исключено", row.number, row.title, "", row.deadline, "") for row in difference.removed),
        *(("↕ перемещено", one.new, one.title, "Номер", one.old, one.new) for one in difference.moved),
        *(("✎ изменено", one.number, one.title, one.label, one.old, one.new) for one in difference.changed),
    ]
    keys = [column.key for column in _COLUMNS]
    return [dict(zip(keys, cells, strict=True)) for cells in found]
