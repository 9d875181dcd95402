"""«Мой профиль» as tabs; each is about the person who is signed in and nobody else."""

from __future__ import annotations

import streamlit as st

from core.people.sign_in_mode import is_sign_in_off
from pages.manage.own.factor import show_factor
from pages.manage.own.own_sessions import show_sessions
from pages.manage.own.profile import show_profile
from pages.widgets.acting import show_outcome
from pages.widgets.own_account import password_form
from pages.widgets.session_step import exchange_ticket
from pages.widgets.visitor import signed_in


def show_account() -> None:
    """Show the tabs; where nobody signs in, say how accounts come about."""
    person = None if is_sign_in_off() else signed_in()
    if person is None:
        st.info(
            "Программа запущена без входа: за компьютером работает один человек, учётной записи у него нет. Чтобы "
            "работать вместе, создайте учётные записи на странице «Администрирование» и запустите программу без "
            "QUALITY_SIGN_IN=off.",
            icon=":material/person:",
        )
        return
    show_outcome()
    about, password, factor, sessions = st.tabs(["Обо мне", "Пароль", "Второй фактор", "Мои сеансы"], key="account_tab")
    with about:
        show_profile(person)
    with password:
        st.write("После смены пароля все ваши сеансы на других устройствах завершатся.")
        ticket = password_form(person)
    with factor:
        show_factor(person)
    with sessions:
        show_sessions(person)
    if ticket is not None:
        exchange_ticket(ticket)
        st.rerun()
