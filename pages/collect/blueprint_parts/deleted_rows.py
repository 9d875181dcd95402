"""Deleted rows of reference data, each with a button that brings it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from core.errors import QualityError
from pages.widgets.refusals import show_refusal
from pages.widgets.texts import plain


def show_deleted(key: str, title: str, rows: Mapping[int, str], restore: Callable[[int], object]) -> None:
    """Show the deleted rows (id → name) in a closed box; nothing when there are none."""
    if not rows:
        return
    with st.expander(f"{title} ({len(rows)})", icon=":material/delete:"):
        for row_id, name in rows.items():
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(name), width=420)
                wanted = st.button("Вернуть", key=f"{key}_restore_{row_id}", icon=":material/undo:")
            if wanted:
                try:
                    restore(row_id)
                except QualityError as refusal:
                    show_refusal(refusal)
                    continue
                st.rerun()
