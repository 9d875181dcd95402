"""Профессиональные дефициты: shared and personal ones, triangulation, waves, remarks, helpers, uploads, instruments."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core.people.scope import Action, Scope
from pages.analyse.deficit_parts.choice import SCREEN, Choice, choose
from pages.analyse.deficit_parts.corporate_tab import show_corporate
from pages.analyse.deficit_parts.instruments_tab import show_instruments
from pages.analyse.deficit_parts.matrix_tab import show_matrix
from pages.analyse.deficit_parts.personal_tab import show_personal
from pages.analyse.deficit_parts.remarks_tab import show_remarks
from pages.analyse.deficit_parts.resources_tab import show_resources
from pages.analyse.deficit_parts.upload_tab import show_upload
from pages.analyse.deficit_parts.waves_tab import show_waves
from pages.widgets.acting import show_outcome
from pages.widgets.empty_state import empty_state
from pages.widgets.session import require

Tab = tuple[Action, Callable[[Choice], None], bool]
"""Which right opens the tab, what shows it, whether it needs answers of teachers."""

_UPLOAD = "Загрузка анкет"
_TABS: dict[str, Tab] = {
    "Корпоративные": (Action.VIEW_DEFICITS, show_corporate, True),
    "Триангуляция": (Action.VIEW_DEFICITS, show_matrix, False),
    "Личные": (Action.VIEW_PERSONAL_DEFICITS, show_personal, True),
    "Волны": (Action.VIEW_DEFICITS, show_waves, True),
    "Замечания экспертов": (Action.MANAGE_DIAGNOSTICS, lambda _choice: show_remarks(), False),
    "Педагоги-ресурсы": (Action.VIEW_DEFICITS, show_resources, True),
    _UPLOAD: (Action.MANAGE_DIAGNOSTICS, lambda _choice: show_upload(), False),
    "Инструменты": (Action.MANAGE_DIAGNOSTICS, lambda _choice: show_instruments(), False),
}


def _show(scope: Scope, choice: Choice) -> None:
    names = [name for name, (action, _tab, _needs) in _TABS.items() if scope.allows(action)]
    first = _UPLOAD if choice.round is None and _UPLOAD in names else names[0]
    tabs = st.tabs(names, key=f"{SCREEN}_tab", on_change="rerun", default=first, bind="query-params")
    for name, tab in zip(names, tabs, strict=True):
        _action, show, needs_answers = _TABS[name]
        if not tab.open:
            continue
        with tab:
            if needs_answers and choice.round is None:
                _say_empty(scope)
            else:
                show(choice)


def _say_empty(scope: Scope) -> None:
    if scope.allows(Action.MANAGE_DIAGNOSTICS):
        advice = f"Загрузите анкету или тест на вкладке «{_UPLOAD}»: дефициты найдутся сами."
    else:
        advice = "Они появятся, когда методист или руководитель объединения загрузит анкету."
    empty_state("Ответов педагогов пока нет", advice)


_scope = require(Action.VIEW_DEFICITS, Action.VIEW_PERSONAL_DEFICITS, Action.MANAGE_DIAGNOSTICS)
st.title("Профессиональные дефициты", anchor=False)
show_outcome()
_show(_scope, choose())
