"""Days of the stages and who answers for them, in the shared grid editor."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.cycle.opened import OpenedCycle, opened_cycle
from core.cycle.responsible import choices_of
from core.cycle.stage_dates import Dated, order_warnings, year_window
from core.cycle.stage_editing import save_stages
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.words import day
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.teacher_cells import with_ids, with_names
from pages.widgets.texts import plain


def show_stage_grid(opened: OpenedCycle) -> None:
    """Show the stages of an open cycle with their days and people, to be changed."""
    present, bodies = read(choices_of, opened.organisation_id)
    # Who stands there already stays in the list though they left.
    teachers = {one.teacher_id: one.teacher for one in opened.stages if one.teacher_id is not None} | present
    grid = Grid(
        f"cycle_stage:{opened.id}",
        (
            GridColumn("number", "Этап", editable=False, width=60),
            GridColumn("name", "Название", editable=False, width=300),
            GridColumn("starts_on", "Начало", "date", required=True, width=110),
            GridColumn("ends_on", "Окончание", "date", required=True, width=110),
            GridColumn("responsible", "Кто отвечает (словами)", width=230),
            GridColumn("teacher_id", "Педагог или руководитель", "choice", tuple(teachers.values()), width=200),
            GridColumn("association_id", "Объединение", "choice", tuple(bodies.values()), width=200),
        ),
        label="number",
    )

    def save(changes: GridChanges) -> EditOutcome:
        known = with_ids(with_ids(changes, teachers), bodies, "association_id")
        outcome: EditOutcome = write(save_stages, opened.id, known)
        return with_names(with_names(outcome, teachers), bodies, "association_id")

    _warn(opened)
    grid_editor(grid, partial(_rows, opened, teachers, bodies), save, lines=2)
    whole = year_window(opened.year)
    st.caption(plain(f"Сроки – с {day(whole.first)} по {day(whole.last)}. Имя и объединение важнее слов модели."))


def _rows(opened: OpenedCycle, teachers: dict[int, str], bodies: dict[int, str]) -> list[GridRow]:
    fresh: OpenedCycle | None = read(opened_cycle, opened.organisation_id, opened.year)
    return [
        GridRow(one.id, one.version, {
            "number": one.number, "name": one.name, "starts_on": one.starts_on, "ends_on": one.ends_on,
            "responsible": one.responsible, "teacher_id": teachers.get(one.teacher_id or 0),
            "association_id": bodies.get(one.association_id or 0),
        })
        for one in (fresh or opened).stages
    ]


def _warn(opened: OpenedCycle) -> None:
    timed = {one.number for one in opened.model.file.stages if one.when}
    dated = [Dated(one.number, one.starts_on, one.ends_on, one.number in timed) for one in opened.stages]
    for said in order_warnings(dated):
        st.warning(plain(said), icon=":material/swap_vert:")
