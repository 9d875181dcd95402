"""The script that runs: page settings, menu, and the screen asked for. Nothing else."""

from __future__ import annotations

import streamlit as st

from pages.widgets.chrome import ICON, draw_chrome
from pages.widgets.screens import SCREENS, STAGES
from pages.widgets.session import current_scope

st.set_page_config(page_title="Цикл качества", page_icon=str(ICON), layout="wide", initial_sidebar_state=248)

_scope = current_scope()
_menu: dict[str, list[st.Page]] = {stage: [] for stage in STAGES}
for _screen in SCREENS:
    # A screen that is closed to this person stays registered, or its address would open the old discovery of pages;
    # it is only left out of the menu, and refuses by itself (`require`).
    _menu[_screen.stage].append(
        st.Page(
            _screen.file,
            title=_screen.title,
            icon=_screen.icon,
            url_path=_screen.path or None,
            default=not _screen.path,
            visibility="visible" if _scope.allows(_screen.action) else "hidden",
            help=_screen.help,
        )
    )
_page = st.navigation({stage: pages for stage, pages in _menu.items() if pages}, expanded=True)
draw_chrome(_scope)
_page.run()
