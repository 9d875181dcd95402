"""«Журнал»: who changed what in the roadmap, from what to what."""

from __future__ import annotations

import re

import streamlit as st

from core.planning.history import RoadmapEvent, roadmap_history
from core.planning.measures import RoadmapView
from core.words import kept_value
from core.words.column_names import column_in_words
from core.words.table_names import table_in_words
from pages.plan.roadmap_parts.address import SCREEN
from pages.widgets.empty_state import empty_state
from pages.widgets.session import read, time_zone
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("at", "Когда", "moment", width=135),
    Column("actor", "Кто", width=150),
    Column("action", "Что сделано", width=110),
    Column("what", "С чем", width=260),
    Column("field", "Поле", width=130),
    Column("old", "Было", width=170),
    Column("new", "Стало", width=170),
)
_DECIMAL = re.compile(r"-?\d{1,12}\.\d{1,6}")
_HIDDEN = frozenset(
    {
        "position", "deadline_written_on", "sha256", "stored_name", "media_type", "size", "organisation_id", "version",
        "added_at", "added_by", "written_at", "taken_at", "linked_at", "author", "author_id", "actor", "actor_id",
        "snapshot_id", "answers_id", "copied_from_id", "created_by",
    }
)
"""Columns that the program keeps for itself."""


def show_journal(view: RoadmapView) -> None:
    """Show the latest changes of the roadmap and of everything in it."""
    events = [one for one in read(roadmap_history, view.roadmap.id or 0) if one.field not in _HIDDEN]
    asked = st.text_input(
        "Найти в журнале", key=f"{SCREEN}_journal_find", placeholder="Например: статус или фамилия",
        label_visibility="collapsed",
    )
    wanted = asked.strip().casefold()
    rows = [row for row in map(_row, events) if wanted in " ".join(map(str, row.values())).casefold()]
    if not rows:
        empty_state("Таких записей нет", "Измените запрос: ищется в именах, полях и значениях.")
        return
    show_table(f"{SCREEN}_journal", Table(f"Журнал. {view.roadmap.title}", _COLUMNS, rows), height=430, lines=2)


def _said(value: str) -> str:
    """Return a kept value as people read it; besides days and times, decimal numbers."""
    return f"{float(value):g}".replace(".", ",") if _DECIMAL.fullmatch(value) else kept_value(value, time_zone())


def _row(event: RoadmapEvent) -> dict[str, object]:
    about = f" «{event.about}»" if event.about else ""
    return {
        "at": event.at, "actor": event.actor, "action": event.action,
        "what": f"{table_in_words(event.object_type)}{about}",
        "field": column_in_words(event.field, event.object_type) if event.field else "",
        "old": _said(event.old), "new": _said(event.new),
    }
