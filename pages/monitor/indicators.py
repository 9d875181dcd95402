"""Показатели: the scorecard of a unit, one indicator with its trend and records, entering, acceptance."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.errors import QualityError
from core.people.academic_year import year_name, year_on
from core.people.scope import Action, Scope
from pages.monitor.indicator_parts.acceptance import show_acceptance
from pages.monitor.indicator_parts.address import SCREEN, UNIT, arrive, asked_code
from pages.monitor.indicator_parts.board import show_board
from pages.monitor.indicator_parts.collection_tab import show_collection
from pages.monitor.indicator_parts.entry import show_entry
from pages.monitor.indicator_parts.expected_tab import show_expected
from pages.monitor.indicator_parts.opened import show_indicator
from pages.monitor.indicator_parts.passports_tab import show_passports
from pages.monitor.indicator_parts.register import show_register
from pages.monitor.indicator_parts.targets_tab import show_targets
from pages.monitor.indicator_parts.year_tab import show_year
from pages.widgets.acting import show_outcome
from pages.widgets.organisations import choose_organisation, organisations_for
from pages.widgets.refusals import show_refusal
from pages.widgets.session import require

_FIRST_YEAR = 2024
_SHOWN = 3


def _show(scope: Scope) -> None:
    arrive()
    units = organisations_for(scope, Action.VIEW_INDICATORS)
    left, right = st.columns([3, 1])
    with left:
        unit = choose_organisation(UNIT, "Организация", units, begin_with=units[0].id if units else None)
    if unit is None or unit.id is None:
        return
    running = year_on(date.today())
    with right:
        last = st.selectbox(
            "Отчётный год", range(running, _FIRST_YEAR - 1, -1), index=1, format_func=_year_words,
            key=f"{SCREEN}_year", persist_state="session",
        )
    years = tuple(range(last - _SHOWN + 1, last + 1))
    code = asked_code()
    if code is not None:
        show_indicator(unit.id, code, years)
        return
    names = ["Табло"]
    if _may(scope, Action.ENTER_INDICATORS, unit.id):
        names.append("Ввод и сдача")
    if _may(scope, Action.ACCEPT_INDICATORS, unit.id):
        names.append("Приёмка")
    names += ["Сбор", "Цели", "Итоги года", "Паспорта", "Ожидаемые результаты", "Проблемные поля"]
    first = "Проблемные поля" if st.query_params.get("register") else None
    tabs = st.tabs(names, key=f"{SCREEN}_tab", on_change="rerun", default=first)
    for name, tab in zip(names, tabs, strict=True):
        if tab.open:
            with tab:
                _show_part(scope, name, unit.id, last, years)


def _show_part(scope: Scope, name: str, unit: int, year: int, years: tuple[int, ...]) -> None:
    may_lead = _may(scope, Action.MANAGE_INDICATORS, unit)
    match name:
        case "Ввод и сдача":
            show_entry(unit, year)
        case "Приёмка":
            show_acceptance(unit, year)
        case "Проблемные поля":
            show_register(unit)
        case "Ожидаемые результаты":
            show_expected(unit, may_enter=_may(scope, Action.ENTER_INDICATORS, unit))
        case "Сбор":
            show_collection(unit, year, may_lead=may_lead)
        case "Цели":
            show_targets(unit, year, may_lead=may_lead)
        case "Итоги года":
            show_year(unit, year)
        case "Паспорта":
            show_passports(unit, year, may_lead=may_lead)
        case _:
            show_board(unit, years)


def _may(scope: Scope, action: Action, unit: int) -> bool:
    return scope.allows(action) and scope.require(action).sees_organisation(unit)


def _year_words(year: int) -> str:
    return f"{year_name(year)} (идёт)" if year == year_on(date.today()) else year_name(year)


_scope = require(Action.VIEW_INDICATORS)
st.title("Показатели", anchor=False)
show_outcome()
try:
    _show(_scope)
except QualityError as _refusal:
    show_refusal(_refusal)
