"""What stands before every screen: signing in, and what a person must do first. The shell asks here in every run."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.errors import QualityError
from core.people.first_start import has_accounts
from core.people.sign_in import Accepted, Answer, CodeNeeded, Refused, confirm_code, sign_in
from core.people.sign_in_mode import is_sign_in_off
from core.people.signed_in import SignedIn
from core.store.engine import default_engine
from core.store.unit_of_work import reading
from pages.widgets.chrome import show_product
from pages.widgets.first_start import SETUP, show_set_up
from pages.widgets.own_account import are_codes_due, password_form, show_enrolment, show_recovery_codes
from pages.widgets.provider import provider_answer, provider_button
from pages.widgets.refusals import show_refusal
from pages.widgets.session_step import drop_cookie, exchange_ticket, is_step_due, take_step
from pages.widgets.sign_in_form import SignInForm
from pages.widgets.texts import plain
from pages.widgets.visitor import address, admit, key

_NOTE, _PENDING = "gate_note", "gate_pending"
Gate = Callable[[], None]


def gate() -> Gate | None:
    """Return what must be shown instead of every screen, None when the person may go on."""
    if is_sign_in_off():
        return None
    if is_step_due():
        return take_step
    if are_codes_due():
        return show_recovery_codes
    person = admit()
    if person is None:
        return _show_sign_in
    if person.must_change_password:
        return partial(_show_first_password, person)
    if person.must_set_up_second_factor:
        return partial(_show_first_factor, person)
    return None


def gate_pages() -> list[st.Page]:
    """Return the pages that exist besides the screens while nobody is signed in."""
    return [st.Page(show_set_up, title="Первый запуск", url_path=SETUP)]


def _show_sign_in() -> None:
    with st.columns([1, 1.4, 1])[1]:
        show_product()
        note = st.session_state.pop(_NOTE, None)
        if note:
            st.warning(plain(str(note)), icon=":material/info:")
        with reading(default_engine()) as session:
            is_first = not has_accounts(session)
        if is_first:
            st.title("Первый запуск", anchor=False)
            st.info(
                "Откройте одноразовую ссылку, которую программа напечатала при запуске: за ней создаётся первый "
                "администратор. Если ссылки нет под рукой, перезапустите программу.",
                icon=":material/link:",
            )
        elif _PENDING in st.session_state:
            _show_code()
        else:
            _show_password()
    if is_step_due():
        take_step()


def _show_password() -> None:
    st.title("Вход в систему", anchor=False)
    answers: list[Answer] = []

    def check(login: str, password: str) -> bool:
        answers.append(sign_in(default_engine(), key(), login, password, address=address()))
        return isinstance(answers[-1], Accepted)

    try:
        SignInForm(check).show()
        answer = answers[0] if answers else provider_answer(address())
    except QualityError as refusal:
        show_refusal(refusal)
        return
    if answer is not None:
        _go_on(answer)
    provider_button()
    st.caption("Забыли пароль? Новый выдаёт администратор вашей организации.")


def _show_code() -> None:
    st.title("Второй шаг входа", anchor=False)
    with st.form("second_step"):
        code = st.text_input("Код из приложения или запасной код", key="gate_code", autocomplete="one-time-code")
        sent = st.form_submit_button("Подтвердить", type="primary")
    if st.button("Войти под другим именем", key="gate_other"):
        del st.session_state[_PENDING]
        st.rerun()
    if sent:
        try:
            _go_on(confirm_code(default_engine(), key(), st.session_state[_PENDING], code, address=address()))
        except QualityError as refusal:
            show_refusal(refusal)


def _go_on(answer: Answer) -> None:
    match answer:
        case Refused(message):
            st.error(plain(message), icon=":material/block:")
        case CodeNeeded(pending):
            st.session_state[_PENDING] = pending
            st.rerun()
        case Accepted(ticket, _account_id):
            st.session_state.pop(_PENDING, None)
            exchange_ticket(ticket)


def _show_first_password(person: SignedIn) -> None:
    with st.columns([1, 1.4, 1])[1]:
        show_product()
        st.title("Придумайте свой пароль", anchor=False)
        st.write("Выданный пароль действует только для первого входа.")
        ticket = password_form(person)
        _leave_button()
    if ticket is not None:
        exchange_ticket(ticket)
        take_step()


def _show_first_factor(person: SignedIn) -> None:
    with st.columns([1, 1.4, 1])[1]:
        show_product()
        st.title("Включите второй фактор", anchor=False)
        st.write("Ваша роль требует второго фактора: без него данные не открываются.")
        show_enrolment(person)
        _leave_button()
    if is_step_due():
        take_step()


def _leave_button() -> None:
    st.button("Выйти", key="gate_leave", on_click=drop_cookie)
