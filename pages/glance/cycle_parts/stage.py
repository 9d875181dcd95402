"""One stage in full: who, what, when; what it takes in and gives, each with its mark; doors to the screens."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.charts.cycle_ring import stage_badge
from core.cycle.marks import MarkState
from core.cycle.overview import Checked, StageView
from pages.widgets.links import link_to
from pages.widgets.screens import is_built, screen_at
from pages.widgets.texts import plain

_COLOURS = {
    MarkState.DONE: "blue", MarkState.PART: "orange", MarkState.MISSING: "red", MarkState.BY_HAND: "gray",
    MarkState.CLOSED: "gray",
}


def show_stage(one: StageView) -> None:
    """Show the stage in a box: left what it is, right its checklists."""
    stage = one.stage
    with st.container(border=True):
        st.markdown(
            f"#### {plain(f'{stage.number}. {stage.name}')} :{stage_badge(one.state)}-badge[{one.state.words}]"
        )
        if stage.heading and stage.heading != stage.name:
            st.caption(plain(f"В описании модели: «{stage.heading}»."))
        left, right = st.columns([2, 3], gap="medium")
        with left:
            _lines("Кто отвечает", stage.responsible)
            _lines("Кто участвует", stage.also)
            _lines("Что делают", stage.tasks)
            _lines("Когда", (stage.when or "в течение учебного года",))
            _lines("Формы работы", stage.forms)
        with right:
            _checklist("На входе", one.inputs)
            _checklist("На выходе", one.outputs)
        with st.container(horizontal=True, gap="small"):
            doors = (*stage.screens, *(path for item in (*stage.inputs, *stage.outputs) for path in item.screens))
            for path in dict.fromkeys(doors):
                if path != "cycle" and is_built(path):
                    link_to(path, screen_at(path).title)


def _lines(title: str, lines: Sequence[str]) -> None:
    if lines:
        st.markdown("\n".join([f"**{title}**", "", *(f"- {plain(line)}" for line in lines)]))


def _checklist(title: str, items: Sequence[Checked]) -> None:
    if not items:
        return
    lines = [f"**{title}**", ""]
    for one in items:
        state = one.mark.state
        said = f": {plain(one.mark.words)}." if one.mark.words else "."
        missing = f" {plain(one.mark.missing)}" if one.mark.missing else ""
        lines.append(
            f"- :{_COLOURS[state]}[{state.sign} **{state.value}**] {plain(one.item.name)}:gray[{said}{missing}]"
        )
    st.markdown("\n".join(lines))
