"""What the address of the screen names: a recommendation, a problem field to write about, or a chain."""

from __future__ import annotations

import streamlit as st

SCREEN = "recommendations"
RECOMMENDATION = "recommendation"
FIELD = "recommendation_field"
CHAIN, CHAIN_OF, CHAIN_MEASURE = "chain", "chain_recommendation", "chain_measure"
_ALL = (RECOMMENDATION, FIELD, CHAIN, CHAIN_OF, CHAIN_MEASURE)


def asked_id(name: str) -> int | None:
    """Return the id that the address names; None where it names none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def asked_key(name: str) -> str | None:
    """Return the key that the address names; None where it names none."""
    return st.query_params.get(name) or None


def go_to(name: str, value: str) -> None:
    """Put one thing into the address in place of what stood there; the next run shows it."""
    leave()
    st.query_params[name] = value


def leave() -> None:
    """Go back to the list."""
    for name in _ALL:
        st.query_params.pop(name, None)
    st.session_state[f"{SCREEN}_turn"] = turn() + 1


def turn() -> int:
    """Return the number that makes tables anew, so that none remembers a row that was clicked before."""
    return int(st.session_state.get(f"{SCREEN}_turn", 0))


def show_back() -> None:
    """Show the button that leads back to the list."""
    st.button("К списку", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=leave)
