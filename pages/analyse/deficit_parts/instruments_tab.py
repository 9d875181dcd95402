"""Instruments: questions, scale, levels and competences in grids; copies, new and deleted ones."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.blueprints.dictionaries import subjects
from core.diagnostics.editing import (
    copy_instrument,
    create_instrument,
    delete_instrument,
    get_instrument,
    list_competences,
    list_instruments,
    restore_instrument,
)
from core.diagnostics.instrument_tables import Instrument, InstrumentKind
from core.people.ownership import may_change
from core.people.scope import Action
from core.words import plural
from pages.analyse.deficit_parts.choice import SCREEN
from pages.analyse.deficit_parts.instrument_rows import (
    COMPETENCE_GRID,
    answer_grid,
    competence_words,
    item_grid,
    level_grid,
    load_answers,
    load_competences,
    load_items,
    load_levels,
    store_answers,
    store_competences,
    store_items,
    store_levels,
)
from pages.widgets.acting import act, drawer, typed
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.empty_state import empty_state
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_CHOSEN = f"{SCREEN}_instrument"
_NAME, _KIND, _SUBJECT = f"{SCREEN}_new_name", f"{SCREEN}_new_kind", f"{SCREEN}_new_subject"
_NEW = f"{SCREEN}_new"
_PARTS = ("Вопросы", "Шкала ответов", "Уровни и границы", "Все компетенции")
_ANY = "для любого предмета"


def show_instruments() -> None:
    """Show the tab."""
    rows = {row.id or 0: row for row in read(list_instruments)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = _choose(rows)
        if chosen is not None:
            st.button(
                "Сделать копию", key=f"{SCREEN}_copy", icon=":material/content_copy:", on_click=act,
                args=(partial(write, copy_instrument, chosen.id or 0), "Копия создана, её можно менять."),
            )
            if _may_change(chosen):
                st.button(
                    "Удалить", key=f"{SCREEN}_delete", icon=":material/delete:", on_click=act,
                    args=(partial(write, delete_instrument, chosen.id or 0), "Удалено. Вернуть можно ниже."),
                )
        _show_creating()
    if chosen is None:
        empty_state("Анкет и тестов пока нет", "Создайте свою или загрузите файл с ответами: анкета появится сама.")
    else:
        _show_one(chosen)
    gone = {row.id or 0: row.name for row in read(list_instruments, deleted=True) if _may_change(row)}
    show_deleted(
        f"{SCREEN}_instrument", "Удалённые анкеты и тесты", gone, lambda number: write(restore_instrument, number)
    )


def _choose(rows: dict[int, Instrument]) -> Instrument | None:
    if st.session_state.get(_CHOSEN) not in (None, *rows):
        del st.session_state[_CHOSEN]
    number = st.selectbox(
        "Анкета или тест", list(rows), format_func=lambda key: rows[key].name, key=_CHOSEN, width=460,
        placeholder="Нет ни одной",
    )
    return rows.get(number) if number is not None else None


def _may_change(row: Instrument) -> bool:
    return may_change(current_scope(), Action.MANAGE_DIAGNOSTICS, row.organisation_id)


def _show_creating() -> None:
    with drawer(_NEW, "Создать", ":material/add:"):
        st.text_input("Название", key=_NAME, max_chars=300)
        st.selectbox("Вид", list(InstrumentKind), format_func=lambda one: one.value.capitalize(), key=_KIND)
        st.selectbox("Предмет", [_ANY, *(one.name for one in subjects().subjects)], key=_SUBJECT)
        st.button("Создать", key=f"{_NEW}_go", type="primary", on_click=_create)


def _create() -> None:
    kind, subject = st.session_state.get(_KIND), typed(_SUBJECT)
    act(
        partial(
            write, create_instrument, kind=kind if isinstance(kind, InstrumentKind) else InstrumentKind.QUESTIONNAIRE,
            name=typed(_NAME), subject="" if subject == _ANY else subject,
        ),
        "Создано. Впишите вопросы и шкалу ответов.", (_NAME, _NEW),
    )


def _show_one(row: Instrument) -> None:
    number = row.id or 0
    view = read(get_instrument, number)
    facts = (
        row.kind.value, row.subject or _ANY, plural(len(view.items), "вопрос", "вопроса", "вопросов"),
        f"источник: {row.source}" if row.source else "",
    )
    st.caption(plain(" · ".join(part for part in facts if part)))
    part = st.segmented_control(
        "Что показать", _PARTS, default=_PARTS[0], key=f"{SCREEN}_part", required=True, label_visibility="collapsed"
    )
    if part == _PARTS[3]:
        _show_competences()
        return
    if not _may_change(row):
        st.info("Это общий или чужой инструмент. Чтобы менять, сделайте копию.", icon=":material/lock:")
        _show_locked(part or _PARTS[0], number)
        return
    if part == _PARTS[0]:
        names = tuple(competence_words(one) for one in read(list_competences))
        grid_editor(
            item_grid(number, names, is_test=not view.answers), load=lambda: read(load_items, number),
            save=lambda changes: write(store_items, number, changes), height=380,
        )
    elif part == _PARTS[1]:
        st.caption("Дефицит — ответ, при котором педагогу нужна помощь; ресурс — он может помочь другим.")
        grid_editor(
            answer_grid(number), load=lambda: read(load_answers, number),
            save=lambda changes: write(store_answers, number, changes),
        )
    else:
        st.caption("Доля баллов считается от наименьшего ответа шкалы: все худшие ответы — 0 %, все лучшие — 100 %.")
        grid_editor(
            level_grid(number), load=lambda: read(load_levels, number),
            save=lambda changes: write(store_levels, number, changes),
        )


def _show_locked(part: str, number: int) -> None:
    loads = {_PARTS[0]: load_items, _PARTS[1]: load_answers, _PARTS[2]: load_levels}
    grids = {
        _PARTS[0]: item_grid(number, (), is_test=False), _PARTS[1]: answer_grid(number), _PARTS[2]: level_grid(number)
    }
    columns = tuple(Column(one.field, one.title, width=one.width) for one in grids[part].columns)
    rows = [
        {field: ("да" if value else "нет") if isinstance(value, bool) else value for field, value in row.values.items()}
        for row in read(loads[part], number)
    ]
    show_table(f"{SCREEN}_locked_{part}", Table(part, columns, rows), height=400)


def _show_competences() -> None:
    st.caption("Компетенция с предметом и элементом содержания встаёт в матрице рядом с результатами учеников.")
    grid_editor(
        COMPETENCE_GRID, load=lambda: read(load_competences), save=lambda changes: write(store_competences, changes),
        height=400,
    )
