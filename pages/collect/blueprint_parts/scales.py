"""Mark scales: from which primary score each mark begins, and what it asks for besides the sum."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from sqlmodel import Session

from core.blueprints.dictionaries import procedure_named, procedures, subjects
from core.blueprints.editing_scales import list_scales, restore_scale, save_scale_changes
from core.blueprints.tables import MarkScale
from core.people.scope import Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.collect.blueprint_parts.deleted_rows import show_deleted
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.passport import Passport, show_passport
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table

_PASSPORT = Passport(
    audience="методисту: по шкалам ставятся отметки, если в файле их нет, и видны границы на графике баллов",
    source="у каждой шкалы назван свой источник и годы действия",
    method=(
        "отметка ставится по первичному баллу; если дополнительное условие отметки не выполнено, ставится следующая "
        "более низкая; своя шкала важнее шкалы из поставки"
    ),
    limits=(
        "Шкалы ВПР 2025–2026 годов, кроме русского языка в 4 классе, в открытых источниках не подтверждены: внесите их "
        "из демоверсии ФИОКО.",
        "Границы ОГЭ — рекомендации Рособрнадзора, регион может установить свои; где указана только граница «3», "
        "остальные не подтверждены.",
    ),
)


def show_scales(may_edit: bool) -> None:
    """Show the scales of one procedure as a grid, read only without the right to edit."""
    names = [one.name for one in procedures().procedures if one.has_marks or one.has_test_scores]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        procedure = st.selectbox("Процедура", names, key="blueprints_scales_of", width=320)
        show_passport(_PASSPORT)
    grid = _grid(procedure)
    if not may_edit:
        columns = tuple(
            Column(one.field, one.title, "integer" if one.kind == "integer" else "text", one.help, one.width)
            for one in grid.columns
        )
        rows = [row.values for row in read(_load, procedure)]
        show_table("blueprints_scales", Table(f"Шкалы отметок, {procedure}", columns, rows), height=430)
        return
    grid_editor(
        grid,
        load=lambda: read(_load, procedure),
        save=lambda changes: write(_save, procedure, changes),
        height=430,
    )
    gone = {scale.id or 0: _name(scale) for scale in read(list_scales, deleted=True) if scale.procedure == procedure}
    show_deleted("blueprints_scale", "Удалённые шкалы", gone, lambda scale_id: write(restore_scale, scale_id))


def _grid(procedure: str) -> Grid:
    number = partial(GridColumn, kind="integer", width=85)
    known = procedure_named(procedure)
    test_score = GridColumn(
        "minimum_test_score", "Мин. тестовый балл", "integer", width=175, help="Наименьший балл по стобалльной шкале"
    )
    return Grid(
        f"mark_scale:{procedure}",
        (
            GridColumn(
                "subject", "Предмет", "choice", tuple(one.name for one in subjects().subjects), required=True,
                width="medium",
            ),
            number("grade", "Класс", required=True),
            number("year_from", "С года", required=True),
            number("year_to", "По год", required=True),
            number("max_score", "Макс. балл", width=115),
            number("from_3", "«3» от"),
            number("from_4", "«4» от"),
            number("from_5", "«5» от"),
            *((test_score,) if known is not None and known.has_test_scores else ()),
            GridColumn("conditions", "Дополнительные условия", editable=False, width="large"),
            GridColumn("source", "Источник", width="large"),
        ),
        may_add=True,
        may_delete=True,
        label="subject",
    )


def _load(session: Session, scope: Scope, procedure: str) -> list[GridRow]:
    return [
        GridRow(
            scale.id or 0,
            scale.version,
            {
                **{
                    column.field: getattr(scale, column.field)
                    for column in _grid(procedure).columns
                    if column.field != "conditions"
                },
                "conditions": _conditions(scale),
            },
        )
        for scale in list_scales(session, scope)
        if scale.procedure == procedure
    ]


def _save(session: Session, scope: Scope, procedure: str, changes: GridChanges) -> EditOutcome:
    """Save the grid; new scales are of the procedure that is shown."""
    added = [{**row, "procedure": procedure} for row in changes.added]
    return save_scale_changes(session, scope, replace(changes, added=added))


def _conditions(scale: MarkScale) -> str:
    """Return the conditions in words: «для «4» — не менее 6 баллов за грамотность»."""
    return "; ".join(f"для «{one['mark']}» — {one['words']}" for one in scale.conditions)


def _name(scale: MarkScale) -> str:
    years = str(scale.year_from) if scale.year_from == scale.year_to else f"{scale.year_from}–{scale.year_to}"
    return f"{scale.subject}, {scale.grade} класс, {years}"
