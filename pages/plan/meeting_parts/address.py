"""What the address of the screen names: a meeting, and whether it is only shown, for the hall."""

from __future__ import annotations

from enum import StrEnum

import streamlit as st

from core.planning.meetings import MeetingView

MEETING = "meeting"
SHOW = "show"
SECTION = "section"
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


def asked_section() -> str:
    """Return with which section the address asks a meeting to begin; "" where it asks for none."""
    return st.query_params.get(SECTION, "")


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


def seen_item(view: MeetingView) -> int | None:
    """Return the item that the person works on: the one of everybody, until somebody else goes on meanwhile.

    Then it stays, so that no click lands on another item than the one that was read; `follow` lets it go.
    """
    known = {one.id for one in view.items}
    kept = st.session_state.get(_seen_key(view.meeting.id or 0))
    current = view.meeting.current_item_id
    shown = kept if kept in known else current if current in known else None
    if shown is not None:
        st.session_state[_seen_key(view.meeting.id or 0)] = shown
    return shown


def follow(meeting_id: int) -> None:
    """Show the item of everybody from the next run on."""
    st.session_state.pop(_seen_key(meeting_id), None)


def _seen_key(meeting_id: int) -> str:
    return f"meeting_seen_{meeting_id}"


def section_key(meeting_id: int) -> str:
    """Return the key of the choice of a section."""
    return f"{TYPED}section_{meeting_id}"


def turn_to(meeting_id: int, section: Section) -> None:
    """Show a section of the meeting in the next run."""
    st.session_state[section_key(meeting_id)] = section
