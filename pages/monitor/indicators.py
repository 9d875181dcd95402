"""Показатели: the scorecard of a unit, one indicator with its trend and records, entering, acceptance."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.errors import QualityError
from core.monitoring.beginning import beginning_unit
from core.monitoring.collection import Collection, held_collection
from core.people.academic_year import year_name, year_on
from core.people.scope import Action, Scope
from pages.monitor.indicator_parts.acceptance import show_acceptance
from pages.monitor.indicator_parts.address import SCREEN, UNIT, arrive, asked_code, keep_unit
from pages.monitor.indicator_parts.board import show_board
from pages.monitor.indicator_parts.collection_tab import show_collection
from pages.monitor.indicator_parts.entry import show_entry
from pages.monitor.indicator_parts.expected_tab import show_expected
from pages.monitor.indicator_parts.opened import show_indicator
from pages.monitor.indicator_parts.passports_tab import show_passports
from pages.monitor.indicator_parts.register import show_register
from pages.monitor.indicator_parts.targets_tab import show_targets
from pages.monitor.indicator_parts.tree import has_below
from pages.monitor.indicator_parts.year_tab import show_year
from pages.widgets.acting import show_outcome
from pages.widgets.organisations import choose_organisation, organisations_for
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, require

_FIRST_YEAR = 2024
_SHOWN = 3
_FIELDS = "Проблемные поля"


def _show(scope: Scope) -> None:
    arrive()
    units = organisations_for(scope, Action.VIEW_INDICATORS)
    first: int | None = read(beginning_unit)
    left, right = st.columns([3, 1])
    with left:
        unit = choose_organisation(UNIT, "Организация", units, begin_with=first)
    if unit is None or unit.id is None:
        return
    keep_unit(unit.id)
    running = year_on(date.today())
    with right:
        # The years stand bare: what is shown stands in the address, and «идёт» would be wrong there a year later.
        last = st.selectbox(
            "Отчётный год", range(running, _FIRST_YEAR - 1, -1), index=1, format_func=year_name,
            key=f"{SCREEN}_year", persist_state="session", bind="query-params", help=f"Идёт {year_name(running)}.",
        )
        if last == running:
            st.caption("Год идёт: значения ещё изменятся.")
    years = tuple(range(last - _SHOWN + 1, last + 1))
    code = asked_code()
    if code is not None:
        show_indicator(unit.id, code, years)
        return
    names = _names(scope, unit.id, last)
    first_tab = _FIELDS if st.query_params.get("register") else None
    tabs = st.tabs(names, key=f"{SCREEN}_tab", on_change="rerun", default=first_tab, bind="query-params")
    for name, tab in zip(names, tabs, strict=True):
        if tab.open:
            with tab:
                _show_part(scope, name, unit.id, last, years)


def _names(scope: Scope, unit: int, year: int) -> list[str]:
    """Return the tabs of the person's work here, in the order of the year; what is set up rarely comes last.

    A school under a municipality is told its dates where it enters values: it leads no collection of its own, and its
    targets are the plans of its values.
    """
    leads, enters = _may(scope, Action.MANAGE_INDICATORS, unit), _may(scope, Action.ENTER_INDICATORS, unit)
    accepts, above_others = _may(scope, Action.ACCEPT_INDICATORS, unit), has_below(unit)
    collection: Collection | None = read(held_collection, unit, year)
    leads_collection = leads and (above_others or collection is None or collection.organisation_id == unit)
    asked = (
        ("Табло", True), ("Ввод и сдача", enters), ("Сбор", leads_collection), ("Приёмка", accepts),
        ("Итоги года", True), ("Ожидаемые результаты", True), (_FIELDS, True), ("Цели", leads and above_others),
        ("Паспорта", leads),
    )
    return [name for name, is_shown in asked if is_shown]


def _show_part(scope: Scope, name: str, unit: int, year: int, years: tuple[int, ...]) -> None:
    may_lead = _may(scope, Action.MANAGE_INDICATORS, unit)
    match name:
        case "Ввод и сдача":
            show_entry(unit, year)
        case "Приёмка":
            show_acceptance(unit, year)
        case _ if name == _FIELDS:
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


_scope = require(Action.VIEW_INDICATORS)
st.title("Показатели", anchor=False)
show_outcome()
try:
    _show(_scope)
except QualityError as _refusal:
    show_refusal(_refusal)
