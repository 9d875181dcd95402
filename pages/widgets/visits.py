"""What a screen forgets between two visits: tabs that stand in its address, so that links can open them.

Streamlit remembers tabs of an address for the whole session, and what is remembered wins over a first tab in a link:
somebody who looked at «Полнота» once would be led there by every «Загрузить результаты».
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

FORGOTTEN: Final[Mapping[str, tuple[str, ...]]] = {
    "admin": ("admin_tab",),
    "blueprints": ("blueprints_tab",),
    "development": ("development_tab",),
    "meeting": ("meeting_new",),
    "mentorship": ("mentorship_tab", "mentorship_pair_tab"),
    "practices": ("practices_club_tab",),
    "results": ("results_tab",),
    "roadmaps": ("roadmaps_tab", "roadmaps_adding"),
    "upload": ("upload_tab",),
}
"""Keys of tabs and folds that begin anew with each visit, by the path of their screen."""
_VISITED = "visited_screen"


def begin_visit(path: str) -> None:
    """When somebody comes to the screen of this path from another one, forget what was open on the others."""
    if st.session_state.get(_VISITED) == path:
        return
    st.session_state[_VISITED] = path
    for screen, keys in FORGOTTEN.items():
        for key in keys if screen != path else ():
            st.session_state.pop(key, None)
