"""Документы: every official document that can be made now, a package for a meeting, templates."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from core.people.scope import Action
from pages.manage.document_parts.listing import show_listing
from pages.widgets.acting import show_outcome
from pages.widgets.refusals import show_refusal
from pages.widgets.session import require

require(
    Action.VIEW_ROADMAPS, Action.VIEW, Action.VIEW_HELP, Action.VIEW_RECOMMENDATIONS, Action.VIEW_INDICATORS,
    Action.VIEW_PRACTICES,
)
st.title("Документы", anchor=False)
show_outcome()
try:
    show_listing()
except QualityError as _refusal:
    show_refusal(_refusal)
