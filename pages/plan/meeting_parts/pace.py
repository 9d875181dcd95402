"""A double click must not mark two items: when the first click has turned the page, the second one finds the next."""

from __future__ import annotations

import time

import streamlit as st

PAUSE_SECONDS = 0.5
"""No longer than the style keeps the buttons of a new item from taking clicks (assets of this screen)."""
_TURNED = "meeting_page_turned"


def page_turned() -> None:
    """Note that another item is on the screen from now on."""
    st.session_state[_TURNED] = time.monotonic()


def is_second_click() -> bool:
    """Say whether the page was turned too lately to have been read: the click was meant for the one before."""
    turned = st.session_state.get(_TURNED)
    return isinstance(turned, float) and time.monotonic() - turned < PAUSE_SECONDS
