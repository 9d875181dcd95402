"""Who I am here and what I may do."""

from __future__ import annotations

import streamlit as st

from core.people.personal_data import export_person
from core.people.role_words import RoleInWords, my_roles
from core.people.signed_in import SignedIn
from pages.widgets.downloads import download
from pages.widgets.session import look, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("role", "Роль"),
    Column("place", "Где"),
    Column("subjects", "Предметы"),
    Column("since", "С", "date"),
    Column("until", "До", "date"),
)


def show_profile(person: SignedIn) -> None:
    """Show name, login and roles; they are changed by an administrator."""
    account = person.account
    st.markdown(f"**{plain(account.display_name)}**, логин {plain(account.login)}")
    roles = look(my_roles)
    if roles:
        _show_roles(roles)
    else:
        st.info("Ролей у вас пока нет, поэтому данные не показываются. Роль назначает администратор.")
    st.caption("Вы вправе знать, что о вас хранится. Выгрузка записывается в журнал.")
    download(
        "account_export",
        "Всё, что хранится обо мне",
        "Данные обо мне",
        "xlsx",
        lambda: write(export_person, account_id=person.account_id).as_workbook(),
    )


def _show_roles(roles: list[RoleInWords]) -> None:
    rows = [
        {
            "role": held.role,
            "place": held.place,
            "subjects": ", ".join(held.subjects) or "все",
            "since": held.since,
            "until": held.until,
        }
        for held in roles
    ]
    show_table("account_roles", Table("Мои роли", _COLUMNS, rows), download=False)
