"""Contests and who took part."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.support.contests import LEVELS, RESULTS, list_contests, list_entries, save_contests, save_entries
from core.support.mentorship_tables import Contest
from core.words import day
from pages.support.mentorship_parts.address import SCREEN
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.teacher_cells import teacher_names, with_ids, with_names


def show_contests(organisation_id: int, teachers_of: int | None) -> None:
    """Edit the contests of an organisation, and the participants of a chosen one; None: teachers of all schools."""
    grid = Grid(
        f"contest:{organisation_id}",
        (
            GridColumn("title", "Конкурс", required=True, width=380),
            GridColumn("level", "Уровень", "choice", LEVELS, width=150),
            GridColumn("held_on", "Дата", "date", required=True, width=120),
            GridColumn("order_number", "Приказ №", width=110),
        ),
        may_add=True, may_delete=True, label="title", defaults={"level": "муниципальный"},
        empty="Внесите первый конкурс и сохраните – ниже появится список его участников.",
    )
    grid_editor(
        grid, partial(_contest_rows, organisation_id),
        lambda changes: write(save_contests, organisation_id, changes),
    )
    contests: dict[int, Contest] = {row.id or 0: row for row in read(list_contests, organisation_id)}
    if not contests:
        return
    chosen = st.selectbox(
        "Участники конкурса", list(contests), key=f"{SCREEN}_contest",
        format_func=lambda key: f"{contests[key].title}, {day(contests[key].held_on)}",
    )
    if chosen is not None:
        _show_entries(chosen, teachers_of)


def _show_entries(contest_id: int, teachers_of: int | None) -> None:
    names = teacher_names(teachers_of)
    grid = Grid(
        f"contest_entry:{contest_id}",
        (
            GridColumn("teacher_id", "Педагог", "choice", tuple(names.values()), required=True, width=300),
            GridColumn("nomination", "Номинация", width=260),
            GridColumn("result", "Результат", "choice", RESULTS, width=140),
        ),
        may_add=True, may_delete=True, label="teacher_id", defaults={"result": RESULTS[0]},
    )

    def save(changes: GridChanges) -> EditOutcome:
        return with_names(write(save_entries, contest_id, with_ids(changes, names)), names)

    grid_editor(grid, partial(_entry_rows, contest_id, teachers_of), save)


def _contest_rows(organisation_id: int) -> list[GridRow]:
    return [
        GridRow(
            row.id or 0, row.version,
            {"title": row.title, "level": row.level, "held_on": row.held_on, "order_number": row.order_number},
        )
        for row in read(list_contests, organisation_id)
    ]


def _entry_rows(contest_id: int, teachers_of: int | None) -> list[GridRow]:
    names = teacher_names(teachers_of)
    return [
        GridRow(
            card.row.id or 0, card.row.version,
            {
                "teacher_id": names.get(card.row.teacher_id, card.name), "nomination": card.row.nomination,
                "result": card.row.result,
            },
        )
        for card in read(list_entries, contest_id)
    ]
