"""«Паспорта»: the indicators of the catalogue and one's own, with their versions; own ones are made and changed."""

from __future__ import annotations

import streamlit as st

from core.monitoring.own_passports import PassportView, passport_history, passport_views
from core.people.academic_year import year_name
from pages.monitor.indicator_parts.address import SCREEN
from pages.monitor.indicator_parts.passport_form import show_changing, show_making
from pages.monitor.indicator_parts.passport_text import show_text
from pages.widgets.history import show_history
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_WHOSE = ("Все", "Собственные", "Каталог")


def show_passports(organisation_id: int, year: int, *, may_lead: bool) -> None:
    """Show the list of versions; the chosen one below, with what may be done with it."""
    found: tuple[PassportView, ...] = read(passport_views, organisation_id)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        whose = st.segmented_control("Чьи", _WHOSE, default="Все", key=f"{SCREEN}_whose", required=True)
    with right:
        asked = st.text_input("Найти", key=f"{SCREEN}_find", placeholder="Код или слово из названия").strip().casefold()
    shown = [
        one for one in found
        if asked in f"{one.passport.code} {one.passport.name}".casefold()
        and (whose == "Все" or (one.passport.organisation_id is None) == (whose == "Каталог"))
    ]
    if may_lead:
        show_making(organisation_id, year, found)
    if not shown:
        st.info("Таких показателей нет.", icon=":material/badge:")
        return
    chosen = show_table(f"{SCREEN}_passports", Table("Паспорта показателей", (
        Column("code", "Код", width=70, pinned=True), Column("name", "Показатель", width=430),
        Column("kind", "Вид", width=140), Column("level", "Уровень", width=170),
        Column("years", "Действует", width=190), Column("owner", "Чей", width=220),
    ), [
        {"id": one.passport.id, "code": one.passport.code, "name": one.passport.name,
         "kind": one.passport.kind.value, "level": one.passport.level.value, "years": _years(one),
         "owner": one.owner}
        for one in shown
    ]), choose=True, height=360)
    by_id = {one.passport.id: one for one in shown}
    one = by_id.get(int(str(chosen["id"]))) if chosen is not None else None
    if one is None:
        st.caption("Нажмите на строку, чтобы прочитать паспорт, изменить его или скопировать.")
        return
    with st.container(border=True):
        st.markdown(plain(f"{one.passport.code}. {one.passport.name}"))
        show_text(one.passport)
        if may_lead:
            show_changing(year, one)
        with st.expander("Кто и что менял", icon=":material/history:"):
            history = read(passport_history, organisation_id, one.passport.id)
            show_history(f"{SCREEN}_passport_{one.passport.id}", history)


def _years(one: PassportView) -> str:
    until = one.passport.valid_to
    if until == one.passport.valid_from:
        return f"только {year_name(until)}"
    since = f"с {year_name(one.passport.valid_from)}"
    return since if until is None else f"{since} по {year_name(until)}"
