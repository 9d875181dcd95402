"""Organisations: the tree on a day, correcting in a grid, creating, renaming, moving, merging, closing."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.people.organisation_changes import (
    Merger,
    close_organisation,
    merge_organisations,
    move_organisation,
    rename_organisation,
)
from core.people.organisations import Tree, create_organisation, free_code, load_tree, natural_key
from core.people.people_grids import save_organisations
from core.people.scope import Action, Scope
from core.people.tables import Organisation, OrganisationKind
from core.words import day as day_in_words
from pages.widgets.acting import act, drawer, typed
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.organisations import is_everywhere, organisations_for
from pages.widgets.session import look, read, write
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    Column("name", "Организация", width="large"),
    Column("kind", "Вид"),
    Column("code", "Код"),
    Column("state", "Состояние"),
)
_GRID = Grid(
    "organisation",
    (GridColumn("code", "Код", required=True), GridColumn("name", "Название", required=True, width="large")),
    label="name",
)


def show_organisations(scope: Scope) -> None:
    """Show the tree as it was on a chosen day, and what can be done with it."""
    on = st.date_input("Дерево на дату", value=date.today(), key="admin_tree_day", format="DD.MM.YYYY", width=200)
    tree: Tree = read(load_tree, on if isinstance(on, date) else None)
    show_table("admin_tree", Table("Организации", _COLUMNS, tree_rows(tree)))
    with st.container(horizontal=True):
        create = drawer("unit_create", "Создать", ":material/add:")
        change = drawer("unit_change", "Переименовать, перевести, объединить", ":material/edit:")
        correct = drawer("unit_correct", "Исправить опечатки", ":material/spellcheck:")
    with create:
        _create(scope)
    with change:
        _change(scope)
    with correct:
        st.caption("Исправление опечатки меняет название и в прошлых отчётах; переименование — нет.")
        grid_editor(_GRID, partial(_rows, scope), lambda changes: write(save_organisations, changes))


def tree_rows(tree: Tree) -> list[dict[str, object]]:
    """Return the tree as lines from the top down, each level shifted to the right."""
    children: dict[int | None, list[Organisation]] = {}
    for unit in tree.organisations.values():
        parent = tree.parents.get(unit.id or 0)
        children.setdefault(parent if parent in tree.organisations else None, []).append(unit)
    lines: list[dict[str, object]] = []

    def add(parent: int | None, depth: int) -> None:
        for unit in sorted(children.get(parent, []), key=lambda one: natural_key(one.name)):
            closed = unit.closed_on is not None and unit.closed_on <= tree.day
            state = f"закрыта с {day_in_words(unit.closed_on)}" if closed and unit.closed_on else "действует"
            indent = "\u2003" * depth
            lines.append({"name": f"{indent}{unit.name}", "kind": unit.kind.value, "code": unit.code, "state": state})
            add(unit.id, depth + 1)

    add(None, 0)
    return lines


def _rows(scope: Scope) -> list[GridRow]:
    units = organisations_for(scope, Action.MANAGE_ORGANISATIONS)
    return [GridRow(unit.id or 0, unit.version, {"code": unit.code, "name": unit.name}) for unit in units]


def _create(scope: Scope) -> None:
    units = {unit.id or 0: unit for unit in organisations_for(scope, Action.MANAGE_ORGANISATIONS)}
    top = [0] if is_everywhere(scope, Action.MANAGE_ORGANISATIONS) else []
    with st.form("admin_new_unit", border=False):
        st.selectbox("Вид", list(OrganisationKind), index=2, key="unit_kind", format_func=str)
        st.text_input("Название", key="unit_name", max_chars=300)
        st.text_input("Код (логин в ФИС ОКО), можно не указывать", key="unit_code", max_chars=64)
        st.selectbox(
            "Кому подчиняется",
            [*units, *top],
            format_func=lambda unit: units[unit].name if unit else "никому: верхний уровень",
            key="unit_parent",
        )
        st.form_submit_button("Создать", type="primary", on_click=_on_create)


def _on_create() -> None:
    kind: OrganisationKind = st.session_state["unit_kind"]
    code = typed("unit_code") or look(_free_code, kind)
    parent = st.session_state["unit_parent"] or None
    work = partial(write, create_organisation, code=code, name=typed("unit_name"), kind=kind, parent_id=parent)
    act(work, lambda unit: f"Создано: {unit.name}.", forget=("unit_name", "unit_code", "unit_create"))


def _free_code(session: object, _scope: Scope, kind: OrganisationKind) -> str:
    return free_code(session, kind)  # type: ignore[arg-type]


def _change(scope: Scope) -> None:
    units = {unit.id or 0: unit for unit in organisations_for(scope, Action.MANAGE_ORGANISATIONS)}
    if not units:
        st.info("Организаций пока нет.")
        return
    names = {key: unit.name for key, unit in units.items()}
    st.selectbox("Организация", list(units), key="unit_one", format_func=names.__getitem__)
    what = st.radio("Что сделать", list(_CHANGES), key="unit_what")
    if what == _RENAME:
        st.text_input("Новое название", key="unit_new_name", max_chars=300)
    elif what != _CLOSE:
        st.selectbox(
            "С какой" if what == _MERGE else "Кому подчинить",
            list(units),
            key="unit_other",
            format_func=names.__getitem__,
        )
    st.date_input("С какого дня", value=date.today(), key="unit_day", format="DD.MM.YYYY")
    st.caption(_CHANGES[what])
    st.button("Выполнить", key="unit_do", type="primary", on_click=_on_change, args=(what,))


_RENAME, _MOVE, _MERGE, _CLOSE = "переименовать", "перевести в другую организацию", "присоединить к школе", "закрыть"
_CHANGES = {
    _RENAME: "Отчёты до этого дня сохранят прежнее название.",
    _MOVE: "До этого дня организация остаётся в прежнем подчинении, и прошлые сводки не меняются.",
    _MERGE: "Школа закроется, её прошлые работы останутся видны; педагоги и их роли перейдут в другую школу.",
    _CLOSE: "Организация останется в прошлых отчётах и не войдёт в новые.",
}


def _on_change(what: str) -> None:
    unit, other = st.session_state["unit_one"], st.session_state.get("unit_other") or 0
    on: date = st.session_state["unit_day"]
    drawers = ("unit_change",)
    if what == _RENAME:
        work = partial(write, rename_organisation, unit, typed("unit_new_name"), on=on)
        act(work, "Переименовано.", forget=("unit_new_name", *drawers))
    elif what == _MOVE:
        act(partial(write, move_organisation, unit, other, on=on), "Подчинение изменено.", forget=drawers)
    elif what == _MERGE:
        act(partial(write, merge_organisations, unit, other, on=on), _say_merged, forget=drawers)
    else:
        act(partial(write, close_organisation, unit, on=on), "Организация закрыта.", forget=drawers)


def _say_merged(merger: Merger) -> str:
    return f"Школы объединены, переведено педагогов: {merger.employments}."
