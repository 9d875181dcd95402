"""The plan of a collection in the grid editor: which values of whom until when, and who answers for it."""

from __future__ import annotations

import streamlit as st

from core.monitoring.collection import Collection
from core.monitoring.leading_collection import plan_rows, save_plan
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.passports import Passport, list_passports, passports_of_year
from core.monitoring.plan_tables import CollectionStep, Reporting
from core.words import day
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table

_EVERYTHING = ""


def show_plan(one: Collection, year: int, *, may_change: bool) -> None:
    """Show the plan of the collection; who leads it edits the lines while it is not closed."""
    with st.expander("План сбора: кто, что и до какого дня", icon=":material/checklist:"):
        st.caption("Пустая цель или вид – все показатели. Если подходят две строки, действует более узкая.")
        if may_change and one.closed_at is None:
            grid_editor(
                _grid(one, year), load=lambda: _rows(one.id),
                save=lambda changes: write(save_plan, one.id, changes), height=220,
            )
            return
        show_table(f"{SCREEN}_plan_lines", Table("План сбора", (
            Column("units", "Чьи значения", width=160), Column("goal", "Цель", width=260),
            Column("kind", "Вид", width=150), Column("due", "Срок", width=110),
            Column("responsible", "Ответственный", width=240),
        ), [
            {"units": step.units.value, "goal": step.goal or "все цели", "kind": step.kind or "все виды",
             "due": day(step.due_on), "responsible": step.responsible}
            for step in one.steps
        ]))


def _grid(one: Collection, year: int) -> Grid:
    passports: tuple[Passport, ...] = read(list_passports, one.organisation_id)
    goals = dict.fromkeys(each.goal for each in passports_of_year(passports, year).values())
    return Grid(f"collection_step:{one.id}", (
        GridColumn("units", "Чьи значения", "choice", tuple(Reporting), required=True, width=160),
        GridColumn("goal", "Цель", "choice", (_EVERYTHING, *goals), width=260),
        GridColumn("kind", "Вид показателей", "choice", (_EVERYTHING, *IndicatorKind), width=160),
        GridColumn("due_on", "Срок", "date", required=True, width=110),
        GridColumn("responsible", "Ответственный", width=220),
        GridColumn("note", "Примечание", width=220),
    ), may_add=True, may_delete=True, defaults={"units": Reporting.EVERYBODY.value}, label="units")


def _rows(campaign_id: int) -> list[GridRow]:
    steps: list[CollectionStep] = read(plan_rows, campaign_id)
    return [
        GridRow(one.id or 0, one.version, {
            "units": one.units.value, "goal": one.goal, "kind": one.kind, "due_on": one.due_on,
            "responsible": one.responsible, "note": one.note,
        })
        for one in steps
    ]
