"""How far other schools are, for the matching: one number a school."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.support.distances import MOST_KILOMETRES, DistanceRow, list_distances, set_distance
from core.words import number
from pages.support.mentorship_parts.address import SCREEN
from pages.widgets.acting import act, drawer
from pages.widgets.session import read, write


def show_distances(school_id: int) -> None:
    """Show a drawer in which the distance to another school is entered."""
    rows: dict[int, DistanceRow] = {row.second_id: row for row in read(list_distances, school_id)}
    if not rows:
        return
    with drawer(f"{SCREEN}_distances", "Расстояния до школ", ":material/route:"):
        chosen = st.selectbox(
            "До какой школы", list(rows), key=f"{SCREEN}_far", format_func=lambda key: _words(rows[key])
        )
        if chosen is None:
            return
        st.number_input(
            "Километров по дороге", 0.0, MOST_KILOMETRES, rows[chosen].kilometres, 0.5, format="%.1f",
            key=f"{SCREEN}_km_{school_id}_{chosen}", placeholder="не указано",
        )
        st.button(
            "Сохранить расстояние", key=f"{SCREEN}_km_save", on_click=_save, args=(school_id, chosen),
            icon=":material/save:",
        )


def _words(row: DistanceRow) -> str:
    return row.second if row.kilometres is None else f"{row.second}: {number(row.kilometres, 1)} км"


def _save(school_id: int, other_id: int) -> None:
    typed = st.session_state.get(f"{SCREEN}_km_{school_id}_{other_id}")
    act(partial(write, set_distance, school_id, other_id, typed or None), "Расстояние записано.")
