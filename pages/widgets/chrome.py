"""What stands around every screen: the style of print, the product's name, who is signed in, the way out."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.people.scope import Scope
from core.people.sessions import sign_out
from core.people.sign_in import ACTOR
from core.store.engine import default_engine
from core.store.unit_of_work import writing
from pages.widgets.paper import begin_paper
from pages.widgets.provider import leave_provider
from pages.widgets.session_step import drop_cookie
from pages.widgets.texts import plain
from pages.widgets.visitor import cookie_token, key

ASSETS = Path(__file__).parent / "assets"
ICON = ASSETS / "icon.png"


def draw_chrome(scope: Scope) -> None:
    """Draw the frame of a screen; called once a run, after the menu.

    Streamlit's own English words are translated in the browser by assets/russian.js, which app.py puts into the page.
    """
    st.logo(str(ASSETS / "logo.png"), size="large", icon_image=str(ICON))
    st.html(ASSETS / "screen.css")
    st.html(ASSETS / "paper.css")
    with st.sidebar:
        st.caption(plain(scope.actor_name))
        if scope.actor_id is not None:
            st.button("Выйти", key="leave", icon=":material/logout:", on_click=leave)
    begin_paper(scope.actor_name)


def show_product() -> None:
    """Show the product's name before anybody is signed in: its picture comes by an address that needs no session."""
    st.html(ASSETS / "screen.css")
    st.html('<img src="/assets/logo.png" alt="Цикл качества" style="height:2.4rem;margin-top:2rem">')


def leave() -> None:
    """Sign out: the session ends on the server, this tab forgets everything, other tabs find out by themselves."""
    with writing(default_engine(), ACTOR) as session:
        sign_out(session, key(), cookie_token())
    st.session_state.clear()
    if not leave_provider():
        drop_cookie()
