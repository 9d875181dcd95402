"""Threshold presets: where «достигнуто» begins, where «недостаточно» ends, and which preset judges which works."""

from __future__ import annotations

import streamlit as st

from core.blueprints.editing_presets import restore_preset
from core.blueprints.thresholds import presets_in_use
from core.people.academic_year import year_on
from core.store.base import utc_now
from core.words import day
from pages.collect.blueprint_parts.preset_rows import (
    PRESET_GRID,
    deleted_presets,
    load_preset_rows,
    save_preset_rows,
)
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.grid_editor import grid_editor
from pages.widgets.passport import Passport, show_passport
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table

_PASSPORT = Passport(
    audience="методисту: от порога зависит, какое поле считается проблемным",
    source="у каждого набора назван источник",
    method=(
        "«достигнуто» — не ниже верхней границы, «недостаточно» — ниже нижней, между ними зона неопределённости; "
        "повышенный и высокий уровни судятся по второй паре границ"
    ),
    limits=(
        "Границы САО 50/15 документом не подтверждены.",
        "Единый порог 50 % — граница по умолчанию, её следует заменить своей.",
    ),
)
_USE = (
    Column("procedure", "Процедура", width="medium"),
    Column("preset", "Набор порогов", width="medium"),
    Column("valid", "Действует", width="medium"),
    Column("source", "Источник", width="large"),
)


def show_presets(may_edit: bool) -> None:
    """Show the presets as a grid in per cent, and which one is used for which procedure."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Наборы порогов, %", anchor=False)
        show_passport(_PASSPORT)
    if may_edit:
        grid_editor(
            PRESET_GRID,
            load=lambda: read(load_preset_rows, changeable=True),
            save=lambda changes: write(save_preset_rows, changes),
        )
        gone = read(deleted_presets)
        show_deleted("blueprints_preset", "Удалённые наборы", gone, lambda preset_id: write(restore_preset, preset_id))
    locked = [row.values for row in read(load_preset_rows, changeable=False)]
    if locked:
        if may_edit:
            st.caption(":material/lock: Общие наборы и наборы других организаций меняет их владелец. Ваши важнее.")
        columns = tuple(
            Column(one.field, one.title, "decimal" if one.kind == "decimal" else "text", one.help, one.width)
            for one in PRESET_GRID.columns
        )
        show_table("blueprints_presets", Table("Наборы порогов", columns, locked))
    _show_use()


def _show_use() -> None:
    current = year_on(utc_now().date())
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Какой набор для какой процедуры", anchor=False)
        year = st.selectbox(
            "Год", range(current, current - 6, -1), key="blueprints_preset_year", label_visibility="collapsed",
            width=120,
        )
    rows = []
    for procedure, preset in read(presets_in_use, year).items():
        since = preset.valid_from if preset else None
        until = preset.valid_to if preset else None
        limits = [f"с {day(since)}" if since else "", f"по {day(until)}" if until else ""]
        rows.append(
            {
                "procedure": procedure,
                "preset": preset.name if preset else "набора нет",
                "valid": " ".join(filter(None, limits)) or "без ограничения",
                "source": preset.source if preset else "",
            }
        )
    show_table("blueprints_preset_use", Table(f"Пороги по процедурам, {year}", _USE, rows), height=330)
