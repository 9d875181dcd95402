"""The step of signing in or out that only the browser can take: fetching or dropping the cookie (assets/session.js)."""

from __future__ import annotations

import html

import streamlit as st

_STEP = "session_step"


def exchange_ticket(ticket: str, then: str = "") -> None:
    """Let the browser exchange the ticket for a session at the end of this run, and load `then` (this very screen)."""
    st.session_state[_STEP] = ("start", ticket, then)


def drop_cookie(then: str = "/") -> None:
    """Let the browser end its session at the end of this run, and load `then`."""
    st.session_state[_STEP] = ("end", "", then)


def is_step_due() -> bool:
    """Say whether the browser has a step to take before anything else is shown."""
    return _STEP in st.session_state


def take_step() -> None:
    """Hand the step to the browser, once."""
    step, ticket, then = st.session_state.pop(_STEP)
    words = "Входим…" if step == "start" else "Выходим…"
    st.html(
        f'<div class="quality-session" data-step="{step}" data-ticket="{html.escape(ticket)}"'
        f' data-next="{html.escape(then)}">{words}</div>'
    )
