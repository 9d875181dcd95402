"""Планы работ: из чего состоят работы, по каким шкалам ставят отметки, от каких порогов считают поля проблемными."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from pages.collect.blueprint_parts.plans import show_plans
from pages.collect.blueprint_parts.presets import show_presets
from pages.collect.blueprint_parts.scales import show_scales
from pages.widgets.session import require

_may_edit = require(Action.VIEW).allows(Action.EDIT_BLUEPRINTS)
st.title("Планы работ", anchor=False)
_plans, _scales, _presets = st.tabs(
    ["Планы", "Шкалы отметок", "Пороги"], key="blueprints_tab", on_change="rerun", default="Планы",
    bind="query-params",
)
if _plans.open:
    with _plans:
        show_plans(_may_edit)
if _scales.open:
    with _scales:
        show_scales(_may_edit)
if _presets.open:
    with _presets:
        show_presets(_may_edit)
