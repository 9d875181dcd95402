"""Associations of an organisation: the grid, and who belongs to one of them."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.association_tables import AssociationKind
from core.people.associations import (
    Member,
    add_member,
    end_membership,
    list_associations,
    list_candidates,
    list_members,
)
from core.people.people_grids import save_associations
from core.people.scope import Action, Scope
from pages.widgets.acting import act
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.organisations import choose_organisation, organisations_for, row_id
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table

_COLUMNS = (
    GridColumn("kind", "Вид", "choice", options=tuple(kind.value for kind in AssociationKind), required=True),
    GridColumn("name", "Название", required=True, width="large", help="Например: учителей математики и физики"),
    GridColumn("subjects", "Предметы", help="Через запятую; пусто — все"),
)
_MEMBERS = (Column("name", "Участник"), Column("head", "Руководит"), Column("since", "С", "date"))


def show_associations(scope: Scope) -> None:
    """Edit the associations where the person manages all of them, and the members of each one in reach."""
    reach = scope.require(Action.MANAGE_ASSOCIATIONS)
    units = [
        unit
        for unit in organisations_for(scope, Action.MANAGE_ASSOCIATIONS)
        if reach.sees_all_associations(unit.id or 0)
    ]
    if units:
        unit = choose_organisation("associations_place", "Организация", units)
        if unit is not None and unit.id is not None:
            place = unit.id
            grid = Grid(f"association:{place}", _COLUMNS, may_add=True, may_delete=True, label="name")
            grid_editor(grid, partial(_rows, place), lambda changes: write(save_associations, place, changes))
            _show_members(place)
    else:
        _show_members(None)


def _rows(place: int) -> list[GridRow]:
    return [
        GridRow(
            row.id or 0,
            row.version,
            {"kind": row.kind.value, "name": row.name, "subjects": ", ".join(row.subjects)},
        )
        for row in read(list_associations, place)
    ]


def _show_members(place: int | None) -> None:
    found = {row.id or 0: f"{row.kind} {row.name}" for row in read(list_associations, place)}
    if not found:
        st.info("Объединений пока нет.", icon=":material/groups:")
        return
    chosen = st.selectbox("Участники объединения", list(found), format_func=lambda one: found[one], key="members_of")
    if chosen is None:
        return
    members: list[Member] = read(list_members, chosen)
    lines = [
        {"id": one.membership_id, "name": one.name, "head": "● да" if one.is_head else "", "since": one.valid_from}
        for one in members
    ]
    picked = show_table(f"members_{chosen}", Table(found[chosen], _MEMBERS, lines), choose=True)
    candidates = dict(read(list_candidates, chosen))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Принять педагога",
            list(candidates),
            index=None,
            format_func=lambda one: candidates[one],
            placeholder="Выберите педагога",
            key="member_new",
            width=320,
        )
        st.checkbox("руководитель", key="member_head")
        nobody = st.session_state.get("member_new") is None
        st.button(
            "Принять", key="member_add", on_click=_add, args=(chosen,), disabled=nobody,
            help="Сначала выберите педагога." if nobody else None,
        )
        st.button(
            "Вывести выбранного",
            key="member_end",
            disabled=picked is None,
            on_click=act,
            args=(partial(write, end_membership, row_id(picked)), "Участие завершено сегодняшним днём."),
        )


def _add(association_id: int) -> None:
    teacher = st.session_state.get("member_new")
    if teacher is not None:
        work = partial(write, add_member, association_id, teacher, is_head=bool(st.session_state.get("member_head")))
        act(work, "Педагог принят.", forget=("member_new", "member_head"))
