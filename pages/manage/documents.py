"""Документы: every official document that can be made now, a package for a meeting, templates."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from core.people.scope import Action, Scope
from pages.manage.document_parts.listing import show_listing
from pages.manage.document_parts.package_tab import show_package
from pages.manage.document_parts.rows import SCREEN
from pages.manage.document_parts.templates_tab import show_templates
from pages.widgets.acting import show_outcome
from pages.widgets.refusals import show_refusal
from pages.widgets.session import require

_MAKING, _PACKAGE, _TEMPLATES = "Что можно сделать", "Пакет к заседанию", "Шаблоны"


def _show(scope: Scope) -> None:
    names = [_MAKING]
    if scope.allows(Action.VIEW_ROADMAPS):
        names.append(_PACKAGE)
    if scope.allows(Action.MANAGE_TEMPLATES):
        names.append(_TEMPLATES)
    tabs = st.tabs(names, key=f"{SCREEN}_tab", on_change="rerun")
    for name, tab in zip(names, tabs, strict=True):
        if tab.open:
            with tab:
                _show_part(name, scope)


def _show_part(name: str, scope: Scope) -> None:
    match name:
        case "Пакет к заседанию":
            show_package()
        case "Шаблоны":
            show_templates(scope)
        case _:
            show_listing()


_scope = require(
    Action.VIEW_ROADMAPS, Action.VIEW, Action.VIEW_HELP, Action.VIEW_RECOMMENDATIONS, Action.VIEW_INDICATORS,
    Action.VIEW_PRACTICES,
)
st.title("Документы", anchor=False)
show_outcome()
try:
    _show(_scope)
except QualityError as _refusal:
    show_refusal(_refusal)
