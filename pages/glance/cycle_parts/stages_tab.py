"""The circle with its state, every stage in a line with its door, and one stage in full."""

from __future__ import annotations

import streamlit as st

from core.charts.cycle_ring import RingStage, cycle_ring, stage_badge
from core.cycle.access import may_lead
from core.cycle.opened import cycle_history
from core.cycle.overview import CycleView, StageView
from core.people.academic_year import year_name
from core.words import day, plural
from pages.glance.cycle_parts.choice import SCREEN, Choice
from pages.glance.cycle_parts.opening import show_invitation, show_standing, show_withdrawing
from pages.glance.cycle_parts.stage import show_stage, when_words
from pages.glance.cycle_parts.stage_grid import show_stage_grid
from pages.widgets.chart_frame import chart_frame
from pages.widgets.history import show_history
from pages.widgets.links import link_to
from pages.widgets.screens import is_built, screen_at
from pages.widgets.session import current_scope, read
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
    """Show how the cycle stands, the ring beside the list of stages, then the chosen stage."""
    if choice.opened is None:
        show_invitation(choice)
    else:
        show_standing(choice.opened, view)
    left, right = st.columns([4, 9], gap="medium")
    with left:
        _show_ring(choice, view)
    with right, st.container(border=True, gap="xsmall"):
        for one in view.stages:
            _show_line(choice, one)
    numbers = [one.stage.number for one in view.stages]
    first = view.next_stage.stage.number if view.next_stage is not None else numbers[0]
    key = _stage_key(choice)
    chosen = st.segmented_control(
        "Этап подробно", numbers, default=None if st.session_state.get(key) in numbers else first, key=key,
        required=True, format_func=lambda number: f"Этап {number}", persist_state="session",
    )
    show_stage(next(one for one in view.stages if one.stage.number == (chosen or first)), choice.opened)
    _show_plan(choice)


def _show_plan(choice: Choice) -> None:
    """Show the grid of days and people to those who lead an open cycle."""
    if choice.opened is None or not choice.opened.is_open or not may_lead(current_scope(), choice.organisation_id):
        return
    plan = st.expander(
        "Сроки и ответственные", icon=":material/edit_calendar:", key=f"{SCREEN}_plan", on_change="rerun"
    )
    if plan.open:
        with plan:
            show_stage_grid(choice.opened)
    journal = st.expander("Журнал цикла", icon=":material/history:", key=f"{SCREEN}_journal", on_change="rerun")
    if journal.open:
        with journal:
            show_history(f"{SCREEN}_history", read(cycle_history, choice.opened.id), with_objects=True)
    show_withdrawing(choice.opened)


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
            "who": one.who, "when": when_words(one),
            "missing": " ".join(one.missing),
        }
        for one in view.stages
    ]
    stages = plural(len(view.stages), "этапа", "этапов", "этапов")
    title = f"Цикл {year_name(choice.year)}, {choice.organisation.name}"
    middle = f"{year_name(choice.year)}\nсделано {view.finished}\nиз {stages}"
    chart_frame(f"{SCREEN}_ring", title, cycle_ring(segments, middle), Table(title, _COLUMNS, rows), heading=False)


def _show_line(choice: Choice, one: StageView) -> None:
    words, door = st.columns([8, 3], vertical_alignment="center")
    with words:
        colour = "red" if one.is_overdue else stage_badge(one.state)
        late = ", срок прошёл" if one.is_overdue else ""
        st.markdown(
            f"**{plain(f'{one.stage.number}. {one.stage.name}')}** "
            f":{colour}-badge[{one.state.words}{late}]  \n:small[:gray[{plain(_said(one))}]]"
        )
    with door:
        if one.waits_for_people:
            st.button(
                "Отметить ниже", key=f"{SCREEN}_to_{one.stage.number}", icon=":material/edit:", type="tertiary",
                on_click=_choose, args=(_stage_key(choice), one.stage.number),
            )
        elif is_built(one.door):
            link_to(one.door, screen_at(one.door).title)


def _stage_key(choice: Choice) -> str:
    return f"{SCREEN}_stage_{choice.model.code}"


def _choose(key: str, number: str) -> None:
    st.session_state[key] = number


def _said(one: StageView) -> str:
    """Return until when, who, how much is there, what is missing; of a stage that is done how much alone."""
    share = f"Готово: {share_words(one)}."
    if not one.is_open:
        return share
    missing = one.missing[0] if one.missing else ""
    if one.plan is None:
        return f"{share} {missing or one.stage.when}".strip()
    first, *others = one.who.split("; ")
    return f"До {day(one.plan.ends_on)}, {first}{' и другие' if others else ''}. {share} {missing}".strip()
