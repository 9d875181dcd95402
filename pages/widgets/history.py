"""«Журнал» of one object: who changed what and when.

    show_history("practices_journal", read(practice_history, practice_id))
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.store.history import HistoryLine
from core.words import kept_value
from core.words.column_names import column_in_words
from core.words.table_names import table_in_words
from pages.widgets.session import time_zone
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("at", "Когда", "moment", width=140),
    Column("actor", "Кто", width=200),
    Column("what", "Что", width=200),
    Column("old", "Было", width=260),
    Column("new", "Стало", width=260),
)


def show_history(key: str, lines: Sequence[HistoryLine], *, with_objects: bool = False) -> None:
    """Show the lines, the latest first; `key` begins with the screen's name.

    `with_objects` says of which object each line speaks, where the lines are of several.
    """
    if not lines:
        st.caption("Изменений ещё не было.")
        return
    rows = [
        {
            "at": line.at, "actor": line.actor,
            "what": _what(line, with_objects),
            "old": kept_value(line.old, time_zone()), "new": kept_value(line.new, time_zone()),
        }
        for line in lines
    ]
    show_table(key, Table("Журнал", _COLUMNS, rows))


def _what(line: HistoryLine, with_objects: bool) -> str:
    said = f"{line.action}: {column_in_words(line.field, line.object_type)}" if line.field else line.action
    return f"{table_in_words(line.object_type)}, {said}" if with_objects else said
