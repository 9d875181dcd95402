"""Дорожные карты: from problem fields to measures with deadlines, owners, proofs, and approval by order."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from pages.plan.roadmap_parts.address import MEASURE, ROADMAP, asked
from pages.plan.roadmap_parts.listing import show_listing
from pages.plan.roadmap_parts.measure_card import show_measure
from pages.plan.roadmap_parts.measure_update import leave_form
from pages.plan.roadmap_parts.opened import show_roadmap
from pages.widgets.acting import show_outcome
from pages.widgets.session import require

_scope = require(Action.VIEW_ROADMAPS)
st.title("Дорожные карты", anchor=False)
show_outcome()
_measure, _roadmap = asked(MEASURE), asked(ROADMAP)
if _measure is not None:
    show_measure(_measure)
else:
    leave_form()
    if _roadmap is not None:
        show_roadmap(_roadmap)
    else:
        show_listing(_scope)
