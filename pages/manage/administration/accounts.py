"""People who can sign in: the list, new accounts, and the card of one person."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.account_list import AccountRow, account_rows
from core.people.accounts import GivenPassword, create_account
from core.people.scope import Action, Scope
from core.people.teachers import list_teachers
from core.words import day as day_in_words
from pages.manage.administration.account_card import show_card
from pages.widgets.acting import act, drawer, typed
from pages.widgets.organisations import is_everywhere, organisations_for
from pages.widgets.session import look, time_zone, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_GIVEN = "admin_given_password"
_COLUMNS = (
    Column("name", "Имя"),
    Column("login", "Логин"),
    Column("place", "Организация"),
    Column("roles", "Роли", width="large"),
    Column("state", "Состояние"),
    Column("seen", "Последний вход", "moment"),
)


def show_accounts(scope: Scope) -> None:
    """List the accounts that the person manages; a click opens the card of one."""
    show_given_password()
    rows = look(account_rows)
    with drawer("person_create", "Новая учётная запись", ":material/person_add:"):
        _create(scope)
    if not rows:
        st.info("Учётных записей пока нет.", icon=":material/group:")
        return
    asked = st.text_input("Найти человека", key="admin_find", placeholder="Имя, логин или роль").strip().casefold()
    lines = [_line(row) for row in rows if asked in f"{row.name} {row.login} {' '.join(row.roles)}".casefold()]
    chosen = show_table("admin_accounts", Table("Учётные записи", _COLUMNS, lines), choose=True)
    if chosen is None:
        st.caption("Щёлкните по строке, чтобы изменить роли, выдать пароль или отключить.")
        return
    show_card(scope, next(row for row in rows if row.id == chosen["id"]), keep_given)


def keep_given(given: GivenPassword | None) -> None:
    """Keep a given password until it was shown once."""
    if given is not None:
        st.session_state[_GIVEN] = given


def show_given_password() -> None:
    """Show a password that was just given; it is not shown again."""
    given = st.session_state.get(_GIVEN)
    if not isinstance(given, GivenPassword):
        return
    until = given.expires_at.astimezone(time_zone())
    with st.container(border=True):
        st.write(
            f"Пароль для **{plain(given.login)}** действует до {day_in_words(until.date())}, {until:%H:%M}; при первом "
            "входе его придётся сменить. Передайте его лично: второй раз он показан не будет."
        )
        st.code(given.password, language=None)
        st.button("Записано, убрать", key="admin_given_seen", on_click=st.session_state.pop, args=(_GIVEN, None))


def _line(row: AccountRow) -> dict[str, object]:
    return {
        "id": row.id,
        "name": row.name,
        "login": row.login,
        "place": row.organisation or "вся система",
        "roles": ", ".join(row.roles) or "нет ролей",
        "state": "✖ отключена" if row.is_disabled else "ждёт первого входа" if row.waits_for_change else "● работает",
        "seen": row.last_used_at,
    }


def _create(scope: Scope) -> None:
    units = {unit.id or 0: unit for unit in organisations_for(scope, Action.MANAGE_ACCOUNTS)}
    top = [0] if is_everywhere(scope, Action.MANAGE_ACCOUNTS) else []
    place = st.selectbox(
        "Организация",
        [*units, *top],
        format_func=lambda unit: units[unit].name if unit else "вся система",
        key="person_place",
    )
    teachers = {card.id: card for card in look(list_teachers, place)} if place else {}
    st.selectbox(
        "Педагог (если это педагог)",
        [0, *teachers],
        format_func=lambda one: teachers[one].name if one else "не педагог",
        key="person_teacher",
        help="Связь с педагогом открывает учителю его классы, наставнику — его данные.",
    )
    with st.form("admin_new_person", border=False):
        st.text_input("Фамилия и инициалы", key="person_name", max_chars=120)
        st.text_input("Логин", key="person_login", max_chars=64)
        st.text_input("Электронная почта (для входа через единую учётную запись)", key="person_email", max_chars=254)
        st.form_submit_button("Создать и выдать пароль", type="primary", on_click=_on_create)


def _on_create() -> None:
    teacher = st.session_state.get("person_teacher") or None
    work = partial(
        write,
        create_account,
        login=typed("person_login"),
        display_name=typed("person_name"),
        organisation_id=st.session_state["person_place"] or None,
        teacher_id=teacher,
        email=typed("person_email"),
    )
    fields = ("person_login", "person_name", "person_email", "person_create")
    keep_given(act(work, "Учётная запись создана. Теперь назначьте роль.", forget=fields))
