"""What was deleted, in a closed box, each with a button that brings it back.

show_deleted("blueprints_scale", "Удалённые шкалы", names, lambda scale: write(restore_scale, scale))
show_deleted("clubs_event", "Удалённые встречи", names, lambda event: write(restore_event, event), "Возвращена.")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from core.errors import QualityError
from pages.widgets.acting import act
from pages.widgets.refusals import show_refusal
from pages.widgets.texts import plain


def show_deleted(
    key: str, title: str, names: Mapping[int, str], restore: Callable[[int], object], said: str = ""
) -> None:
    """Show the deleted rows (id → name) in a closed box; nothing when there are none.

    With `said` (where `{name}` stands for the row's name) the screen's `show_outcome` tells what became of a click;
    without it nothing is said of success, and a refusal stands below the row.
    """
    if not names:
        return
    with st.expander(f"{title} ({len(names)})", icon=":material/delete:"):
        for row_id, name in names.items():
            button = f"{key}_restore_{row_id}"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain(name), width="stretch" if said else 420)
                if said:
                    work = partial(restore, row_id)
                    st.button(
                        "Вернуть", key=button, icon=":material/undo:", on_click=act,
                        args=(work, said.format(name=name)),
                    )
                    continue
                wanted = st.button("Вернуть", key=button, icon=":material/undo:")
            if wanted:
                _restore(row_id, restore)


def _restore(row_id: int, restore: Callable[[int], object]) -> None:
    """Bring a row back and show the screen anew; say a refusal in place."""
    try:
        restore(row_id)
    except QualityError as refusal:
        show_refusal(refusal)
        return
    st.rerun()
