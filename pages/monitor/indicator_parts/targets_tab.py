"""«Цели»: targets of a year for the organisation as a whole, all its schools, groups of schools, single ones."""

from __future__ import annotations

import streamlit as st

from core.monitoring.passports import Passport, list_passports, passports_of_year
from core.monitoring.plan_tables import IndicatorTarget
from core.monitoring.setting_targets import Audience, audiences, save_targets, target_rows
from core.people.academic_year import year_name
from core.words import number
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain


def show_targets(organisation_id: int, year: int, *, may_lead: bool) -> None:
    """Show the targets that the unit set; who leads there edits them."""
    known: tuple[Audience, ...] = read(audiences, organisation_id, year)
    by_key = {one.key: one for one in known}
    st.caption(plain(
        "Действует ближайшая цель: план самой организации (вкладка «Ввод и сдача»), затем цель для одной организации, "
        "для группы школ, для всех школ. На табло написано, чья она."
    ))
    key = st.selectbox(
        "Для кого", list(by_key), key=f"{SCREEN}_audience", format_func=lambda one: by_key[one].name
    )
    audience = by_key.get(key) if key is not None else None
    if audience is None:
        return
    passports: tuple[Passport, ...] = read(list_passports, organisation_id)
    names = {code: f"{code}. {one.name}" for code, one in passports_of_year(passports, year).items()}
    rows: list[IndicatorTarget] = read(target_rows, organisation_id, year, audience)
    if may_lead:
        grid_editor(
            _grid(organisation_id, year, audience, tuple(names.values())),
            load=lambda: _rows(organisation_id, year, audience, names),
            save=lambda changes: write(save_targets, organisation_id, year, audience, changes),
            height=min(420, 38 + 36 * (len(rows) + 2)),
        )
        return
    if not rows:
        st.info(plain(f"Целей на {year_name(year)} нет."), icon=":material/flag:")
        return
    show_table(f"{SCREEN}_targets", Table("Цели", (
        Column("name", "Показатель", width=480), Column("value", "Цель", width=100),
        Column("comment", "Примечание", width=320),
    ), [
        {"name": names.get(one.code, one.code), "value": number(one.value, 1 if one.value % 1 else 0),
         "comment": one.comment}
        for one in rows
    ]))


def _grid(organisation_id: int, year: int, audience: Audience, names: tuple[str, ...]) -> Grid:
    return Grid(f"indicator_target:{organisation_id}:{year}:{audience.key}", (
        GridColumn("code", "Показатель", "choice", names, required=True, width=480),
        GridColumn("value", "Цель", "decimal", required=True, width=110, help="Для доли – процент."),
        GridColumn("comment", "Примечание", width=320),
    ), may_add=True, may_delete=True, label="code")


def _rows(organisation_id: int, year: int, audience: Audience, names: dict[str, str]) -> list[GridRow]:
    rows: list[IndicatorTarget] = read(target_rows, organisation_id, year, audience)
    return [
        GridRow(one.id or 0, one.version, {
            "code": names.get(one.code, one.code), "value": one.value, "comment": one.comment,
        })
        for one in rows
    ]
