"""Лучшие практики: the library, its discussion and decisions; subject clubs with their plans and webinars."""

from __future__ import annotations

import streamlit as st

from core.errors import QualityError
from core.people.scope import Action
from pages.practice.clubs.listing import show_clubs
from pages.practice.clubs.opened import show_club
from pages.practice.library.address import CLUB, FORM, PRACTICE, SCREEN, VIEWS, asked, leave
from pages.practice.library.form import show_offer_form
from pages.practice.library.listing import show_library
from pages.practice.library.opened import show_practice
from pages.widgets.acting import show_outcome
from pages.widgets.refusals import show_refusal
from pages.widgets.session import require


def _show_overview() -> None:
    view = st.segmented_control(
        "Что показать", VIEWS, default=VIEWS[0], key=f"{SCREEN}_view", bind="query-params", required=True,
        label_visibility="collapsed",
    )
    if view == VIEWS[1]:
        show_clubs()
    else:
        show_library()


require(Action.VIEW_PRACTICES)
st.title("Лучшие практики", anchor=False)
show_outcome()
try:
    if FORM in st.query_params:
        show_offer_form(asked(FORM))
    elif (_practice := asked(PRACTICE)) is not None:
        show_practice(_practice)
    elif (_club := asked(CLUB)) is not None:
        show_club(_club)
    else:
        _show_overview()
except QualityError as _refusal:
    show_refusal(_refusal)
    st.button("К списку", key=f"{SCREEN}_back_from_refusal", icon=":material/arrow_back:", on_click=leave)
