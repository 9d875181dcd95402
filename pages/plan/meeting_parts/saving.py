"""Saving a few fields of one row: a refusal or a conflict is said, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.errors import EditConflict
from core.store.edits import EditOutcome
from pages.widgets.acting import act, show_outcome


def outcome_beside(*drawer_keys: str) -> None:
    """Say what became of the last click, unless one of these popovers is open: then it is said inside."""
    if not any(st.session_state.get(name) for name in drawer_keys):
        show_outcome()


def outcome_inside(drawer_key: str) -> None:
    """Say what became of the last click inside a popover, while that is open."""
    if st.session_state.get(drawer_key):
        show_outcome()


def save_cells(work: Callable[[], EditOutcome], drawer_key: str, done: str) -> bool:
    """Save cells, close their popover, say what was refused or taken by somebody else; return whether it was saved."""

    def checked() -> EditOutcome:
        outcome = work()
        if outcome.refused:
            raise outcome.refused[0].error
        if outcome.conflicts:
            one = outcome.conflicts[0]
            raise EditConflict(
                f"Это поле тем временем изменил другой пользователь ({one.who or 'имя неизвестно'}): сейчас там "
                f"«{one.theirs}».",
                "Откройте поле ещё раз и впишите своё, если это нужно.",
            )
        return outcome

    return act(checked, done, forget=(drawer_key,) if drawer_key else ()) is not None
