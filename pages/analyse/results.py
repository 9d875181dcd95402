"""Результаты работ: one work — marks, scores, items with intervals, groups, units, objectivity."""

from __future__ import annotations

import streamlit as st

from core.analysis.loading import load_work
from core.analysis.mark_groups import mark_groups
from core.analysis.results import WorkOverview, items_of_work, work_overview
from core.analysis.signs import signs_of_work
from core.errors import QualityError
from core.intake.history import list_works
from core.people.scope import Action
from pages.analyse.one_work.cards import show_cards
from pages.analyse.one_work.choice import SCREEN, choose_unit, choose_work
from pages.analyse.one_work.items_tab import show_items
from pages.analyse.one_work.marks_tab import show_marks, show_scores
from pages.analyse.one_work.note import show_note_links
from pages.analyse.one_work.plan import show_missing_plan
from pages.analyse.one_work.units_tab import show_groups, show_signs, show_units
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, require
from pages.widgets.work_names import work_labels

_TABS = ("Задания", "Отметки", "Баллы", "Группы", "Классы и школы", "Объективность")


def _above(overview: WorkOverview) -> WorkOverview | None:
    """Return the widest shown unit above the chosen one, for comparison."""
    if overview.above is None:
        return None
    return read(work_overview, overview.work.assessment_id, overview.above.key)


def _show_tab(name: str, overview: WorkOverview) -> None:
    work_id, unit = overview.work.assessment_id, overview.unit.key if overview.unit else None
    match name:
        case "Задания":
            show_items(read(items_of_work, work_id, unit), overview)
        case "Отметки":
            show_marks(overview, read(mark_groups, work_id, unit))
        case "Баллы":
            show_scores(overview, _above(overview))
        case "Группы":
            show_groups(read(items_of_work, work_id, unit), overview)
        case "Классы и школы":
            show_units(overview)
        case _:
            show_signs(overview, read(signs_of_work, work_id, unit))


def _show_work(work_id: int, unit: str | None) -> None:
    overview = read(work_overview, work_id, unit)
    show_cards(overview)
    show_note_links(overview)
    if not overview.work.has_plan:
        show_missing_plan(work_id)
    tabs = st.tabs(_TABS, key=f"{SCREEN}_tab", on_change="rerun", default=_TABS[0], bind="query-params")
    for tab, name in zip(tabs, _TABS, strict=True):
        if tab.open:
            with tab:
                _show_tab(name, overview)


require(Action.VIEW)
st.title("Результаты работ", anchor=False)
_works = read(list_works)
if not _works:
    empty_state(
        "Работ пока нет", "Загрузите файл с результатами: здесь появятся его отметки, баллы и задания.",
        path="upload", label="Загрузить результаты",
    )
else:
    _first, _second, _third = st.columns([5, 4, 2], vertical_alignment="bottom")
    with _first:
        _work_id = choose_work(_works, work_labels(_works))
    try:
        with _second:
            _unit = choose_unit(read(load_work, _work_id))
        with _third:
            link_to("problem-fields", "Проблемные поля", {"fields_work": str(_work_id)})
        _show_work(_work_id, _unit)
    except QualityError as _refusal:
        show_refusal(_refusal)
