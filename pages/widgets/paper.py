"""Printing: «Печать» draws the screen once more with its tables whole, then assets/paper.js prints it.

    begin_paper("Орлова А. П.")          # the shell, before the screen
    paper_table(title, columns, rows)    # after every table that is drawn on a canvas
    end_paper()                          # the shell, after the screen
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import streamlit as st

from core.people.organisations import time_zone
from core.words import day, moment, number, percent
from pages.widgets.session import read

if TYPE_CHECKING:
    from pages.widgets.tables import Column, Row

_ASKED, _PRINTING = "paper_asked", "paper_printing"
_LONGEST = 1000
"""Rows of a table on paper; longer ones are taken away as a workbook."""
_MANY_COLUMNS = 12
"""From so many columns the print is smaller."""


def begin_paper(person: str) -> None:
    """Draw the button «Печать» and the place of the sheet's head, and find out whether this run is for paper."""
    st.session_state[_PRINTING] = st.session_state.pop(_ASKED, False)
    st.html(f'<div class="quality-paper-head" data-person="{html.escape(person, quote=True)}"></div>')
    st.button("Печать", key="paper_print", icon=":material/print:", type="tertiary", on_click=_ask)


def end_paper() -> None:
    """Say to the browser that everything is on the screen, so that it can be printed."""
    place = st.empty()
    if is_printing():
        place.html(f'<div class="quality-paper-mark" data-run="{uuid4().hex}"></div>')
    st.session_state.pop(_PRINTING, None)


def is_printing() -> bool:
    """Say whether this run is for paper."""
    return bool(st.session_state.get(_PRINTING))


def paper_table(title: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Leave room for the table as it is printed, and fill it when it is asked for.

    The room is always there, so that nothing else on the screen moves and forgets what is opened in it.
    """
    place = st.empty()
    if is_printing():
        place.html(table_html(title, columns, rows))


def table_html(title: str, columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """Return a table for paper; numbers stand right, texts are shown as they are."""
    head = "".join(f"<th>{html.escape(column.title)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(_cell(row.get(column.key), column.kind) for column in columns)}</tr>" for row in rows[:_LONGEST]
    )
    left = len(rows) - _LONGEST
    rest = f"<p>Ещё строк: {number(left)}; вся таблица — в файле XLSX.</p>" if left > 0 else ""
    size = " quality-paper-small" if len(columns) >= _MANY_COLUMNS else ""
    return (
        f'<div class="quality-paper-table{size}"><table aria-label="{html.escape(title, quote=True)}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}</div>"
    )


def _cell(value: object, kind: str) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"<td{' class=n' if is_number else ''}>{html.escape(_words(value, kind))}</td>"


def _words(value: object, kind: str) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return moment(value if value.tzinfo else value.replace(tzinfo=UTC), read(time_zone))
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, int | float):
        if kind == "year":
            return str(int(value))
        return percent(value) if kind == "percent" else number(value, 0 if float(value).is_integer() else 2)
    return str(value)


def _ask() -> None:
    st.session_state[_ASKED] = True
