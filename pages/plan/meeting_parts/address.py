"""What the address of the screen names: a meeting, and whether it is only shown, for the hall."""

from __future__ import annotations

from enum import StrEnum

import streamlit as st

MEETING = "meeting"
SHOW = "show"
TYPED = "meeting_typed_"
"""Prefix of the keys of fields; they persist, because another item or section may be on the screen meanwhile."""


class Section(StrEnum):
    """What somebody who holds a meeting looks at."""

    AGENDA = "Повестка"
    ITEM = "Пункт за пунктом"
    CHANGES = "Что изменилось"
    MINUTES = "Решения и протокол"


def asked_meeting() -> int | None:
    """Return the id that the address names; None where it names none."""
    text = st.query_params.get(MEETING, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def is_show() -> bool:
    """Say whether the address asks for the view for the hall."""
    return SHOW in st.query_params


def open_meeting_page(meeting_id: int) -> None:
    """Put a meeting into the address; the next run shows it."""
    st.query_params[MEETING] = str(meeting_id)
    st.query_params.pop(SHOW, None)


def close_meeting_page() -> None:
    """Go back to the list."""
    st.query_params.pop(MEETING, None)
    st.query_params.pop(SHOW, None)


def show_to_hall(wanted: bool) -> None:
    """Switch between the view for the hall and the one for work."""
    if wanted:
        st.query_params[SHOW] = "1"
    else:
        st.query_params.pop(SHOW, None)


def section_key(meeting_id: int) -> str:
    """Return the key of the choice of a section."""
    return f"{TYPED}section_{meeting_id}"


def turn_to(meeting_id: int, section: Section) -> None:
    """Show a section of the meeting in the next run."""
    st.session_state[section_key(meeting_id)] = section
