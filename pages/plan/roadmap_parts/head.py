"""The head of a roadmap: title, goal, period; deleting it."""

from __future__ import annotations

from functools import partial

import streamlit as st
from sqlmodel import Session

from core.blueprints.dictionaries import subjects
from core.people.scope import Scope
from core.planning.measures import RoadmapView
from core.planning.roadmaps import change_roadmap, delete_roadmap, get_roadmap
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.plan.roadmap_parts.address import SCREEN, close_roadmap
from pages.widgets.acting import act
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write


def show_head_actions(view: RoadmapView) -> None:
    """Show the button that deletes the roadmap, after a question."""
    roadmap = view.roadmap
    with st.popover("Удалить", icon=":material/delete:"):
        st.write("Карта исчезнет из списка вместе с мероприятиями. Её можно вернуть под списком карт.")
        st.button(
            "Удалить карту", key=f"{SCREEN}_delete_{roadmap.id}", type="primary", on_click=_delete,
            args=(roadmap.id or 0,),
        )


def show_head_form(view: RoadmapView) -> None:
    """Show title, subject, goal and period as a grid of one row, folded."""
    roadmap_id = view.roadmap.id or 0
    box = st.expander(
        "Название, цель и период карты", icon=":material/edit:", key=f"{SCREEN}_head_{roadmap_id}", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        grid_editor(
            _grid(roadmap_id), load=lambda: read(_load, roadmap_id),
            save=lambda changes: write(_save, roadmap_id, changes),
        )
        st.caption("От периода зависят сроки без года; правка названия, цели или периода требует нового согласования.")


def _grid(roadmap_id: int) -> Grid:
    return Grid(
        f"roadmap:{roadmap_id}",
        (
            GridColumn("title", "Название", required=True, width=340),
            GridColumn("subject", "Предмет", "choice", tuple(one.name for one in subjects().subjects), width=140),
            GridColumn("goal", "Цель", width=240),
            GridColumn("starts_on", "Начало", "date", required=True, width=100),
            GridColumn("ends_on", "Окончание", "date", required=True, width=100),
            GridColumn(
                "next_assessment", "Оценочная процедура", "date", width=150,
                help="День следующей оценочной процедуры: к нему относятся сроки «до следующей оценочной процедуры».",
            ),
        ),
        label="title",
    )


def _load(session: Session, scope: Scope, roadmap_id: int) -> list[GridRow]:
    roadmap = get_roadmap(session, scope, roadmap_id)
    names = [column.field for column in _grid(roadmap_id).columns]
    return [GridRow(roadmap_id, roadmap.version, {name: getattr(roadmap, name) for name in names})]


def _save(session: Session, scope: Scope, roadmap_id: int, changes: GridChanges) -> EditOutcome:
    return change_roadmap(session, scope, roadmap_id, changes.edits)


def _delete(roadmap_id: int) -> None:
    if act(partial(write, delete_roadmap, roadmap_id), "Карта удалена, её можно вернуть под списком.") is not None:
        close_roadmap()
