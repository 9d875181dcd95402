"""What changed in the roadmaps since the meeting before."""

from __future__ import annotations

import streamlit as st

from core.planning.minutes import changes_since, sentences
from core.planning.redline import Redline
from core.words import plural
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_changes(meeting_id: int) -> None:
    """Show statuses, progress, added and deleted rows, roadmap by roadmap."""
    found: list[tuple[str, Redline]] = read(changes_since, meeting_id)
    if not found:
        st.info(
            "Это первое заседание по этим дорожным картам, сравнивать не с чем. Состояние запомнится при закрытии.",
            icon=":material/history:",
        )
    for title, difference in found:
        lines = sentences(difference)
        st.subheader(title, anchor=False)
        if not lines:
            st.write("С прошлого заседания ничего не изменилось.")
            continue
        st.caption(
            f"Изменено ячеек: {len(difference.changed)}; добавлено "
            f"{plural(len(difference.added), 'строка', 'строки', 'строк')}; удалено "
            f"{plural(len(difference.removed), 'строка', 'строки', 'строк')}."
        )
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
