"""Who is signed in, from where nobody can sign in for now, and of which roles a second factor is required."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.attempts import forgive_address, throttled_addresses
from core.people.open_sessions import OpenSession, end_open_session, open_sessions
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.second_factor import require_second_factor, roles_with_second_factor
from core.store.base import utc_now
from pages.widgets.acting import act
from pages.widgets.organisations import row_id
from pages.widgets.session import look, write
from pages.widgets.session_table import browser_name
from pages.widgets.tables import Column, Table, show_table

_SESSIONS = (
    Column("name", "Человек"),
    Column("browser", "Браузер"),
    Column("address", "Адрес"),
    Column("begun", "Начат", "moment"),
    Column("seen", "Последнее действие", "moment"),
)
_ADDRESSES = (
    Column("address", "Адрес"),
    Column("failures", "Неудачных попыток за сутки", "integer"),
    Column("until", "Задержка до", "moment"),
)


def show_entries(_scope: Scope) -> None:
    """Show the three lists one below the other."""
    st.subheader("Открытые сеансы", anchor=False)
    rows: list[OpenSession] = look(open_sessions)
    lines = [
        {
            "id": row.id,
            "name": row.name,
            "browser": browser_name(row.user_agent),
            "address": row.address,
            "begun": row.created_at,
            "seen": row.last_seen_at,
        }
        for row in rows
    ]
    chosen = show_table("entries_sessions", Table("Открытые сеансы", _SESSIONS, lines), choose=True, download=False)
    st.button(
        "Завершить выбранный сеанс",
        key="entries_end",
        disabled=chosen is None,
        on_click=act,
        args=(partial(write, end_open_session, row_id(chosen)), "Сеанс завершён."),
    )
    st.subheader("Адреса, с которых вход приостановлен", anchor=False)
    blocked = look(throttled_addresses, utc_now())
    if blocked:
        lines = [{"address": one.address, "failures": one.failures, "until": one.until} for one in blocked]
        picked = show_table("entries_addresses", Table("Адреса", _ADDRESSES, lines), choose=True, download=False)
        st.button(
            "Снять задержку с адреса",
            key="entries_forgive",
            disabled=picked is None,
            on_click=act,
            args=(partial(_forgive, str(picked["address"]) if picked else ""), "Задержка снята."),
        )
    else:
        st.caption("Таких адресов нет. Задержка после неудачных попыток снимается сама.")
    st.subheader("Второй фактор обязателен", anchor=False)
    required = look(_required)
    for role in Role:
        st.checkbox(
            role.value[0].upper() + role.value[1:],
            value=role in required,
            key=f"factor_{role.name}",
            on_change=_require,
            args=(role,),
        )


def _forgive(address: str) -> int:
    return write(forgive_address, address, utc_now())


def _required(session: object, _scope: Scope) -> frozenset[Role]:
    return roles_with_second_factor(session)  # type: ignore[arg-type]


def _require(role: Role) -> None:
    wanted = bool(st.session_state[f"factor_{role.name}"])
    words = "обязателен" if wanted else "не обязателен"
    act(partial(write, require_second_factor, role, wanted), f"Для роли «{role}» второй фактор теперь {words}.")
