"""Switching the own second factor on and off, and new recovery codes."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from core.people.my_account import renew_recovery_codes, switch_off_second_factor
from core.people.second_factor import recovery_codes_left
from core.people.signed_in import SignedIn
from core.store.engine import default_engine
from core.store.unit_of_work import reading
from core.words import plural
from pages.widgets.own_account import has_second_factor, show_codes, show_enrolment
from pages.widgets.refusals import show_refusal
from pages.widgets.session_step import exchange_ticket
from pages.widgets.visitor import address, key


def show_factor(person: SignedIn) -> None:
    """Offer what goes with the present state of the factor."""
    if not has_second_factor(person.account_id):
        st.write("Второй фактор защищает вход, даже если пароль узнал кто-то другой.")
        show_enrolment(person)
        return
    with reading(default_engine()) as session:
        left = recovery_codes_left(session, person.account_id)
    st.success(
        f"Второй фактор включён. Осталось: {plural(left, 'запасной код', 'запасных кода', 'запасных кодов')}.",
        icon=":material/verified_user:",
    )
    with st.form("factor_change", clear_on_submit=True):
        code = st.text_input("Код из приложения или запасной код", key="factor_proof", autocomplete="one-time-code")
        with st.container(horizontal=True):
            renew = st.form_submit_button("Выдать новые запасные коды")
            off = st.form_submit_button("Выключить второй фактор")
    try:
        if renew:
            show_codes(renew_recovery_codes(default_engine(), key(), person.account_id, code, address=address()))
        elif off:
            ticket = switch_off_second_factor(default_engine(), key(), person.account_id, code, address=address())
            exchange_ticket(ticket)
            st.rerun()
    except QualityError as refusal:
        show_refusal(refusal)
