"""The federal chain as a self-check: which links are there, what is missing, where it is done."""

from __future__ import annotations

import streamlit as st

from core.charts.cycle_ring import stage_badge
from core.cycle.derived import Marks
from core.cycle.overview import StageState
from core.cycle.self_check import CheckedLink, self_check
from core.words import plural
from pages.widgets.links import link_to
from pages.widgets.screens import is_built, screen_at
from pages.widgets.texts import plain


def show_self_check(marks: Marks) -> None:
    """Show the nine links in their order; empty ones say so."""
    links = self_check(marks)
    empty = [one.link.name for one in links if one.is_empty]
    whole = sum(one.state is StageState.DONE for one in links)
    said = f"Полностью есть {whole} из {plural(len(links), 'звена', 'звеньев', 'звеньев')}."
    if empty:
        st.warning(f"{said} Пустые звенья: {plain(', '.join(empty).lower())}.", icon=":material/link_off:")
    else:
        st.success(f"{said} Пустых звеньев нет.", icon=":material/link:")
    for number, one in enumerate(links, start=1):
        _show(number, one)
    st.caption(
        "Цепочка управленческого механизма – по методике ФИОКО: каждое звено опирается на предыдущее. Звено, которого "
        "не видит ваша роль, не считается пустым."
    )


def _show(number: int, one: CheckedLink) -> None:
    with st.container(border=True, gap=None):
        words, door = st.columns([5, 2], vertical_alignment="center")
        with words:
            state = "○ пусто" if one.is_empty else "◐ частично" if one.state is StageState.RUNNING else one.state.words
            state = "● есть" if one.state is StageState.DONE else state
            st.markdown(f"**{number}\\. {plain(one.link.name)}** :{stage_badge(one.state)}-badge[{state}]")
            there = "; ".join(one.words)
            said = (one.link.about, f"{there[:1].upper()}{there[1:]}." if there else "", *one.missing)
            st.caption(plain(" ".join(part for part in said if part)))
        with door:
            if is_built(one.link.screen):
                link_to(one.link.screen, screen_at(one.link.screen).title)
