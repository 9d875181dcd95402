"""Self-education: topics, and the page of one with its stages in the shared grid."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.errors import NotFound
from core.people.scope import Action
from core.planning.access import actor_of
from core.support.self_education import STAGE_FIELDS, TopicCard, TopicDraft, add_topic, list_topics, save_stages
from core.support.self_education_tables import SelfEducationPhase
from core.words import count_of
from pages.support.development_parts.address import SCREEN, TOPIC, go_to, row_key, show_back, turn
from pages.support.development_parts.deficit_choice import choose_deficit
from pages.support.development_parts.viewer import Viewer, allowed
from pages.support.development_parts.wording import period
from pages.widgets.acting import act, drawer, typed
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download, download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.once import write_once
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("teacher", "Педагог", width=260),
    Column("topic", "Тема", width=420),
    Column("dates", "Срок", width=190),
    Column("reported", "Этапов с отчётом", width=140),
)
_TEXTS = {"relevance": "Актуальность", "aim": "Цель", "tasks": "Задачи", "literature": "Литература"}


def show_topics(viewer: Viewer) -> None:
    """Show the tab."""
    people, place = dict(viewer.teachers()), viewer.place_of_help()
    if people and place is not None:
        with drawer(f"{SCREEN}_topic", "Новая тема", ":material/auto_stories:"):
            teacher = st.selectbox(
                "Педагог", list(people), format_func=lambda key: people[key], key=f"{SCREEN}_topic_teacher"
            )
            if teacher is not None:
                _show_form(f"{SCREEN}_topic_of_{teacher}", place, teacher)
    cards: list[TopicCard] = [card for card in read(list_topics) if viewer.counts(card.row.organisation_id)]
    if not cards:
        empty_state("Тем самообразования пока нет", "Тему выбирает педагог; план из четырёх этапов составится сам.")
        return
    st.markdown(f"**{count_of(len(cards), 'тема')}.** Щёлкните в начале строки, чтобы открыть.")
    table = Table("Самообразование", _COLUMNS, [
        {
            "id": card.row.id or 0, "teacher": card.teacher, "topic": card.row.topic,
            "dates": period(card.row.starts_on, card.row.ends_on),
            "reported": f"{card.reported} из {len(card.stages)}",
        }
        for card in cards
    ])
    key = f"{SCREEN}_topics_{turn()}"
    chosen = row_key(show_table(key, table, choose=True, height=400, lines=2, download=False))
    if chosen:
        go_to(TOPIC, chosen)
        st.rerun()
    download_workbook(f"{SCREEN}_topics_xlsx", table.title, [table.sheet()], "Темы в XLSX")


def _show_form(key: str, organisation_id: int, teacher_id: int) -> None:
    today = date.today()
    st.text_input("Тема", key=f"{key}_topic", max_chars=500)
    deficit = choose_deficit(f"{key}_deficit", teacher_id)
    first, second = st.columns(2)
    first.date_input("Начало", today, key=f"{key}_starts", format="DD.MM.YYYY")
    second.date_input(
        "Окончание", date(today.year + 1 + (today.month >= 6), 5, 31), key=f"{key}_ends", format="DD.MM.YYYY"
    )
    for name, label in _TEXTS.items():
        st.text_area(label, key=f"{key}_{name}", height=80)
    st.button(
        "Составить план", type="primary", icon=":material/auto_awesome:", key=f"{key}_make", on_click=_add,
        args=(key, organisation_id, teacher_id, deficit.competence_id if deficit else None),
    )


def _add(key: str, organisation_id: int, teacher_id: int, competence_id: int | None) -> None:
    state, today = st.session_state, date.today()
    texts = {name: typed(f"{key}_{name}") for name in _TEXTS}
    draft = TopicDraft(
        organisation_id, teacher_id, typed(f"{key}_topic"), state.get(f"{key}_starts") or today,
        state.get(f"{key}_ends") or today, **texts, competence_id=competence_id,
    )
    made = act(
        partial(write_once, f"topic|{draft}", add_topic, draft), "План составлен: впишите сроки этапов.",
        (f"{SCREEN}_topic", f"{key}_topic", *(f"{key}_{name}" for name in _TEXTS)),
    )
    if made:
        go_to(TOPIC, made)


def show_topic(topic_id: int) -> None:
    """Show a topic; raises NotFound for one that the person does not see."""
    card = _found(topic_id)
    row = card.row
    with st.container(horizontal=True, vertical_alignment="center"):
        show_back()
        download(
            f"{SCREEN}_topic_docx_{row.id}", "План (DOCX)", "План самообразования", "docx",
            lambda: hand_out("topic", str(topic_id), "docx"),
        )
    st.subheader(plain(row.topic), anchor=False)
    st.markdown(
        f"{plain(card.teacher)} · {period(row.starts_on, row.ends_on)} · "
        f"**этапов с отчётом: {card.reported} из {len(card.stages)}**"
    )
    for name, label in _TEXTS.items():
        if text := str(getattr(row, name)):
            st.markdown(f"**{label}.** {plain(text)}")
    if read(actor_of).teacher_id == row.teacher_id or allowed(Action.MANAGE_HELP, row.organisation_id):
        _show_grid(topic_id, len(card.stages))
        return
    columns = (
        Column("phase", "Этап", width=190), Column("activities", "Мероприятия", width=320),
        Column("deadline_text", "Срок", width=140), Column("report_form", "Форма отчёта", width=180),
        Column("report", "Отчёт", width=230), Column("reported_on", "Дата", "date"),
    )
    rows = [
        {"phase": stage.phase.value} | {field: getattr(stage, field) for field in STAGE_FIELDS if field != "phase"}
        for stage in card.stages
    ]
    show_table(f"{SCREEN}_stages", Table("Этапы", columns, rows), lines=2, download=False)


def _show_grid(topic_id: int, count: int) -> None:
    grid = Grid(
        f"self_education_stage:{topic_id}",
        (
            GridColumn("position", "№", "decimal", width=56),
            GridColumn("phase", "Этап", "choice", tuple(SelfEducationPhase), required=True, width=250),
            GridColumn("activities", "Мероприятия", required=True, width=240),
            GridColumn("deadline_text", "Срок", width=120),
            GridColumn("expected_result", "Ожидаемые результаты", width=200),
            GridColumn("report_form", "Форма отчёта", width=150),
            GridColumn("report", "Отчёт", width=200),
            GridColumn("reported_on", "Дата отчёта", "date", width=110),
        ),
        may_add=True, may_delete=True, label="activities",
        defaults={"position": float(count + 1), "phase": SelfEducationPhase.PRACTICE.value},
    )
    grid_editor(grid, partial(_rows, topic_id), lambda changes: write(save_stages, topic_id, changes), lines=3)


def _rows(topic_id: int) -> list[GridRow]:
    return [
        GridRow(
            stage.id or 0, stage.version,
            {field: getattr(stage, field) for field in STAGE_FIELDS} | {"phase": stage.phase.value},
        )
        for stage in _found(topic_id).stages
    ]


def _found(topic_id: int) -> TopicCard:
    cards: list[TopicCard] = read(list_topics)
    card = next((one for one in cards if one.row.id == topic_id), None)
    if card is None:
        raise NotFound("Тема самообразования")
    return card
