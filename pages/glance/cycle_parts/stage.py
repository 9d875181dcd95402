"""One stage in full: who, what, when; what it takes in and gives, each with its mark; doors to the screens."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.charts.cycle_ring import stage_badge
from core.cycle.marks import MarkState
from core.cycle.opened import OpenedCycle
from core.cycle.overview import Checked, StageView
from core.words import day
from pages.glance.cycle_parts.carried import show_carried
from pages.glance.cycle_parts.hand_marking import show_hand_marking
from pages.widgets.links import link_to
from pages.widgets.screens import is_built, screen_at
from pages.widgets.texts import plain

_COLOURS = {
    MarkState.DONE: "blue", MarkState.PART: "orange", MarkState.MISSING: "red", MarkState.BY_HAND: "gray",
    MarkState.CLOSED: "gray",
}


def show_stage(one: StageView, opened: OpenedCycle | None = None) -> None:
    """Show the stage in a box: left what it is, right its checklists; in an opened cycle marks by hand below."""
    stage = one.stage
    with st.container(border=True):
        st.markdown(
            f"#### {plain(f'{stage.number}. {stage.name}')} :{stage_badge(one.state)}-badge[{one.state.words}]"
        )
        if stage.heading and stage.heading != stage.name:
            st.caption(plain(f"В описании модели: «{stage.heading}»."))
        left, right = st.columns([2, 3], gap="medium")
        with left:
            _lines("Кто отвечает", _who(one))
            _lines("Кто участвует", stage.also)
            _lines("Что делают", stage.tasks)
            _lines("Когда", (when_words(one),))
            _lines("Формы работы", stage.forms)
        with right:
            _checklist("На входе", one.inputs)
            _checklist("На выходе", one.outputs)
            if opened is not None:
                show_carried(opened, stage.number)
        with st.container(horizontal=True, gap="small"):
            doors = (*stage.screens, *(path for item in (*stage.inputs, *stage.outputs) for path in item.screens))
            for path in dict.fromkeys(doors):
                if path != "cycle" and is_built(path):
                    link_to(path, screen_at(path).title)
        if opened is not None:
            show_hand_marking(opened, one)


def when_words(one: StageView) -> str:
    """Return when the stage lies: its days in an opened cycle, else the words of the model."""
    if one.plan is None:
        return one.stage.when or "в течение учебного года"
    late = ", срок прошёл" if one.is_overdue else ""
    return f"{day(one.plan.starts_on)} – {day(one.plan.ends_on)}{late}"


def _who(one: StageView) -> Sequence[str]:
    """Return who answers for the stage: named people and associations, then the words of the model."""
    plan = one.plan
    if plan is None:
        return one.stage.responsible
    named = tuple(name for name in (plan.teacher, plan.association) if name)
    return (*named, plan.responsible) if plan.responsible else named


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
        beside = f" {plain(f'✎ {one.beside}.')}" if one.beside else ""
        lines.append(
            f"- :{_COLOURS[state]}[{state.sign} **{state.value}**] {plain(one.item.name)}"
            f":gray[{said}{missing}{beside}]"
        )
    st.markdown("\n".join(lines))
