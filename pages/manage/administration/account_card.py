"""One account: password, second factor, sessions, shutting; its data."""

from __future__ import annotations

from collections.abc import Callable
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
from core.people.scope import Scope
from pages.manage.administration.account_roles import show_roles
from pages.manage.administration.person_data import show_person_data
from pages.manage.administration.teacher_link import show_teacher_link
from pages.widgets.acting import act, drawer, typed
from pages.widgets.session import write
from pages.widgets.texts import plain

Keep = Callable[[GivenPassword | None], None]


def show_card(scope: Scope, row: AccountRow, keep: Keep) -> None:
    """Show what can be done with the account; what the person may not do is refused with a sentence."""
    st.subheader(plain(row.name), anchor=False)
    if not row.is_managed:
        st.info("У этого человека есть роль, которой вы не распоряжаетесь: его запись ведёт вышестоящая организация.")
        return
    show_roles(scope, row)
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
