"""What stands around every screen: the style of print, the product's name, who is signed in."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.people.scope import Scope
from pages.widgets.texts import plain

ASSETS = Path(__file__).parent / "assets"
ICON = ASSETS / "icon.png"


def draw_chrome(scope: Scope) -> None:
    """Draw the frame of a screen; called once a run, after the menu.

    Streamlit's own English words are translated in the browser by assets/russian.js, which app.py puts into the page.
    """
    st.logo(str(ASSETS / "logo.png"), size="large", icon_image=str(ICON))
    st.html(ASSETS / "screen.css")
    with st.sidebar:
        st.caption(plain(scope.actor_name))
