"""The person's own sessions, each of which can be ended."""

from __future__ import annotations

import streamlit as st

from core.people.sessions import SessionRow, end_session, list_sessions, sign_out_everywhere
from core.people.signed_in import SignedIn
from core.store.engine import default_engine
from core.store.unit_of_work import reading, writing
from pages.widgets.acting import act
from pages.widgets.session_step import drop_cookie
from pages.widgets.session_table import browser_name, sessions_table
from pages.widgets.tables import show_table


def show_sessions(person: SignedIn) -> None:
    """List the live sessions; end one that was chosen, or all of them."""
    with reading(default_engine()) as session:
        rows = list_sessions(session, person.account_id, person.session_id)
    st.write("Если какой-то сеанс не ваш, завершите его и смените пароль.")
    chosen = show_table("account_sessions", sessions_table(rows), choose=True, download=False)
    picked = next((row for row in rows if chosen is not None and row.id == chosen["id"]), None)
    with st.container(horizontal=True):
        st.button(
            f"Завершить: {browser_name(picked.user_agent)}" if picked else "Завершить выбранный",
            key="account_end",
            disabled=picked is None or picked.is_current,
            on_click=_end,
            args=(person, picked),
        )
        st.button("Выйти на всех устройствах", key="account_end_all", on_click=_end_all, args=(person,))


def _end(person: SignedIn, row: SessionRow) -> None:
    def work() -> None:
        with writing(default_engine(), person.account.display_name, person.account_id) as session:
            end_session(session, person.account_id, row.id)

    act(work, "Сеанс завершён.")


def _end_all(person: SignedIn) -> None:
    with writing(default_engine(), person.account.display_name, person.account_id) as session:
        sign_out_everywhere(session, person.account_id)
    st.session_state.clear()
    drop_cookie()
