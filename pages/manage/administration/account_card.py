"""One account: its roles, given and taken; password, second factor, sessions, shutting; its data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from core.people.account_list import AccountRow
from core.people.accounts import (
    GivenPassword,
    disable_account,
    enable_account,
    end_sessions_of,
    lift_delay,
    rename_account,
    reset_password,
    reset_second_factor,
)
from core.people.associations import list_associations
from core.people.managing import roles_to_give
from core.people.role_grants import grant_role, revoke_role
from core.people.role_names import Role
from core.people.role_words import RoleInWords, roles_of
from core.people.scope import Action, Scope
from pages.manage.administration.person_data import show_person_data
from pages.manage.administration.teacher_link import show_teacher_link
from pages.widgets.acting import act, drawer, typed
from pages.widgets.organisations import is_everywhere, organisations_for, row_id
from pages.widgets.session import look, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_ROLE_COLUMNS = (
    Column("role", "Роль"),
    Column("place", "Где", width="large"),
    Column("subjects", "Предметы"),
    Column("since", "С", "date"),
    Column("until", "До", "date"),
)
Keep = Callable[[GivenPassword | None], None]


def show_card(scope: Scope, row: AccountRow, keep: Keep) -> None:
    """Show what can be done with the account; what the person may not do is refused with a sentence."""
    st.subheader(plain(row.name), anchor=False)
    if not row.is_managed:
        st.info("У этого человека есть роль, которой вы не распоряжаетесь: его запись ведёт вышестоящая организация.")
        return
    _show_roles(scope, row)
    with st.container(horizontal=True):
        st.button(
            "Выдать новый пароль",
            key="card_reset",
            icon=":material/key:",
            on_click=lambda: keep(act(partial(write, reset_password, row.id), "Новый пароль выдан.")),
        )
        st.button(
            "Завершить все сеансы",
            key="card_sessions",
            icon=":material/logout:",
            on_click=act,
            args=(partial(write, end_sessions_of, row.id), lambda ended: f"Завершено сеансов: {ended}."),
        )
        st.button(
            "Снять задержку входа",
            key="card_delay",
            icon=":material/timer_off:",
            on_click=act,
            args=(partial(write, lift_delay, row.id), "Войти можно сразу."),
        )
        if row.is_disabled:
            st.button(
                "Включить",
                key="card_enable",
                icon=":material/lock_open:",
                on_click=act,
                args=(partial(write, enable_account, row.id), "Учётная запись включена."),
            )
        else:
            with drawer("card_shut", "Отключить", ":material/block:"):
                st.text_input("Причина", key="card_reason", max_chars=300)
                st.button("Отключить сейчас", key="card_disable", type="primary", on_click=_disable, args=(row.id,))
        if row.has_second_factor:
            with drawer("card_unfactor", "Снять второй фактор", ":material/phonelink_off:"):
                st.text_input("Причина, например утерян телефон", key="card_factor_reason", max_chars=300)
                st.button("Снять", key="card_factor", on_click=_drop_factor, args=(row.id,))
        with drawer("card_edit", "Изменить имя и логин", ":material/edit:"):
            _rename(row)
        with drawer("card_teacher", "Связь с педагогом", ":material/link:"):
            show_teacher_link(row)
    if row.teacher_id is None:
        show_person_data(scope, account_id=row.id)


def _show_roles(scope: Scope, row: AccountRow) -> None:
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


def _disable(account_id: int) -> None:
    act(
        partial(write, disable_account, account_id, typed("card_reason")),
        "Отключена.",
        forget=("card_reason", "card_shut"),
    )


def _drop_factor(account_id: int) -> None:
    work = partial(write, reset_second_factor, account_id, typed("card_factor_reason"))
    act(work, "Второй фактор снят.", forget=("card_factor_reason", "card_unfactor"))


def _rename(row: AccountRow) -> None:
    names = (f"card_name_{row.id}", f"card_login_{row.id}", f"card_email_{row.id}")
    st.text_input("Фамилия и инициалы", row.name, key=names[0], max_chars=120)
    st.text_input("Логин", row.login, key=names[1], max_chars=64)
    st.text_input("Электронная почта", row.email or "", key=names[2], max_chars=254)
    st.button("Сохранить", key="card_rename", type="primary", on_click=_on_rename, args=(row.id, *names))


def _on_rename(account_id: int, name: str, login: str, email: str) -> None:
    work = partial(write, rename_account, account_id, login=typed(login), display_name=typed(name), email=typed(email))
    act(work, "Сохранено.", forget=("card_edit",))
