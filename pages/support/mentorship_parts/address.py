"""What the address of the screen names: a pair, or a teacher for whom a mentor is sought."""

from __future__ import annotations

import streamlit as st

SCREEN = "mentorship"
PAIR, MENTEE = "pair", "mentee"


def asked(name: str) -> int | None:
    """Return the number that the address names; None where it names none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def go_to(name: str, value: int) -> None:
    """Put one thing into the address in place of what stood there; the next run shows it."""
    leave()
    st.session_state.pop(f"{SCREEN}_pair_tab", None)
    st.query_params[name] = str(value)


def leave() -> None:
    """Go back to the lists."""
    for name in (PAIR, MENTEE):
        st.query_params.pop(name, None)
    st.session_state[f"{SCREEN}_turn"] = turn() + 1


def turn() -> int:
    """Return the number that makes tables anew, so that none remembers a row that was clicked before."""
    return int(st.session_state.get(f"{SCREEN}_turn", 0))


def show_back() -> None:
    """Show the button that leads back to the lists."""
    st.button("К списку", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=leave)
