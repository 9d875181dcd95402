"""The screen behind the one-time link: the first administrator, and with what the system begins."""

from __future__ import annotations

import streamlit as st

from core.demo.filling import fill_demo
from core.errors import InvalidInput, QualityError
from core.people.first_start import is_setup_link_valid, redeem_setup_link
from core.people.role_names import Role
from core.people.roles import SIGN_IN
from core.people.scope import Scope
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing
from pages.widgets.chrome import show_product
from pages.widgets.refusals import show_refusal
from pages.widgets.session_step import exchange_ticket, is_step_due, take_step
from pages.widgets.visitor import key

SETUP = "setup"
_ACTOR = "Первый запуск"
_DEMO = "с учебным муниципалитетом: восемь вымышленных школ, три года работ и управленческие циклы"
_EMPTY = "с пустой системой"
_REFUSAL = "setup_refusal"


def show_set_up() -> None:
    """Create the first administrator; the link works once."""
    if is_step_due():
        take_step()
        return
    with st.columns([1, 1.4, 1])[1]:
        show_product()
        st.title("Первый запуск", anchor=False)
        with reading(default_engine()) as session:
            is_valid = is_setup_link_valid(session, key(), _secret())
        refusal = st.session_state.pop(_REFUSAL, None)
        if isinstance(refusal, QualityError):
            show_refusal(refusal)
        if not is_valid:
            st.warning(
                "Эта ссылка уже использована или устарела. Если администратора ещё нет, перезапустите программу: "
                "она напечатает новую ссылку.",
                icon=":material/link_off:",
            )
            return
        fewest = SIGN_IN[Role.ADMINISTRATOR].password_length
        with st.form("setup"):
            st.text_input("Логин", value="admin", key="setup_login", max_chars=64)
            st.text_input("Фамилия и инициалы", key="setup_name", max_chars=120)
            st.text_input(
                f"Пароль, не короче {fewest} знаков",
                type="password",
                key="setup_password",
                help="Удобно взять несколько слов. Подходят любые буквы и знаки, в том числе русские.",
            )
            st.text_input("Пароль ещё раз", type="password", key="setup_again")
            st.radio("Начать", [_DEMO, _EMPTY], key="setup_begin")
            st.form_submit_button("Создать администратора", type="primary", on_click=_create)


def _create() -> None:
    """Create everything in one transaction: nothing is left of an attempt that failed."""
    given = {name: str(st.session_state.get(f"setup_{name}", "")) for name in ("login", "name", "password", "again")}
    try:
        if given["password"] != given["again"]:
            raise InvalidInput("Пароли не совпадают.", "Введите один и тот же пароль дважды.")
        with writing(default_engine(), _ACTOR) as session:
            ticket = redeem_setup_link(
                session,
                key(),
                _secret(),
                login=given["login"],
                display_name=given["name"],
                password=given["password"],
            )
            if st.session_state.get("setup_begin") == _DEMO:
                fill_demo(session, Scope.local_administrator())
    except QualityError as refusal:
        st.session_state[_REFUSAL] = refusal
        return
    exchange_ticket(ticket, then="/")


def _secret() -> str:
    return str(st.query_params.get("key", ""))
