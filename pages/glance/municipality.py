"""Муниципалитет: schools by name × stages of the cycle, results that came, systemic fields, shared deficits."""

from __future__ import annotations

import streamlit as st

from core.cycle.municipality import MunicipalityView, municipality_view
from core.errors import QualityError
from core.people.scope import Action
from pages.glance.municipality_parts.choice import SCREEN, Choice, choose
from pages.glance.municipality_parts.deficits_tab import show_deficits
from pages.glance.municipality_parts.fields_tab import show_fields
from pages.glance.municipality_parts.passports import NO_RANKING
from pages.glance.municipality_parts.schools_tab import show_schools, show_unit
from pages.widgets.empty_state import empty_state
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, require

_TABS = ("Школы и этапы", "Системные поля", "Дефициты и показатели")


def _show() -> None:
    choice = choose()
    if choice is None:
        return
    view: MunicipalityView = read(municipality_view, choice.organisation_id, choice.year, choice.model.code)
    if not view.schools:
        empty_state(
            "Школ в муниципалитете пока нет", "Внесите школы или загрузите файл: школы из него появятся здесь.",
            path="admin", label="Организации",
        )
        if view.whole.state is not None:
            show_unit(view.whole, choice)
        return
    st.caption(NO_RANKING)
    tabs = st.tabs(_TABS, key=f"{SCREEN}_tab", on_change="rerun", bind="query-params")
    for name, tab in zip(_TABS, tabs, strict=True):
        if tab.open:
            with tab:
                _show_part(name, choice, view)


def _show_part(name: str, choice: Choice, view: MunicipalityView) -> None:
    match name:
        case "Системные поля":
            show_fields(choice, view.results_year)
        case "Дефициты и показатели":
            show_deficits(choice)
        case _:
            show_schools(choice, view)


require(Action.VIEW_MUNICIPALITY)
st.title("Муниципалитет", anchor=False)
try:
    _show()
except QualityError as _refusal:
    show_refusal(_refusal)
