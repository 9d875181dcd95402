"""Обзор: five numbers, three fields that need somebody, the next steps; all without scrolling on a laptop."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action
from pages.glance.overview_parts.cards import show_numbers, show_worst
from pages.glance.overview_parts.start import show_start
from pages.glance.overview_parts.steps import show_latest, show_steps
from pages.glance.overview_parts.week import show_week
from pages.glance.overview_parts.year import newest_year
from pages.widgets.session import require

require(Action.VIEW)
st.title("Обзор", anchor=False)
_year = newest_year()
if _year is None:
    show_start()
    show_week()
else:
    show_numbers(_year)
    _left, _right = st.columns([3, 2], gap="medium")
    with _left:
        show_worst(_year)
    with _right:
        _is_due = show_week()
        show_steps(_year)
        if not _is_due:
            # Without scrolling there is room for one of the two.
            show_latest()
