"""The roles of an account: given and taken."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.people.account_list import AccountRow
from core.people.associations import list_associations
from core.people.managing import roles_to_give
from core.people.role_grants import grant_role, revoke_role
from core.people.role_names import Role
from core.people.role_words import RoleInWords, roles_of
from core.people.scope import Action, Scope
from pages.widgets.acting import act, drawer, typed
from pages.widgets.organisations import is_everywhere, organisations_for, row_id
from pages.widgets.session import look, write
from pages.widgets.tables import Column, Table, show_table

_ROLE_COLUMNS = (
    Column("role", "Роль"),
    Column("place", "Где", width="large"),
    Column("subjects", "Предметы"),
    Column("since", "С", "date"),
    Column("until", "До", "date"),
)


def show_roles(scope: Scope, row: AccountRow) -> None:
    """Show the roles with the form of a new one."""
    roles = look(roles_of, row.id)
    chosen = show_table(
        "card_roles", Table("Роли", _ROLE_COLUMNS, [_role_line(held) for held in roles]), choose=True, download=False
    )
    with st.container(horizontal=True):
        with drawer("role_drawer", "Назначить роль", ":material/add_moderator:"):
            _grant(scope, row)
        st.button(
            "Снять выбранную роль",
            key="card_revoke",
            icon=":material/remove_moderator:",
            disabled=chosen is None,
            on_click=_revoke,
            args=(row_id(chosen),),
        )


def _role_line(held: RoleInWords) -> dict[str, object]:
    return {
        "id": held.id,
        "role": held.role.value,
        "place": held.place,
        "subjects": ", ".join(held.subjects) or "все",
        "since": held.since,
        "until": held.until,
    }


def _grant(scope: Scope, row: AccountRow) -> None:
    roles = [one for one in Role if one in look(roles_to_give)]
    role = st.selectbox("Роль", roles, index=roles.index(Role.TEACHER), key="role_name", format_func=str)
    if role is Role.ASSOCIATION_HEAD:
        found = {one.id or 0: f"{one.kind} {one.name}" for one in look(list_associations)}
        st.selectbox("Объединение", list(found), format_func=lambda one: found[one], key="role_association")
    else:
        units = {unit.id or 0: unit.name for unit in organisations_for(scope, Action.MANAGE_ACCOUNTS)}
        options = list(units)
        if role is Role.ADMINISTRATOR and is_everywhere(scope, Action.MANAGE_ACCOUNTS):
            options.append(0)
        own = options.index(row.organisation_id) if row.organisation_id in options else 0
        st.selectbox(
            "Организация",
            options,
            index=own if options else None,
            format_func=lambda unit: units.get(unit, "вся система"),
            key="role_place",
        )
    st.text_input("Только предметы (через запятую; пусто — все)", key="role_subjects")
    st.date_input(
        "Действует до",
        value=None,
        key="role_until",
        format="DD.MM.YYYY",
        help="В этот день роли уже нет. Пусто — без срока.",
    )
    st.button("Назначить", key="role_give", type="primary", on_click=_on_grant, args=(row.id, role))


def _on_grant(account_id: int, role: Role) -> None:
    is_head = role is Role.ASSOCIATION_HEAD
    until = st.session_state.get("role_until")
    work = partial(
        write,
        grant_role,
        account_id,
        role,
        organisation_id=None if is_head else st.session_state.get("role_place") or None,
        association_id=st.session_state.get("role_association") if is_head else None,
        subjects=tuple(part.strip() for part in typed("role_subjects").split(",") if part.strip()),
        valid_to=until if isinstance(until, date) else None,
    )
    act(
        work,
        f"Роль «{role}» назначена. Человеку нужно войти заново.",
        forget=("role_subjects", "role_until", "role_drawer"),
    )


def _revoke(grant_id: int) -> None:
    act(partial(write, revoke_role, grant_id), "Роль снята. Вернуть её можно в журнале изменений.")
