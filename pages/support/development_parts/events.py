"""The tab «План мероприятий»: the year's plan in the shared grid, what was held and how it was received."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from core.diagnostics.editing import list_competences
from core.documents.kinds import year_key
from core.people.academic_year import year_name, year_on
from core.people.teachers import list_teachers
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.support.course_feedback import FEWEST
from core.support.development_tables import EventState
from core.support.events import (
    EVENT_FIELDS,
    EventCard,
    begin_plan,
    event_plan,
    list_events,
    save_events,
    say_of_event,
    take_part,
)
from core.words import count_of, day, interval, number, percent, plural
from pages.support.development_parts.address import SCREEN
from pages.support.development_parts.viewer import Viewer
from pages.widgets.acting import act, drawer, typed
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.empty_state import empty_state
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.once import write_once
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.teacher_cells import with_ids, with_names
from pages.widgets.texts import plain

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
    _show_held([card for card in cards if card.row.state is EventState.HELD], viewer, unit)


def _table(cards: Sequence[EventCard]) -> Table:
    rows = [
        {"state": f"{_SIGNS[card.row.state]} {card.row.state.value}"}
        | {name: getattr(card.row, name) for name in ("content", "deadline_text", "form", "responsible", "held_on")}
        for card in cards
    ]
    return Table("План мероприятий", _COLUMNS, rows)


def _show_grid(unit: int, year: int, count: int) -> None:
    competences = {row.id or 0: row.name for row in read(list_competences)}
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
    competences = {row.id or 0: row.name for row in read(list_competences)}
    cards: list[EventCard] = read(list_events, unit, year)
    return [
        GridRow(
            card.row.id or 0, card.row.version,
            {field: getattr(card.row, field) for field in EVENT_FIELDS}
            | {"state": card.row.state.value, _FIELD: competences.get(card.row.competence_id or 0)},
        )
        for card in cards
    ]


def _show_held(cards: Sequence[EventCard], viewer: Viewer, unit: int) -> None:
    if not cards:
        return
    st.markdown("**Проведённые: участники и отзывы без имён**")
    for card in cards:
        row = card.row
        with st.container(border=True):
            held = f"{day(row.held_on)} · " if row.held_on is not None else ""
            st.markdown(f"**{held}{plain(row.content)}**")
            st.caption(plain(_said(card)))
            with st.container(horizontal=True):
                if viewer.actor.teacher_id is not None:
                    _show_feedback(row.id or 0)
                if viewer.manages and viewer.school is not None:
                    _show_participants(row.id or 0, unit)


def _said(card: EventCard) -> str:
    people = card.row.participants
    came = f"{plural(people, 'участник', 'участника', 'участников')}; " if people else ""
    if not card.answers:
        return f"{came}отзывов пока нет"
    if card.answers < FEWEST:
        return f"{came}отзывов: {card.answers}; что сказали, видно, когда их не меньше {FEWEST}"
    share = f"довольны {percent(card.satisfied, 0)} ({interval(card.low, card.high, 0)}, n = {card.answers})"
    words = "; ".join(f"«{comment}»" for comment in card.comments)
    return f"{came}средняя оценка {number(card.mean, 1)} из 5, {share}" + (f"; {words}" if words else "")


def _show_feedback(event_id: int) -> None:
    name = f"{SCREEN}_say_{event_id}"
    with drawer(name, "Отзыв", ":material/rate_review:"):
        st.slider("Насколько было полезно", 1, 5, 4, key=f"{name}_mark")
        st.text_area("Что сказать (без имени)", key=f"{name}_words", max_chars=2000, height=80)
        st.button("Отправить", type="primary", key=f"{name}_now", on_click=_say, args=(event_id, name))


def _say(event_id: int, name: str) -> None:
    mark = int(st.session_state.get(f"{name}_mark") or 0)
    act(
        partial(write_once, f"say of event|{event_id}", say_of_event, event_id, mark, typed(f"{name}_words")),
        "Спасибо, отзыв записан. От одного человека принимается один отзыв.", (name, f"{name}_words"),
    )


def _show_participants(event_id: int, school: int) -> None:
    name = f"{SCREEN}_part_{event_id}"
    people = {card.id: card.name for card in read(list_teachers, school)}
    with drawer(name, "Участники", ":material/group_add:"):
        st.selectbox("Педагог", list(people), format_func=lambda key: people[key], key=f"{name}_who")
        st.checkbox("Проводил мероприятие", key=f"{name}_leads")
        st.button("Отметить", type="primary", key=f"{name}_now", on_click=_take_part, args=(event_id, name))


def _take_part(event_id: int, name: str) -> None:
    state = st.session_state
    act(
        partial(write, take_part, event_id, int(state.get(f"{name}_who") or 0),
                is_leader=bool(state.get(f"{name}_leads"))),
        "Участник отмечен.",
    )
