"""«Проверка безопасности»: accounts, settings of the server and copies that somebody should look at."""

from __future__ import annotations

import streamlit as st

from core.people.backups import list_backups
from core.people.scope import Scope
from core.people.security_review import review_security
from core.store.base import utc_now
from core.words import day as day_in_words
from pages.widgets.session import engine, look
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (Column("message", "На что посмотреть", width="large"), Column("advice", "Что сделать", width="large"))
_SETTINGS = (Column("name", "Настройка"), Column("value", "Действует"), Column("wanted", "Надёжное значение"))
_WANTED: dict[str, object] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "runner.magicEnabled": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.xsrfCookieSameSite": "strict",
}
_OLDEST_COPY_DAYS = 7


def show_security(scope: Scope) -> None:
    """Show what to look at, then the settings of the server that are in force."""
    rows = [{"message": one.message, "advice": one.advice} for one in look(review_security)]
    rows += _of_copies(scope)
    rows += [
        {"message": f"Настройка {name} ослаблена.", "advice": "Верните значение в .streamlit/config.toml."}
        for name, wanted in _WANTED.items()
        if st.get_option(name) != wanted
    ]
    if rows:
        show_table("security", Table("Проверка безопасности", _COLUMNS, rows), lines=2)
    else:
        st.success("Замечаний нет.", icon=":material/verified_user:")
    with st.expander("Действующие настройки сервера"):
        lines = [
            {"name": name, "value": _word(st.get_option(name)), "wanted": _word(wanted)}
            for name, wanted in _WANTED.items()
        ]
        hosts = st.get_option("server.allowedHosts")
        lines.append({"name": "server.address", "value": _word(st.get_option("server.address")), "wanted": "127.0.0.1"})
        lines.append({"name": "server.allowedHosts", "value": ", ".join(hosts or ()), "wanted": "имена этого сервера"})
        show_table("security_settings", Table("Настройки сервера", _SETTINGS, lines), download=False)


def _of_copies(scope: Scope) -> list[dict[str, str]]:
    copies = list_backups(engine(), scope)
    if not copies:
        return [{"message": "Резервных копий нет.", "advice": "Сделайте копию на вкладке «Копии»."}]
    last = copies[0].made_at
    if (utc_now() - last).days < _OLDEST_COPY_DAYS:
        return []
    return [{"message": f"Последняя копия сделана {day_in_words(last.date())}.", "advice": "Сделайте новую копию."}]


def _word(value: object) -> str:
    return {True: "да", False: "нет"}.get(value, str(value)) if isinstance(value, bool) else str(value)
