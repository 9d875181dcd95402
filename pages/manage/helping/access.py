"""«Кто что видит»: tables of the help, made from the very data by which the program decides."""

from __future__ import annotations

import streamlit as st

from core.people.access_words import HELD_AT, ObjectKind, objects_in_reach
from core.people.actions import Action
from core.people.role_names import Role
from core.people.roles import ACCESS, access_table
from pages.widgets.screens import SCREENS, Screen
from pages.widgets.tables import Column, Table, show_table

YES, NO = "● да", "—"
_ROLES = tuple(Column(role.name, role.value[0].upper() + role.value[1:], width=150) for role in Role)


def role_opens(role: Role, screen: Screen) -> bool:
    """Say whether somebody who holds the role alone can open the screen."""
    return screen.action is None or any(action in ACCESS[role] for action in (screen.action, *screen.also))


def screen_table() -> Table:
    """Return which role opens which screen."""
    rows = [
        {"what": screen.title, **{role.name: YES if role_opens(role, screen) else NO for role in Role}}
        for screen in SCREENS
    ]
    return Table("Кто какую страницу открывает", (Column("what", "Страница", pinned=True, width=210), *_ROLES), rows)


def action_table() -> Table:
    """Return which role may do what, and how far that reaches."""
    rows = [
        {
            "what": row.action.value[0].upper() + row.action.value[1:],
            **{role.name: reach for role, reach in zip(Role, row.reaches, strict=True)},
        }
        for row in access_table()
    ]
    return Table("Кто что может и где", (Column("what", "Действие", pinned=True, width=310), *_ROLES), rows)


def object_table(action: Action) -> Table:
    """Return on which results a role reaches with the action, from the own class to deleted organisations."""
    columns = (
        Column("role", "Роль", pinned=True, width=220),
        Column("held", "Назначена", width=140),
        *(Column(kind.name, kind.value[0].upper() + kind.value[1:], width=190) for kind in ObjectKind),
    )
    rows = [
        {
            "role": role.value[0].upper() + role.value[1:],
            "held": HELD_AT[role].value,
            **{kind.name: YES if kind in objects_in_reach(role, action) else NO for kind in ObjectKind},
        }
        for role in Role
    ]
    title = "Результаты отдельных участников" if action is Action.VIEW_PUPILS else "Результаты классов и школ"
    return Table(title, columns, rows)


def show_access() -> None:
    """Show the tables one below the other, each with its download."""
    tables = (
        ("help_screens", screen_table()),
        ("help_actions", action_table()),
        ("help_results", object_table(Action.VIEW)),
        ("help_pupils", object_table(Action.VIEW_PUPILS)),
    )
    for key, table in tables:
        st.markdown(f"##### {table.title}")
        show_table(key, table)
