"""The circle with its state, every stage in a line with its door, and one stage in full."""

from __future__ import annotations

import streamlit as st

from core.charts.cycle_ring import RingStage, cycle_ring, stage_badge
from core.cycle.overview import CycleView, StageView
from core.people.academic_year import year_name
from core.words import plural
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.glance.cycle_parts.stage import show_stage
from pages.widgets.chart_frame import chart_frame
from pages.widgets.links import link_to
from pages.widgets.screens import is_built, screen_at
from pages.widgets.tables import Column, Table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("number", "Этап", width=60),
    Column("name", "Название", width="large"),
    Column("state", "Состояние", width=120),
    Column("share", "Готово", width=110),
    Column("who", "Кто отвечает", width="medium"),
    Column("when", "Когда", width="medium"),
    Column("missing", "Чего нет", width="large"),
)


def show_stages(choice: Choice, view: CycleView) -> None:
    """Show the ring beside the list of stages, then the chosen stage."""
    left, right = st.columns([5, 8], gap="medium")
    with left:
        _show_ring(choice, view)
    with right, st.container(border=True, gap="xsmall"):
        for one in view.stages:
            _show_line(one)
    numbers = [one.stage.number for one in view.stages]
    first = view.next_stage.stage.number if view.next_stage is not None else numbers[0]
    chosen = st.segmented_control(
        "Этап подробно", numbers, default=first, key=f"{SCREEN}_stage_{choice.model.code}", required=True,
        format_func=lambda number: f"Этап {number}", persist_state="session",
    )
    show_stage(next(one for one in view.stages if one.stage.number == (chosen or first)))


def share_words(one: StageView) -> str:
    """Return how many outputs are there: «2 из 3»."""
    return f"{one.done} из {one.known}" if one.known else "не видно"


def _show_ring(choice: Choice, view: CycleView) -> None:
    segments = [
        RingStage(
            one.stage.number, one.stage.heading or one.stage.name, one.state, share_words(one), " ".join(one.missing)
        )
        for one in view.stages
    ]
    rows = [
        {
            "number": one.stage.number, "name": one.stage.name, "state": one.state.words, "share": share_words(one),
            "who": "; ".join(one.stage.responsible), "when": one.stage.when or "в течение года",
            "missing": " ".join(one.missing),
        }
        for one in view.stages
    ]
    stages = plural(len(view.stages), "этапа", "этапов", "этапов")
    title = f"Цикл {year_name(choice.year)}, {choice.organisation.name}"
    middle = f"{year_name(choice.year)}\nсделано {view.finished}\nиз {stages}"
    chart_frame(f"{SCREEN}_ring", title, cycle_ring(segments, middle), Table(title, _COLUMNS, rows), heading=False)


def _show_line(one: StageView) -> None:
    words, door = st.columns([9, 4], vertical_alignment="center")
    with words:
        rest = one.missing[0] if one.missing else one.stage.when
        said = f"Готово: {share_words(one)}." + (f" {rest}" if rest else "")
        st.markdown(
            f"**{plain(f'{one.stage.number}. {one.stage.name}')}** "
            f":{stage_badge(one.state)}-badge[{one.state.words}]  \n:small[:gray[{plain(said)}]]"
        )
    with door:
        if is_built(one.door):
            link_to(one.door, screen_at(one.door).title)
