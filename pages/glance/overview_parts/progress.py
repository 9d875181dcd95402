"""How far the cycle of the year is: its stages in a small box, each with number, name, sign and word."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.charts.cycle_ring import stage_badge
from core.cycle.derived import Marks
from core.cycle.models import models
from core.cycle.opened import OpenedCycle, opened_cycle
from core.cycle.overview import CycleView, StageView, cycle_view
from core.cycle.records import Level
from core.cycle.reminders import marks_and_reminders
from core.people.academic_year import year_name, year_on
from core.people.short_names import short_name
from core.people.tables import Organisation, OrganisationKind
from core.words import plural
from pages.widgets.links import link_to
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_progress(unit: Organisation) -> None:
    """Show the stages and the door to the cycle."""
    year = year_on(date.today())
    opened: OpenedCycle | None = read(opened_cycle, unit.id or 0, year)
    view = _view(unit, opened)
    with st.container(border=True, key="overview_cycle"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            count = plural(len(view.stages), "этапа", "этапов", "этапов")
            st.markdown(
                f"**Цикл {year_name(year)}**, {plain(short_name(unit.name))}: сделано {view.finished} из {count}"
                f"{'' if opened is not None else ', ещё не открыт'}",
                width="content",
            )
            link_to("cycle", "К циклу", {"cycle_unit": str(unit.id)})
        half = (len(view.stages) + 1) // 2
        for column, stages in zip(st.columns(2, gap="small"), (view.stages[:half], view.stages[half:]), strict=True):
            with column, st.container(key=f"names_of_stages_{stages[0].stage.number}" if stages else None):
                st.markdown("\n\n".join(_line(one) for one in stages))
        following = view.next_stage
        if following is not None:
            rest = following.missing[0] if following.missing else following.stage.when
            st.caption(plain(f"Дальше: {following.stage.number}. {following.stage.name}. {rest}"))


def _line(one: StageView) -> str:
    """Return a paragraph of one line: the screen cuts what does not fit, paper has room for it."""
    name = plain(f"{one.stage.number}. {one.stage.name}")
    return f":{stage_badge(one.state)}-badge[{one.state.words}] :small[{name}]"


def _view(unit: Organisation, opened: OpenedCycle | None) -> CycleView:
    """Return the cycle of the organisation as it stands: the opened one, else as a model of its level would see it."""
    marks: Marks = read(marks_and_reminders, unit.id or 0, date.today())[0]
    if opened is not None:
        return cycle_view(opened.model.file, marks, opened)
    wanted = Level.SCHOOL if unit.kind is OrganisationKind.SCHOOL else Level.MUNICIPALITY
    return cycle_view(next((one for one in models() if one.file.level is wanted), models()[0]).file, marks)
