"""What the address of the screen names: a teacher, a request for a course, a route, a topic, a visit, a question."""

from __future__ import annotations

import streamlit as st

from core.support.teacher_page import Door

SCREEN = "development"
TEACHER = "teacher"
ENROLMENT, ROUTE, TOPIC, VISIT, REQUEST = (
    Door.ENROLMENT.value, Door.ROUTE.value, Door.TOPIC.value, Door.VISIT.value, Door.REQUEST.value
)
TAB = f"{SCREEN}_tab"
REQUESTS = "Запросы о помощи"
"""The tab on which a question of the address is shown."""
WANTED = f"{SCREEN}_wanted"
"""In the session: the competence for which somebody looks for help, so that forms offer it first."""
_ALL = (TEACHER, ENROLMENT, ROUTE, TOPIC, VISIT, REQUEST)


def asked(name: str) -> int | None:
    """Return the number that the address names; None where it names none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def go_to(name: str, value: int) -> None:
    """Put one thing into the address in place of what stood there; the next run shows it."""
    leave()
    st.query_params[name] = str(value)
    if name == REQUEST:
        st.session_state[TAB] = REQUESTS


def leave() -> None:
    """Go back to the lists."""
    for name in _ALL:
        st.query_params.pop(name, None)
    st.session_state.pop(WANTED, None)
    st.session_state[f"{SCREEN}_turn"] = turn() + 1


def go_to_tab(name: str, wanted: int | None = None) -> None:
    """Go back to the lists, to this tab; `wanted` is the competence for which help is looked for."""
    leave()
    st.session_state[TAB] = name
    if wanted is not None:
        st.session_state[WANTED] = wanted


def turn() -> int:
    """Return the number that makes tables anew, so that none remembers a row that was clicked before."""
    return int(st.session_state.get(f"{SCREEN}_turn", 0))


def show_back() -> None:
    """Show the button that leads back to the lists."""
    st.button("К списку", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=leave)


def row_key(row: object) -> int:
    """Return the id that a clicked row of a table carries, 0 where none was clicked."""
    found = row.get("id") if isinstance(row, dict) else None
    return found if isinstance(found, int) else 0
