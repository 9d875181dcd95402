"""Buttons that change something: the use case runs in the click's callback, its outcome is shown by the next run.

st.button("Отключить", on_click=act, args=(partial(write, disable_account, account_id, reason), "Отключено."))
show_outcome()                                       # once, at the top of the screen
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import QualityError
from pages.widgets.refusals import show_refusal
from pages.widgets.texts import plain

_Result = TypeVar("_Result")
_OUTCOME = "acting_outcome"


def act(
    work: Callable[[], _Result], done: str | Callable[[_Result], str], forget: tuple[str, ...] = ()
) -> _Result | None:
    """Do the work, and note what to say of it: `done`, or the refusal. To be called in a callback.

    `forget` are keys of fields that are emptied, and of popovers that are closed, when the work was done; after a
    refusal they keep what was typed.
    """
    try:
        result = work()
    except QualityError as refusal:
        st.session_state[_OUTCOME] = refusal
        return None
    st.session_state[_OUTCOME] = done if isinstance(done, str) else done(result)
    for name in forget:
        kept = st.session_state.get(name)
        st.session_state[name] = "" if isinstance(kept, str) else False if isinstance(kept, bool) else None
    return result


def drawer(key: str, label: str, icon: str) -> DeltaGenerator:
    """Return a popover for a form; naming its key in `forget` closes it when the work was done."""
    return st.popover(label, key=key, icon=icon, on_change="rerun")


def refuse(refusal: QualityError) -> None:
    """Note a refusal that arose before the work began."""
    st.session_state[_OUTCOME] = refusal


def show_outcome() -> None:
    """Say once what became of the last click."""
    outcome = st.session_state.pop(_OUTCOME, None)
    if isinstance(outcome, QualityError):
        show_refusal(outcome)
    elif outcome:
        st.success(plain(str(outcome)), icon=":material/check:")


def typed(name: str) -> str:
    """Return what stands in a text field, "" when nothing does."""
    return str(st.session_state.get(name) or "").strip()
