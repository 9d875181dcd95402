"""«Модель»: the chosen one as a whole, or the organisation's own models to be made and changed."""

from __future__ import annotations

import streamlit as st

from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.glance.cycle_parts.model_tab import show_model
from pages.glance.cycle_parts.own_models import show_own_models

_CHOSEN, _OWN = "Выбранная модель", "Свои модели"


def show_models(choice: Choice) -> None:
    """Show what the person chooses of the two."""
    way = st.segmented_control(
        "Что показать", [_CHOSEN, _OWN], default=_CHOSEN, key=f"{SCREEN}_models", label_visibility="collapsed",
        required=True,
    )
    if way == _OWN:
        show_own_models(choice)
    else:
        show_model(choice.model.file, choice.model.code)
