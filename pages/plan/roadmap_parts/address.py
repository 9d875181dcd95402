"""What the address of the screen names: a roadmap, or one measure."""

from __future__ import annotations

import streamlit as st

SCREEN = "roadmaps"
ROADMAP = "roadmap"
MEASURE = "measure"


def asked(name: str) -> int | None:
    """Return the id that the address names; None where it names none."""
    text = st.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def open_roadmap(roadmap_id: int) -> None:
    """Put a roadmap into the address; the next run shows it, on the tab of the address or its own first one."""
    st.session_state.pop(f"{SCREEN}_tab", None)
    st.query_params.pop(MEASURE, None)
    st.query_params[ROADMAP] = str(roadmap_id)


def open_measure(measure_id: int) -> None:
    """Put a measure into the address, keeping its roadmap."""
    st.query_params[MEASURE] = str(measure_id)


def close_measure() -> None:
    """Go back from a measure to where it was opened: its roadmap, or the list."""
    st.query_params.pop(MEASURE, None)
    forget_choices()


def close_roadmap() -> None:
    """Go back to the list."""
    st.query_params.pop(MEASURE, None)
    st.query_params.pop(ROADMAP, None)
    forget_choices()


def turn() -> int:
    """Return the number that makes tables anew, so that none remembers a row that was clicked before."""
    return int(st.session_state.get(f"{SCREEN}_turn", 0))


def forget_choices() -> None:
    """Make the tables of the screen forget which row was clicked."""
    st.session_state[f"{SCREEN}_turn"] = turn() + 1
