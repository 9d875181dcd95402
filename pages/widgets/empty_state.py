"""What a screen says while there is nothing to show: why, and what to do next.

    empty_state("Работ пока нет", "Загрузите файлы с результатами — здесь появятся их отметки и задания.",
                path="upload", label="Загрузить результаты")
"""

from __future__ import annotations

import streamlit as st

from pages.widgets.links import link_to
from pages.widgets.texts import plain


def empty_state(title: str, advice: str, *, path: str | None = None, label: str = "Открыть") -> None:
    """Show a calm box with a title, a sentence of advice, and a link to the screen where the next step is done."""
    with st.container(border=True):
        st.subheader(plain(title), anchor=False)
        st.write(plain(advice))
        if path is not None:
            link_to(path, label)
