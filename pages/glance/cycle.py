"""Управленческий цикл: the model's stages with their states and doors, the model itself, comparison, self-check."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from core.cycle.derived import Marks, marks_of
from core.cycle.overview import cycle_view
from core.cycle.records import Source
from core.cycle.sources import SourceCount, source_counts
from core.errors import QualityError
from core.people.academic_year import year_name
from core.people.scope import Action
from pages.glance.cycle_parts.choice import SCREEN, Choice, choose
from pages.glance.cycle_parts.closing_tab import show_closing
from pages.glance.cycle_parts.compare_tab import show_comparison
from pages.glance.cycle_parts.models_tab import show_models
from pages.glance.cycle_parts.regulations_tab import show_regulations
from pages.glance.cycle_parts.self_check_tab import show_self_check
from pages.glance.cycle_parts.stages_tab import show_stages
from pages.widgets.acting import show_outcome
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, require

_TABS = ("Этапы", "Закрытие", "Нормативные акты", "Модель", "Сравнение", "Самопроверка")


def _show() -> None:
    choice = choose()
    if choice is None:
        return
    marks: Marks = read(marks_of, choice.organisation_id, choice.year)
    tabs = st.tabs(_TABS, key=f"{SCREEN}_tab", on_change="rerun", bind="query-params")
    for name, tab in zip(_TABS, tabs, strict=True):
        if tab.open:
            with tab:
                _show_part(name, choice, marks)


def _show_part(name: str, choice: Choice, marks: Marks) -> None:
    match name:
        case "Модель":
            show_models(choice)
        case "Закрытие":
            show_closing(choice)
        case "Сравнение":
            show_comparison(choice, marks)
        case "Самопроверка":
            show_self_check(marks)
        case "Нормативные акты":
            show_regulations(choice)
        case _:
            sources: Mapping[Source, SourceCount] = read(source_counts, choice.organisation_id, choice.year)
            show_stages(choice, cycle_view(choice.model.file, marks, choice.opened, sources=sources))
            st.caption(
                f"Состояние выводится из записей. Цикл {year_name(choice.year)} работает с результатами "
                f"{year_name(choice.year - 1)} и {year_name(choice.year)} учебных годов; остальное – с датами этого "
                "года. Знаком ✎ отмечено то, о чём знают люди, но не система: в открытом цикле они отмечают это сами."
            )


require(Action.VIEW)
st.title("Управленческий цикл", anchor=False)
show_outcome()
try:
    _show()
except QualityError as _refusal:
    show_refusal(_refusal)
