"""Обзор: five numbers, three urgent things, the next dates, the cycle, what is new; all without scrolling."""

from __future__ import annotations

import streamlit as st

from core.glance.unit import own_unit
from core.people.scope import Action
from core.people.tables import Organisation
from pages.glance.overview_parts.attention import show_attention
from pages.glance.overview_parts.cards import show_numbers
from pages.glance.overview_parts.news import show_news
from pages.glance.overview_parts.own import show_own
from pages.glance.overview_parts.passport import show_overview_passport
from pages.glance.overview_parts.progress import show_progress
from pages.glance.overview_parts.start import show_start
from pages.glance.overview_parts.week import show_week
from pages.glance.overview_parts.year import newest_year
from pages.widgets.session import read, require

require(Action.VIEW)
_year = newest_year()
_unit: Organisation | None = read(own_unit)
if _year is None:
    st.title("Обзор", anchor=False)
    show_start(is_new=_unit is None)
    if _unit is not None:
        # Organisations are there before their results: the cycle can be opened.
        show_progress(_unit)
    show_week(_unit)
    show_own()
else:
    with st.container(key="overview", gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.title("Обзор", anchor=False, width="content")
            show_overview_passport(_year)
        show_numbers(_year, _unit)
        _left, _right = st.columns([3, 2], gap="small")
        with _left:
            show_attention(_year)
            # What takes longest to work out comes last: everything else is on the screen by then.
            _below = st.empty()
        with _right:
            show_week(_unit)
            show_own()
            show_news()
        if _unit is not None:
            with _below:
                show_progress(_unit)
