"""«Группы похожих школ»: which schools are compared with each other, from a reporting year on."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import InvalidInput
from core.monitoring.groups import GroupedSchool, assign_group, grouped_schools
from core.people.academic_year import year_name
from core.people.scope import Action
from core.words import plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.acting import act, refuse
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_SCHOOLS, _NAME = f"{SCREEN}_group_schools", f"{SCREEN}_group_name"


def show_groups(organisation_id: int, year: int) -> None:
    """Show the groups of the schools below a unit to those who accept its values, and let schools be put into one."""
    scope = current_scope()
    if not scope.allows(Action.ACCEPT_INDICATORS) or not scope.require(Action.ACCEPT_INDICATORS).sees_organisation(
        organisation_id
    ):
        return
    folded = st.expander(
        "Группы похожих школ", icon=":material/group_work:", key=f"{SCREEN}_groups", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        schools: tuple[GroupedSchool, ...] = read(grouped_schools, organisation_id, year)
        st.caption(plain(
            f"Состав групп на {year_name(year)}. В одну группу входят школы со сходными условиями: город или село, "
            "число обучающихся, контингент; группа с тем же названием в другом муниципалитете региона – та же группа. "
            "Школа видит общее значение остальных, если их не меньше трёх."
        ))
        show_table(f"{SCREEN}_groups_table", Table(f"Группы похожих школ, {year_name(year)}", (
            Column("name", "Школа", width=360), Column("group", "Группа", width=360),
        ), [{"name": one.name, "group": one.group or "—"} for one in schools]))
        names = {one.organisation_id: one.name for one in schools}
        st.multiselect("Школы", list(names), format_func=lambda key: names[key], key=_SCHOOLS)
        st.selectbox(
            "Группа", sorted({one.group for one in schools if one.group}), index=None, key=_NAME,
            accept_new_options=True, placeholder="Выберите или напишите название",
        )
        with st.container(horizontal=True):
            st.button(
                f"Отнести к группе с {year_name(year)}", key=f"{SCREEN}_group_put", type="primary",
                icon=":material/check:", on_click=_put, args=(year, False),
            )
            st.button(
                "Вывести из группы", key=f"{SCREEN}_group_out", icon=":material/remove:", on_click=_put,
                args=(year, True),
            )


def _put(year: int, is_out: bool) -> None:
    schools = tuple(st.session_state.get(_SCHOOLS, ()))
    group = "" if is_out else str(st.session_state.get(_NAME) or "")
    if not is_out and not group.strip():
        refuse(InvalidInput("Не сказано, в какую группу отнести школы.", "Выберите группу или напишите её название."))
        return
    act(partial(write, assign_group, schools, year, group), _said)


def _said(count: int) -> str:
    return f"Группа изменена: {plural(count, 'школа', 'школы', 'школ')}."
