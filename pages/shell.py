"""The script that runs: page settings, sign-in, menu by role, and the screen asked for. Nothing else."""

from __future__ import annotations

import streamlit as st

from pages.widgets.acting import say_missed
from pages.widgets.chrome import ICON, draw_chrome
from pages.widgets.first_start import SETUP
from pages.widgets.gate import gate, gate_pages
from pages.widgets.paper import end_paper
from pages.widgets.screens import SCREENS, STAGES, is_open
from pages.widgets.session import current_scope
from pages.widgets.visits import begin_visit

_gate = gate()
# Pictures of Streamlit's own go to people who are signed in only; the frame page has its icon by itself.
st.set_page_config(
    page_title="Цикл качества",
    page_icon=str(ICON) if _gate is None else None,
    layout="wide",
    initial_sidebar_state=248,
)

_scope = current_scope()
_menu: dict[str, list[st.Page]] = {stage: [] for stage in STAGES}
for _screen in SCREENS:
    # A screen that is closed to this person stays registered, or its address would open the old discovery of pages;
    # it is only left out of the menu, and refuses by itself (`require`).
    _menu[_screen.stage].append(
        st.Page(
            _screen.file,
            title=_screen.title,
            icon=_screen.icon if _gate is None else None,
            url_path=_screen.path or None,
            default=not _screen.path,
            visibility="visible" if is_open(_screen, _scope) else "hidden",
            help=_screen.help,
        )
    )
if _gate is None:
    _page = st.navigation({stage: pages for stage, pages in _menu.items() if pages}, expanded=True)
    draw_chrome(_scope)
    if not _page.url_path and _scope.grants and not is_open(SCREENS[0], _scope):
        # The first screen is closed to some roles; without an address people land on one that is open to them.
        st.switch_page(next(screen.file for screen in SCREENS if is_open(screen, _scope)))
    begin_visit(_page.url_path)
    _page.run()
    say_missed()
    end_paper()
else:
    _all = [page for pages in _menu.values() for page in pages]
    _page = st.navigation([*_all, *gate_pages()], position="hidden")
    if _page.url_path == SETUP:
        _page.run()
    else:
        _gate()
