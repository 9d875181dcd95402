"""What the address of the screen names: a practice, a club, a form; and what a link asks the library for."""

from __future__ import annotations

import streamlit as st

SCREEN = "practices"
PRACTICE, CLUB, FORM = "practice", "club", "offer"
"""In the address: the opened practice, the opened club, the form of a new practice or of a change."""
FACETS = ("subject", "element", "task_type", "grade", "work_kind", "state")
VIEWS = ("Библиотека", "Клубы и объединения")


def asked(name: str) -> int | None:
    """Return the id that the address names; None where it names none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def show_one(name: str, row_id: int) -> None:
    """Put a practice or a club into the address; the next run shows it."""
    leave()
    st.query_params[name] = str(row_id)


def show_form(practice_id: int | None = None) -> None:
    """Put the form into the address: of a new practice, or of the one that is changed."""
    st.query_params[FORM] = str(practice_id or "new")


def leave() -> None:
    """Go back to the list."""
    for name in (PRACTICE, CLUB, FORM):
        st.query_params.pop(name, None)
    st.session_state[f"{SCREEN}_turn"] = turn() + 1


def leave_form() -> None:
    """Close the form and show what was behind it."""
    st.query_params.pop(FORM, None)


def turn() -> int:
    """Return the number that makes tables anew, so that none remembers a row that was clicked before."""
    return int(st.session_state.get(f"{SCREEN}_turn", 0))


def accept_link() -> None:
    """Take the filters that a link names («отвечает проблемному полю»), also those that no practice has yet."""
    told = "|".join("|".join(st.query_params.get_all(f"{SCREEN}_{facet}")) for facet in FACETS)
    if f"{SCREEN}_accepted" in st.session_state or not told.strip("|"):
        st.session_state[f"{SCREEN}_accepted"] = True
        return
    st.session_state[f"{SCREEN}_accepted"] = True
    for facet in FACETS:
        values: list[object] = list(st.query_params.get_all(f"{SCREEN}_{facet}"))
        if facet == "grade":
            values = [int(value) for value in values if isinstance(value, str) and value.isdigit()]
        if values:
            st.session_state[f"{SCREEN}_{facet}"] = values
