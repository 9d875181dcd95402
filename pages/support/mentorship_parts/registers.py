"""The registers of mentors and mentees of an organisation, in the shared grid editor."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.support.mentorship_tables import MenteeCategory
from core.support.registers import list_mentees, list_mentors, save_mentees, save_mentors
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.teacher_cells import teacher_names, with_ids, with_names

_MENTOR_CELLS = ("strengths", "interests", "wishes", "capacity", "helps_other_schools", "consent_on", "left_on")
_MENTEE_CELLS = ("expectations", "consent_on", "registered_on", "left_on")


def show_mentors(organisation_id: int) -> None:
    """Edit the register of mentors."""
    names = teacher_names(organisation_id)
    st.caption("Согласие быть наставником – письменное (ст. 351.8 ТК РФ); «мест» – сколько наставляемых одновременно.")
    grid = Grid(
        f"mentor:{organisation_id}",
        (
            GridColumn("teacher_id", "Педагог", "choice", tuple(names.values()), required=True, width=220),
            GridColumn("consent_on", "Согласие от", "date", width=115),
            GridColumn("capacity", "Мест", "integer", width=75),
            GridColumn("now", "Сейчас помогает", editable=False, width=190),
            GridColumn("strengths", "Чем может поделиться", width=230),
            GridColumn("helps_other_schools", "Другим школам", "flag", width=140),
            GridColumn("interests", "Интересы"),
            GridColumn("wishes", "Кому хотел бы помогать"),
            GridColumn("left_on", "Вышел из базы", "date"),
        ),
        may_add=True, may_delete=True, label="teacher_id", defaults={"capacity": 1},
    )

    def save(changes: GridChanges) -> EditOutcome:
        return with_names(write(save_mentors, organisation_id, with_ids(changes, names)), names)

    grid_editor(grid, partial(_mentor_rows, organisation_id), save, lines=2)


def show_mentees(organisation_id: int) -> None:
    """Edit the register of mentees."""
    names = teacher_names(organisation_id)
    grid = Grid(
        f"mentee:{organisation_id}",
        (
            GridColumn("teacher_id", "Педагог", "choice", tuple(names.values()), required=True, width=230),
            GridColumn("category", "Почему нужен наставник", "choice", tuple(MenteeCategory), required=True, width=256),
            GridColumn("now", "Наставник сейчас", editable=False, width=220),
            GridColumn("expectations", "Чего ждёт", width=230),
            GridColumn("consent_on", "Согласие от", "date", width=110),
            GridColumn("registered_on", "В базе с", "date", width=110),
            GridColumn("left_on", "Вышел из базы", "date"),
        ),
        may_add=True, may_delete=True, label="teacher_id",
        defaults={"category": MenteeCategory.YOUNG.value},
        empty="В базе пока никого: впишите педагога, которому нужен наставник, и сохраните.",
    )

    def save(changes: GridChanges) -> EditOutcome:
        return with_names(write(save_mentees, organisation_id, with_ids(changes, names)), names)

    grid_editor(grid, partial(_mentee_rows, organisation_id), save, lines=2)


def _mentor_rows(organisation_id: int) -> list[GridRow]:
    names = teacher_names(organisation_id)
    return [
        GridRow(
            card.row.id or 0, card.row.version,
            {field: getattr(card.row, field) for field in _MENTOR_CELLS}
            | {"teacher_id": names.get(card.row.teacher_id, card.name), "now": ", ".join(card.mentees)},
        )
        for card in read(list_mentors, organisation_id)
    ]


def _mentee_rows(organisation_id: int) -> list[GridRow]:
    names = teacher_names(organisation_id)
    return [
        GridRow(
            card.row.id or 0, card.row.version,
            {field: getattr(card.row, field) for field in _MENTEE_CELLS}
            | {
                "teacher_id": names.get(card.row.teacher_id, card.name), "category": card.row.category.value,
                "now": ", ".join(card.mentors),
            },
        )
        for card in read(list_mentees, organisation_id)
    ]
