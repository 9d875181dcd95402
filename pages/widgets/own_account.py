"""Forms with which people change what proves who they are: password and second factor."""

from __future__ import annotations

import segno
import streamlit as st

from core.errors import InvalidInput, QualityError
from core.people.logins import get_secret
from core.people.my_account import change_password
from core.people.second_factor import Enrolment, SwitchedOn, begin_second_factor, switch_on
from core.people.signed_in import SignedIn
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing
from pages.widgets.refusals import show_refusal
from pages.widgets.session_step import exchange_ticket
from pages.widgets.visitor import address, key

_ENROLMENT, _SWITCHED = "factor_enrolment", "factor_switched_on"


def password_form(person: SignedIn) -> str | None:
    """Show the form of a new password; return the ticket with which the person goes on when it was changed."""
    with st.form("new_password", clear_on_submit=True):
        old = st.text_input("Прежний пароль", type="password", key="password_old")
        new = st.text_input(
            "Новый пароль",
            type="password",
            key="password_new",
            help="Удобно взять несколько слов; подходят любые буквы и знаки, в том числе русские.",
        )
        again = st.text_input("Новый пароль ещё раз", type="password", key="password_again")
        sent = st.form_submit_button("Сменить пароль", type="primary")
    if not sent:
        return None
    try:
        if new != again:
            raise InvalidInput("Новые пароли не совпадают.", "Введите один и тот же пароль дважды.")
        return change_password(
            default_engine(),
            key(),
            person.account_id,
            old,
            new,
            address=address(),
            second_factor=person.has_second_factor,
        )
    except QualityError as refusal:
        show_refusal(refusal)
        return None


def show_enrolment(person: SignedIn) -> None:
    """Switch the second factor on: show the secret as a QR code, then prove the app with a code.

    Switching on ends the session, so the gate takes over and shows the recovery codes (`show_recovery_codes`).
    """
    enrolment = st.session_state.get(_ENROLMENT)
    if not isinstance(enrolment, Enrolment):
        st.write("Понадобится приложение с одноразовыми кодами (TOTP) в телефоне.")
        st.button("Настроить приложение", key="factor_begin", type="primary", on_click=_begin, args=(person,))
        _show_kept_refusal()
        return
    st.write("1. Отсканируйте код приложением или введите ключ вручную.")
    st.html(qr_picture(enrolment.address))
    st.code(enrolment.secret, language=None)
    with st.form("factor_prove", clear_on_submit=True):
        st.text_input("2. Код из приложения", key="factor_code", max_chars=12, autocomplete="one-time-code")
        st.form_submit_button("Включить", type="primary", on_click=_switch_on, args=(person,))
    _show_kept_refusal()


def qr_picture(text: str) -> str:
    """Return a QR code as an <img> with the picture inside: it is drawn here and leaves the server for no other."""
    picture = segno.make(text, error="m").png_data_uri(scale=5, border=3)
    return f'<img src="{picture}" alt="QR-код для приложения" width="245">'


def has_second_factor(account_id: int) -> bool:
    """Say whether the person's second factor is on."""
    with reading(default_engine()) as session:
        return get_secret(session, account_id).totp_enabled


def show_codes(codes: tuple[str, ...]) -> None:
    """Show recovery codes; they are shown once."""
    st.warning(
        "Сохраните запасные коды: каждый заменяет приложение один раз. Больше они показаны не будут.",
        icon=":material/key:",
    )
    st.code("\n".join(codes), language=None)


def are_codes_due() -> bool:
    """Say whether this tab has just switched the second factor on and still has to show the recovery codes."""
    return isinstance(st.session_state.get(_SWITCHED), SwitchedOn)


def show_recovery_codes() -> None:
    """Show the recovery codes of a second factor that was just switched on; who goes on soon stays signed in."""
    switched: SwitchedOn = st.session_state[_SWITCHED]
    st.title("Второй фактор включён", anchor=False)
    show_codes(switched.recovery_codes)
    st.button("Коды сохранены, продолжить", key="factor_done", type="primary", on_click=_go_on)
    st.caption("Если прошло больше полуминуты, программа попросит войти ещё раз — уже с кодом из приложения.")


def _begin(person: SignedIn) -> None:
    try:
        with writing(default_engine(), person.account.display_name, person.account_id) as session:
            st.session_state[_ENROLMENT] = begin_second_factor(session, key(), person.account)
    except QualityError as refusal:
        st.session_state["factor_refusal"] = refusal


def _switch_on(person: SignedIn) -> None:
    code = str(st.session_state.get("factor_code", ""))
    try:
        with writing(default_engine(), person.account.display_name, person.account_id) as session:
            st.session_state[_SWITCHED] = switch_on(session, key(), person.account, code)
    except QualityError as refusal:
        st.session_state["factor_refusal"] = refusal


def _show_kept_refusal() -> None:
    refusal = st.session_state.pop("factor_refusal", None)
    if isinstance(refusal, QualityError):
        show_refusal(refusal)


def _go_on() -> None:
    switched: SwitchedOn = st.session_state.pop(_SWITCHED)
    st.session_state.pop(_ENROLMENT, None)
    exchange_ticket(switched.ticket)
