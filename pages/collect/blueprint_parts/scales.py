"""Mark scales: from which primary score each mark begins, and what it asks for besides the sum."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from sqlmodel import Session

from core.blueprints.dictionaries import procedure_named, procedures, subjects
from core.blueprints.editing_scales import list_scales, restore_scale, save_scale_changes
from core.blueprints.tables import MarkScale
from core.people.ownership import may_change, owner_names
from core.people.scope import Action, Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.collect.blueprint_parts.owner_choice import OWNER_COLUMN
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.passport import Passport, show_passport
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Kind, Table, show_table

_PASSPORT = Passport(
    audience="методисту: по шкалам ставятся отметки, если в файле их нет, и видны границы на графике баллов",
    source="у каждой шкалы назван свой источник и годы действия",
    method=(
        "отметка ставится по первичному баллу; если дополнительное условие отметки не выполнено, ставится следующая "
        "более низкая; шкала школы важнее шкалы муниципалитета, а та — общей; своя важнее шкалы из поставки"
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
    locked = read(_load, procedure, changeable=False)
    if may_edit:
        grid_editor(
            grid,
            load=lambda: read(_load, procedure, changeable=True),
            save=lambda changes: write(_save, procedure, changes),
            height=230 if locked else 430,
        )
        gone = read(_deleted, procedure)
        show_deleted("blueprints_scale", "Удалённые шкалы", gone, lambda scale_id: write(restore_scale, scale_id))
        if not locked:
            return
        st.caption(":material/lock: Общие шкалы и шкалы других организаций меняет их владелец. Ваши важнее.")
    columns = tuple(
        Column(one.field, one.title, _kind(one), one.help, one.width) for one in grid.columns
    )
    table = Table(f"Шкалы отметок, {procedure}", columns, [row.values for row in locked])
    show_table("blueprints_scales", table, height=230 if may_edit else 430)


def _kind(column: GridColumn) -> Kind:
    """Return how the read-only table shows a column of the grid."""
    if column.kind != "integer":
        return "text"
    return "year" if column.field in ("year_from", "year_to") else "integer"


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
            OWNER_COLUMN,
        ),
        may_add=True,
        may_delete=True,
        label="subject",
        empty="Своих шкал этой процедуры нет, действуют общие. Если нужны другие границы, впишите строку и сохраните.",
    )


def _load(session: Session, scope: Scope, procedure: str, *, changeable: bool) -> list[GridRow]:
    """Return the scales of the procedure that the actor may change, or those that they may only read."""
    scales = [
        scale
        for scale in list_scales(session, scope)
        if scale.procedure == procedure and _is_changeable(scope, scale) == changeable
    ]
    owners = owner_names(session, [scale.organisation_id for scale in scales])
    return [
        GridRow(
            scale.id or 0,
            scale.version,
            {
                **{
                    column.field: getattr(scale, column.field)
                    for column in _grid(procedure).columns
                    if column.field not in {"conditions", OWNER_COLUMN.field}
                },
                "conditions": _conditions(scale),
                OWNER_COLUMN.field: owners.get(scale.organisation_id, ""),
            },
        )
        for scale in scales
    ]


def _deleted(session: Session, scope: Scope, procedure: str) -> dict[int, str]:
    """Return the deleted scales of the procedure that the actor may bring back."""
    return {
        scale.id or 0: _name(scale)
        for scale in list_scales(session, scope, deleted=True)
        if scale.procedure == procedure and _is_changeable(scope, scale)
    }


def _is_changeable(scope: Scope, scale: MarkScale) -> bool:
    return may_change(scope, Action.EDIT_BLUEPRINTS, scale.organisation_id, scale.subject)


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
