"""Buttons that change something: the use case runs in the click's callback, its outcome is shown by the next run.

st.button("Отключить", on_click=act, args=(partial(write, disable_account, account_id, reason), "Отключено."))
show_outcome()                                       # once, at the top of the screen
with drawer("card_shut", "Отключить", ":material/block:"):
    …                                                # a refusal of a click in here is said in here, below the fields
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.errors import QualityError
from pages.widgets.refusals import show_refusal
from pages.widgets.texts import plain

_Result = TypeVar("_Result")
_OUTCOME = "acting_outcome"
_COUNT = "acting_count"
_DRAWERS = "acting_drawers"


@dataclass(frozen=True, slots=True)
class _Inside:
    """A refusal of a click inside an open drawer, which says it; `is_missed` when a whole run went by without it."""

    refusal: QualityError
    drawer: str
    is_missed: bool = False


class Drawer:
    """A popover for a form; what is refused in it is said at its end, beside the button that was pressed."""

    def __init__(self, key: str, place: DeltaGenerator) -> None:
        """Take the popover and its key."""
        self._key, self._place = key, place

    def __enter__(self) -> None:
        """Draw into the popover."""
        self._place.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say what was refused, and draw outside again."""
        outcome = st.session_state.get(_OUTCOME)
        if error is None and isinstance(outcome, _Inside) and outcome.drawer == self._key:
            del st.session_state[_OUTCOME]
            # A form that is taller than its popover is scrolled: the refusal stays in sight (assets/screen.css).
            with st.container(key="drawer_refusal"):
                show_refusal(outcome.refusal)
        self._place.__exit__(kind, error, trace)


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
        refuse(refusal)
        return None
    st.session_state[_OUTCOME] = done if isinstance(done, str) else done(result)
    for name in forget:
        kept = st.session_state.get(name)
        st.session_state[name] = "" if isinstance(kept, str) else False if isinstance(kept, bool) else None
    return result


def drawer(key: str, label: str, icon: str) -> Drawer:
    """Return a popover for a form; naming its key in `forget` closes it when the work was done."""
    st.session_state.setdefault(_DRAWERS, set()).add(key)
    return Drawer(key, st.popover(label, key=key, icon=icon, on_change="rerun"))


def refuse(refusal: QualityError) -> None:
    """Note a refusal: of the work, or one that arose before it began. The drawer that is open says it."""
    state = st.session_state
    is_open = next((key for key in sorted(state.get(_DRAWERS, ())) if state.get(key) is True), None)
    state[_OUTCOME] = refusal if is_open is None else _Inside(refusal, is_open)


def show_outcome() -> None:
    """Say once what became of the last click, unless that is said in its drawer."""
    outcome = st.session_state.get(_OUTCOME)
    if isinstance(outcome, _Inside) and not outcome.is_missed:
        return
    st.session_state.pop(_OUTCOME, None)
    if isinstance(outcome, _Inside):
        outcome = outcome.refusal
    if not outcome:
        return
    # Each has a name of its own: where the screen is scrolled elsewhere, assets/outcome.js moves it to a new one.
    number = int(st.session_state.get(_COUNT) or 0) + 1
    st.session_state[_COUNT] = number
    with st.container(key=f"acting_outcome_{number}"):
        if isinstance(outcome, QualityError):
            show_refusal(outcome)
        else:
            st.success(plain(str(outcome)), icon=":material/check:")


def say_missed() -> None:
    """At the end of a run: run once more when the drawer that had to say a refusal is gone, to say it at the top."""
    outcome = st.session_state.get(_OUTCOME)
    if isinstance(outcome, _Inside) and not outcome.is_missed:
        st.session_state[_OUTCOME] = replace(outcome, is_missed=True)
        st.rerun()


def typed(name: str) -> str:
    """Return what stands in a text field, "" when nothing does."""
    return str(st.session_state.get(name) or "").strip()
