"""For whom a new plan is made, and the words about rows of others."""

from __future__ import annotations

import streamlit as st
from sqlmodel import Session

from core.people.ownership import owner_choices
from core.people.scope import Action, Scope
from pages.widgets.grid_diff import GridColumn
from pages.widgets.session import read

OWNER_COLUMN = GridColumn(
    "owner", "Чей", editable=False, width=150,
    help="Общий — для всех; муниципалитета — для него и его школ; школы — только для неё. Ближайший важнее",
)


def ask_owner(key: str) -> int | None:
    """Ask whose the new plan is where there is a choice; None leaves it to the program (the widest possible)."""
    choices = read(_choices)
    if len(choices) < 2:
        return None
    return st.selectbox("Чей план", list(choices), format_func=choices.__getitem__, key=f"{key}_owner", width=320)


def _choices(session: Session, scope: Scope) -> dict[int | None, str]:
    return owner_choices(session, scope, Action.EDIT_BLUEPRINTS)
