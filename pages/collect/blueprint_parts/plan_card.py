"""One plan: what it says of itself, its items, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from core.blueprints.drafts import BlueprintDraft
from core.blueprints.editing import (
    copy_blueprint,
    delete_blueprint,
    get_blueprint,
    restore_blueprint,
    save_blueprints,
)
from core.blueprints.editing_items import list_items
from core.blueprints.overview import BlueprintSummary
from core.blueprints.template import blueprint_workbook
from core.errors import QualityError
from core.people.scope import Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.words import plural
from pages.collect.blueprint_parts.owner_choice import ask_owner
from pages.collect.blueprint_parts.plan_items import items_grid, items_table, load_item_rows, save_item_rows
from pages.widgets.downloads import download
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.passport import Passport, show_passport
from pages.widgets.refusals import show_refusal
from pages.widgets.session import look, read, write
from pages.widgets.tables import show_table
from pages.widgets.texts import plain

_HEAD = (
    GridColumn("title", "Название", required=True, width="large"),
    GridColumn("grade", "Класс", "integer", required=True, width="small"),
    GridColumn("year_from", "Действует с года", "integer", required=True, width="small"),
    GridColumn("year_to", "По год", "integer", required=True, width="small"),
    GridColumn("source", "Источник", width="large"),
)


def show_plan(summary: BlueprintSummary, may_edit: bool, leave: Callable[[], None]) -> None:
    """Show a plan; it can be edited by its owner, and while it is not deleted. `leave` opens the list again.

    With `may_edit` somebody may make plans of their own: a copy of a plan of others too.
    """
    plan = summary.blueprint
    may_copy, may_edit = may_edit, may_edit and summary.may_change
    is_deleted = plan.deleted_at is not None
    st.subheader(plain(plan.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("К списку", key="blueprints_back", icon=":material/arrow_back:", on_click=leave)
        show_passport(_passport(summary))
        download(
            f"blueprint_file_{summary.id}", "Скачать как шаблон", plan.title, "xlsx",
            lambda: look(_workbook, summary.id),
        )
        if may_copy and not is_deleted:
            _offer_copy(summary)
        if may_edit and not is_deleted:
            _offer_delete(summary)
    items = plural(summary.items, "задание", "задания", "заданий")
    points = plural(summary.max_score, "балл", "балла", "баллов")
    st.caption(
        plain(f"{items}, {points}, {summary.years}, {plan.origin.value}. Чей план: {summary.owner}. {plan.source}")
    )
    if may_copy and not may_edit and not is_deleted:
        st.info(
            "Этот план меняет только его владелец. Скопируйте его: копия будет вашей и у вас заменит этот план.",
            icon=":material/lock:",
        )
    if is_deleted:
        _offer_restore(summary, may_edit)
    if not may_edit or is_deleted:
        rows = read(load_item_rows, summary.id)
        show_table(f"blueprint_items_{summary.id}", items_table(plan.title, rows), height=460)
        return
    grid_editor(
        items_grid(summary.id),
        load=lambda: read(load_item_rows, summary.id),
        save=lambda changes: write(save_item_rows, summary.id, changes),
        height=min(325, 40 + 36 * (summary.items + 1)),
    )
    with st.expander("Название, годы и источник плана"):
        grid_editor(
            Grid(f"blueprint:{summary.id}", _HEAD, label="title"),
            load=lambda: read(_load_head, summary.id),
            save=lambda changes: write(_save_head, changes),
        )


def _offer_copy(summary: BlueprintSummary) -> None:
    plan = summary.blueprint
    title = "Копировать на другой год" if summary.may_change else "Скопировать себе"
    with st.popover(title, icon=":material/content_copy:"):
        # Of a plan of others one wants the same years for oneself, of one's own the next year.
        years = (plan.year_to + 1,) * 2 if summary.may_change else (plan.year_from, plan.year_to)
        first = st.number_input("С года", 2010, 2100, years[0], key=f"blueprint_copy_from_{summary.id}")
        last = st.number_input("По год", 2010, 2100, years[1], key=f"blueprint_copy_to_{summary.id}")
        owner = ask_owner(f"blueprint_copy_{summary.id}")
        if st.button("Создать копию", key=f"blueprint_copy_{summary.id}", type="primary"):
            try:
                copy = write(copy_blueprint, summary.id, int(first), int(last), owner)
            except QualityError as refusal:
                show_refusal(refusal)
                return
            st.query_params["plan"] = str(copy.id)
            st.rerun()


def _offer_delete(summary: BlueprintSummary) -> None:
    with st.popover("Удалить", icon=":material/delete:"):
        st.write("План исчезнет из списка и из анализа новых работ. Его можно вернуть.")
        if st.button("Удалить план", key=f"blueprint_delete_{summary.id}", type="primary"):
            try:
                write(delete_blueprint, summary.id)
            except QualityError as refusal:
                show_refusal(refusal)
                return
            st.rerun()


def _offer_restore(summary: BlueprintSummary, may_edit: bool) -> None:
    st.warning("План удалён и при загрузке новых работ не используется.", icon=":material/delete:")
    if may_edit and st.button("Вернуть план", key=f"blueprint_restore_{summary.id}", icon=":material/undo:"):
        try:
            write(restore_blueprint, summary.id)
        except QualityError as refusal:
            show_refusal(refusal)
            return
        st.rerun()


def _passport(summary: BlueprintSummary) -> Passport:
    unknown = [
        f"{words}: {plural(count, 'задание', 'задания', 'заданий')}"
        for words, count in (
            ("не указан уровень", summary.without_level),
            ("не указан элемент содержания", summary.without_element),
            ("не указан тип задания", summary.without_task_type),
        )
        if count
    ]
    plan = summary.blueprint
    return Passport(
        audience="методисту: по этим элементам, типам и уровням ищутся проблемные поля",
        source=plan.source or "источник не указан",
        method=f"действует: {summary.years}; процедура «{plan.procedure}», {plan.subject}, {plan.grade} класс",
        limits=tuple(f"{part[0].upper()}{part[1:]}." for part in unknown),
    )


def _workbook(session: Session, scope: Scope, blueprint_id: int) -> bytes:
    plan = get_blueprint(session, scope, blueprint_id)
    return blueprint_workbook(BlueprintDraft.of(plan, list_items(session, scope, blueprint_id)))


def _load_head(session: Session, scope: Scope, blueprint_id: int) -> list[GridRow]:
    plan = get_blueprint(session, scope, blueprint_id)
    return [GridRow(blueprint_id, plan.version, {column.field: getattr(plan, column.field) for column in _HEAD})]


def _save_head(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    return save_blueprints(session, scope, changes.edits)
