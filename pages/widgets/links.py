"""Links between screens, with filters already set.

    link_to("upload", "Загрузить результаты")
    link_to("problem-fields", "Все поля", {"fields_subject": "Русский язык"})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.widgets.screens import is_built, is_open, screen_at
from pages.widgets.session import current_scope


def link_to(path: str, label: str, query: Mapping[str, str | Sequence[str]] | None = None) -> None:
    """Show a link to a screen, if it exists and this person may open it; `query` are filters by key."""
    if not is_built(path):
        return
    screen = screen_at(path)
    if is_open(screen, current_scope()):
        st.page_link(screen.file, label=label, icon=screen.icon, query_params=dict(query) if query else None)
