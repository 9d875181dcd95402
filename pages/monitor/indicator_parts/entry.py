"""«Ввод и сдача»: the values of a unit and a year in a grid, what is wrong with them, handing in."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.monitoring.lifecycle import submit_values
from core.monitoring.passports import Passport
from core.monitoring.value_tables import ValueState
from core.monitoring.values import EDITABLE, EntryRow, entry_rows, prepare_values, save_entries
from core.monitoring.wording import fact_words
from core.people.academic_year import year_name
from core.words import plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.monitor.indicator_parts.entry_term import show_term
from pages.monitor.indicator_parts.file_entry import show_file_entry
from pages.monitor.indicator_parts.passports import ENTRY
from pages.monitor.indicator_parts.proofs import show_documents
from pages.widgets.acting import act
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.passport import show_passport
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_WIDE = (
    GridColumn("code", "Код", editable=False, width=64),
    GridColumn("name", "Показатель", editable=False, width=270),
    GridColumn("state", "Состояние", editable=False, width=100),
    GridColumn("plan", "План", "decimal", width=80),
)
_PARTS = (
    GridColumn("numerator", "Числитель", "decimal", width=125),
    GridColumn("denominator", "Знаменатель", "decimal", width=145),
    GridColumn("fact", "Факт", "decimal", width=80, help="Число; для документа 1 – да, 0 – нет."),
)
_COMMENT = GridColumn("comment", "Комментарий", width=240)


def show_entry(organisation_id: int, year: int) -> None:
    """Show the entry of a unit and a year."""
    rows: list[EntryRow] = read(entry_rows, organisation_id, year)
    if rows and not any(row.state in EDITABLE for row in rows):
        waiting = sum(row.state is ValueState.SUBMITTED for row in rows)
        said = f"Всё сдано, ждут приёмки: {waiting}." if waiting else "Всё сдано и принято."
        st.success(said, icon=":material/check:")
    else:
        show_term(organisation_id, year)
    show_file_entry(organisation_id, year)
    if not rows:
        st.info(plain(f"Показатели за {year_name(year)} ещё не начали вносить."), icon=":material/edit_note:")
        st.button(
            "Начать ввод", key=f"{SCREEN}_prepare", type="primary", on_click=act,
            args=(partial(write, prepare_values, organisation_id, year), "Таблица готова."),
        )
        return
    _show_progress(rows)
    typed = [row for row in rows if not row.is_counted]
    counted = [row for row in rows if row.is_counted]
    st.markdown("**Вносят люди**")
    _show_grid(f"indicator_values:{organisation_id}:{year}", organisation_id, year, typed, (*_WIDE, *_PARTS, _COMMENT))
    with st.expander(f"Считает программа: план и комментарий ({len(counted)})"):
        _show_grid(f"indicator_plans:{organisation_id}:{year}", organisation_id, year, counted, (*_WIDE, _COMMENT))
    _show_findings(rows)
    show_documents(typed)
    ready = sum(row.state in EDITABLE for row in rows)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Сдать ({ready})", key=f"{SCREEN}_submit", type="primary", icon=":material/send:", disabled=not ready,
            on_click=act, args=(partial(write, submit_values, organisation_id, year), _handed_in),
        )
        show_passport(ENTRY)


def _handed_in(count: int) -> str:
    return f"Сдано: {plural(count, 'показатель', 'показателя', 'показателей')}."


def _show_progress(rows: list[EntryRow]) -> None:
    counts = {state: sum(row.state is state for row in rows) for state in ValueState}
    st.caption(plain(" · ".join(f"{state.value}: {count}" for state, count in counts.items() if count)))
    for reason in dict.fromkeys(row.reason for row in rows if row.reason):
        st.warning(plain(f"Возвращено: {reason}"), icon=":material/undo:")


def _show_grid(
    key: str, organisation_id: int, year: int, rows: list[EntryRow], columns: tuple[GridColumn, ...]
) -> None:
    fields = {column.field for column in columns}

    def load() -> list[GridRow]:
        wanted = {row.passport.code for row in rows}
        fresh: list[EntryRow] = read(entry_rows, organisation_id, year)
        return [
            GridRow(row.id, row.version, {name: value for name, value in _cells(row).items() if name in fields})
            for row in fresh
            if row.passport.code in wanted
        ]

    grid_editor(
        Grid(key, columns, label="code"), load=load,
        save=lambda changes: write(save_entries, organisation_id, year, changes),
        height=min(420, 38 + 36 * max(len(rows), 1)),
    )


def _cells(row: EntryRow) -> dict[str, object]:
    return {
        "code": row.passport.code, "name": row.passport.name, "state": row.state.value, "plan": row.plan,
        "numerator": row.numerator, "denominator": row.denominator, "fact": row.fact, "comment": row.comment,
    }


def _show_findings(rows: list[EntryRow]) -> None:
    found = [
        {"code": row.passport.code, "weight": "✗ исправить" if one.is_error else "△ проверить", "text": one.text,
         "says": _said(row.passport, row)}
        for row in rows
        for one in sorted(row.findings, key=lambda one: not one.is_error)
        if row.state in EDITABLE and (one.is_error or one.text != "План не задан.")
    ]
    if not found:
        return
    with st.expander(f"Замечания ({len(found)})", expanded=any(str(one["weight"]).startswith("✗") for one in found)):
        show_table(f"{SCREEN}_findings", Table("Замечания", (
            Column("weight", "Вес", width=110), Column("code", "Код", width=64),
            Column("text", "Что не так", width=460), Column("says", "Сейчас", width=220),
        ), sorted(found, key=lambda one: str(one["weight"]), reverse=True)), download=False)


def _said(passport: Passport, row: EntryRow) -> str:
    return fact_words(passport, row.says)
