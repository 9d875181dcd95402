"""The tab «План мероприятий»: the year's plan in the shared grid; below it what was held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from core.documents.kinds import year_key
from core.people.academic_year import year_name, year_on
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.support.event_tables import EventState
from core.support.events import (
    EVENT_FIELDS,
    EventCard,
    begin_plan,
    event_plan,
    list_events,
    save_events,
)
from core.words import count_of
from pages.support.development_parts.address import SCREEN
from pages.support.development_parts.competence_cells import competence_names
from pages.support.development_parts.held_events import show_held
from pages.support.development_parts.viewer import Viewer
from pages.widgets.acting import act
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.empty_state import empty_state
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.teacher_cells import with_ids, with_names

_FIELD = "competence_id"
_COLUMNS = (
    Column("state", "Состояние", width=120), Column("content", "Содержание", width=380),
    Column("deadline_text", "Сроки", width=150), Column("form", "Форма и методы", width=230),
    Column("responsible", "Ответственные", width=200), Column("held_on", "Проведено", "date", width=100),
)
_SIGNS = {EventState.PLANNED: "◌", EventState.HELD: "✓", EventState.CANCELLED: "✕"}


def show_events(viewer: Viewer) -> None:
    """Show the tab: of the chosen organisation, or of the school where the person works."""
    unit = viewer.unit.id if viewer.unit is not None else viewer.workplace
    if unit is None:
        empty_state("План мероприятий – у школы", "Попросите связать вашу учётную запись с педагогом школы.")
        return
    this_year = year_on(date.today())
    year = st.selectbox(
        "Учебный год", [this_year + 1, this_year, this_year - 1], index=1, format_func=year_name, key=f"{SCREEN}_year",
        width=180,
    ) or this_year
    cards: list[EventCard] = read(list_events, unit, year)
    if not cards and viewer.manages:
        empty_state("Плана на этот год пока нет", "Начните с готовых строк и измените их или впишите свои.")
        st.button(
            "Начать с готовых строк", type="primary", icon=":material/auto_awesome:", key=f"{SCREEN}_begin",
            on_click=act, args=(partial(write, begin_plan, unit, year), "План начат: уточните сроки и ответственных."),
        )
    elif not cards:
        empty_state("Плана на этот год пока нет", "Его составляют методист и администрация.")
    held = sum(card.row.state is EventState.HELD for card in cards)
    if cards:
        st.markdown(f"**{count_of(len(cards), 'мероприятие')}**, проведено {held}.")
    if viewer.manages:
        _show_grid(unit, year, len(cards))
    elif cards:
        show_table(f"{SCREEN}_events", _table(cards), lines=2, download=False)
    if cards:
        download(
            f"{SCREEN}_events_docx", "План (DOCX)", f"План повышения квалификации {year - 1}-{year}", "docx",
            lambda: hand_out("qualification-plan", year_key(unit, year), "docx"),
        )
    show_held([card for card in cards if card.row.state is EventState.HELD], viewer, unit, year)


def _table(cards: Sequence[EventCard]) -> Table:
    rows = [
        {"state": f"{_SIGNS[card.row.state]} {card.row.state.value}"}
        | {name: getattr(card.row, name) for name in ("content", "deadline_text", "form", "responsible", "held_on")}
        for card in cards
    ]
    return Table("План мероприятий", _COLUMNS, rows)


def _show_grid(unit: int, year: int, count: int) -> None:
    competences = competence_names()
    grid = Grid(
        f"methodical_event:{unit}:{year}",
        (
            GridColumn("position", "№", "decimal", width=56),
            GridColumn("content", "Содержание", required=True, width=300),
            GridColumn("deadline_text", "Сроки", width=130),
            GridColumn("form", "Форма и методы", width=170, help=f"Например: {', '.join(event_plan().forms)}."),
            GridColumn("responsible", "Ответственные", width=160),
            GridColumn("state", "Состояние", "choice", tuple(EventState), required=True, width=120),
            GridColumn("held_on", "Проведено", "date", width=105),
            GridColumn("participants", "Участников", "integer", width=92),
            GridColumn(
                _FIELD, "Какой дефицит", "choice", tuple(competences.values()), width=190,
                help="По нему мероприятие видно на вкладке «Покрытие».",
            ),
            GridColumn("subject", "Предмет", width=120),
            GridColumn("outcome", "Итог", width=200),
        ),
        may_add=True, may_delete=True, label="content",
        defaults={"position": float(count + 1), "state": EventState.PLANNED.value},
    )

    def save(changes: GridChanges) -> EditOutcome:
        known = with_ids(changes, competences, _FIELD)
        return with_names(write(save_events, unit, year, known), competences, _FIELD)

    grid_editor(grid, partial(_rows, unit, year), save, lines=4)


def _rows(unit: int, year: int) -> list[GridRow]:
    competences = competence_names()
    cards: list[EventCard] = read(list_events, unit, year)
    return [
        GridRow(
            card.row.id or 0, card.row.version,
            {field: getattr(card.row, field) for field in EVENT_FIELDS}
            | {"state": card.row.state.value, _FIELD: competences.get(card.row.competence_id or 0)},
        )
        for card in cards
    ]
