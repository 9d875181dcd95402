"""What waits for the person as a teacher: courses, self-education, meetings to be confirmed, answers to be judged."""

from __future__ import annotations

import streamlit as st

from core.support.teacher_page import NextStep, own_next_steps
from pages.widgets.links import link_to
from pages.widgets.session import read
from pages.widgets.texts import plain

_SHOWN = 3


def show_own() -> None:
    """Show the first steps with the door to all of them; nothing for who is no teacher or has nothing to do."""
    steps: tuple[NextStep, ...] = read(own_next_steps)
    if not steps:
        return
    st.subheader("Ваши дела", anchor=False)
    with st.container(border=True, key="overview_own"):
        for step in steps[:_SHOWN]:
            st.markdown(plain(f"{'⚠' if step.is_late else '○'} {step.words}"))
        more = len(steps) - _SHOWN
        link_to("development", f"Моё развитие: ещё {more}" if more > 0 else "Моё развитие")
