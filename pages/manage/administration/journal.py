"""«Журнал изменений»: what happened, who did it, old → new; deleted things are brought back from here."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial

import streamlit as st

from core.people.journal import read_journal, restore
from core.people.scope import Scope
from core.store.audit import DELETED
from core.store.history import HistoryLine
from core.words import kept_value
from core.words.column_names import column_in_words
from core.words.table_names import table_in_words
from pages.widgets.acting import act
from pages.widgets.session import look, time_zone, write
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("at", "Когда", "moment", width=140),
    Column("actor", "Кто", width=150),
    Column("action", "Что сделано", width=150),
    Column("object", "С чем", width=170),
    Column("field", "Поле", width=120),
    Column("old", "Было", width=170),
    Column("new", "Стало", width=170),
    Column("reason", "Причина", width=150),
)
_PAGE = 200
_BEFORE = "journal_before"
_RESTORABLE = frozenset({"organisation", "teacher", "association", "teaching_assignment", "role_grant"})


def show_journal(_scope: Scope) -> None:
    """Show one page of the journal with filters; a deleted thing that was chosen can be brought back."""
    who, since, what = st.columns([1.4, 1, 1.6])
    anew = partial(_turn, None)
    actor = who.text_input("Кто", key="journal_actor", placeholder="Имя полностью", on_change=anew).strip()
    day = since.date_input("Начиная с", value=None, key="journal_since", format="DD.MM.YYYY", on_change=anew)
    asked = what.text_input("Содержит", key="journal_find", placeholder="Например: удалено", on_change=anew).strip()
    begin = datetime.combine(day, time(), time_zone()) if isinstance(day, date) else None
    lines: list[HistoryLine] = look(
        read_journal,
        actor=actor or None,
        since=begin,
        before_id=st.session_state.get(_BEFORE),
        limit=_PAGE,
        containing=asked,
    )
    rows = [_row(line) for line in lines]
    chosen = show_table("journal", Table("Журнал изменений", _COLUMNS, rows), choose=True, height=480)
    picked = next((line for line in lines if chosen is not None and line.id == chosen["id"]), None)
    with st.container(horizontal=True):
        is_first = _BEFORE not in st.session_state
        st.button("К началу", key="journal_first", disabled=is_first, on_click=_turn, args=(None,))
        st.button(
            "Раньше",
            key="journal_next",
            disabled=len(lines) < _PAGE,
            on_click=_turn,
            args=(lines[-1].id if lines else None,),
        )
        can = picked is not None and picked.action == DELETED and picked.object_type in _RESTORABLE
        st.button(
            "Вернуть удалённое",
            key="journal_restore",
            icon=":material/restore_from_trash:",
            disabled=not can,
            help="Выберите строку «удалено». Загрузки возвращаются в их истории, планы работ — на своей странице.",
            on_click=_restore,
            args=(picked,),
        )


def _row(line: HistoryLine) -> dict[str, object]:
    number = f" № {line.object_id}" if line.object_id is not None else ""
    return {
        "id": line.id,
        "at": line.at,
        "actor": line.actor,
        "action": line.action,
        "object": f"{table_in_words(line.object_type)}{number}",
        "field": column_in_words(line.field, line.object_type) if line.field else "",
        "old": kept_value(line.old, time_zone()),
        "new": kept_value(line.new, time_zone()),
        "reason": line.reason,
    }


def _turn(before: int | None) -> None:
    if before is None:
        st.session_state.pop(_BEFORE, None)
    else:
        st.session_state[_BEFORE] = before


def _restore(line: HistoryLine) -> None:
    act(partial(write, restore, line.object_type, line.object_id or 0), "Запись возвращена.")
