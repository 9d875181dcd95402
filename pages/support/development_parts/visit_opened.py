"""One visit: what to look for, the conclusion, the teacher's reading."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.people.scope import Action
from core.planning.access import actor_of
from core.support.visit_tables import Seen
from core.support.visits import (
    LOOK_FOR_FIELDS,
    VisitCard,
    answer_visit,
    conclude,
    get_visit,
    save_look_fors,
)
from core.words import day
from pages.support.development_parts.address import SCREEN, show_back
from pages.support.development_parts.viewer import allowed
from pages.support.development_parts.visits import visit_state
from pages.widgets.acting import act, typed
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.links import link_to
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_SIGNS = {Seen.YES: "✓", Seen.PARTLY: "◐", Seen.NO: "✕", Seen.NOT_ASKED: "–"}


def show_visit(visit_id: int) -> None:
    """Show a visit; raises NotFound for one that the person does not see."""
    card: VisitCard = read(get_visit, visit_id)
    row = card.row
    own = read(actor_of).teacher_id
    show_back()
    st.subheader(plain(f"Урок {day(row.held_on)}: {row.subject}, {row.grade}{row.letter}"), anchor=False)
    kind = " · открытый урок" if row.is_open else ""
    st.markdown(f"**{visit_state(card)}** · ведёт {plain(card.teacher)} · посещает {plain(card.visitor)}{kind}")
    about = {"Проблемное поле": row.field_key, "Тема": row.topic, "Цель": row.purpose}
    st.markdown("  \n".join(f"{name}: {plain(text)}" for name, text in about.items() if text))
    st.caption("Посещение – это помощь, а не контроль: отметок нет, педагог видит всё, что записано.")
    writes = (own is not None and own == row.visitor_teacher_id) or allowed(Action.MANAGE_HELP, row.organisation_id)
    if writes:
        _show_grid(card)
        _show_conclusion_form(card)
    else:
        _show_look_fors(card)
        _show_conclusion(card)
    if own is not None and own == row.teacher_id and row.conclusion:
        _show_answer(card)
    elif row.teacher_read_at is not None:
        st.markdown(f"**Педагог ознакомлен.** {plain(row.teacher_comment)}")
    with st.container(horizontal=True):
        link_to("problem-fields", "Проблемные поля")
        link_to("practices", "Практики коллег")


def _show_grid(card: VisitCard) -> None:
    visit_id = card.row.id or 0
    grid = Grid(
        f"visit_look_for:{visit_id}",
        (
            GridColumn("position", "№", "decimal", width=56),
            GridColumn("text", "На что смотрим", required=True, width=460),
            GridColumn("seen", "Наблюдалось", "choice", tuple(Seen), required=True, width=150),
            GridColumn("note", "Заметка", width=380),
        ),
        may_add=True, may_delete=True, label="text",
        defaults={"position": float(len(card.look_fors) + 1), "seen": Seen.NOT_ASKED.value},
    )
    grid_editor(grid, partial(_rows, visit_id), lambda changes: write(save_look_fors, visit_id, changes), lines=2)


def _rows(visit_id: int) -> list[GridRow]:
    card: VisitCard = read(get_visit, visit_id)
    return [
        GridRow(one.id or 0, one.version, {f: getattr(one, f) for f in LOOK_FOR_FIELDS} | {"seen": one.seen.value})
        for one in card.look_fors
    ]


def _show_look_fors(card: VisitCard) -> None:
    if not card.look_fors:
        return
    columns = (
        Column("text", "На что смотрели", width=430), Column("seen", "Наблюдалось", width=150),
        Column("note", "Заметка", width=330),
    )
    rows = [{"text": one.text, "seen": f"{_SIGNS[one.seen]} {one.seen.value}", "note": one.note}
            for one in card.look_fors]
    show_table(f"{SCREEN}_look_fors", Table("Лист наблюдения", columns, rows), lines=2, download=False)


def _show_conclusion(card: VisitCard) -> None:
    if card.row.conclusion:
        st.markdown(f"**Что показал урок.** {plain(card.row.conclusion)}")
    if card.row.advice:
        st.markdown(f"**Совет.** {plain(card.row.advice)}")


def _show_conclusion_form(card: VisitCard) -> None:
    row = card.row
    if row.held_on > date.today():
        st.caption("Вывод пишут после урока.")
        return
    name = f"{SCREEN}_conclude_{row.id}"
    first, second = st.columns(2)
    first.text_area("Что показал урок", row.conclusion, key=f"{name}_words", max_chars=4000)
    second.text_area("Что советуем", row.advice, key=f"{name}_advice", max_chars=4000)
    st.button(
        "Сохранить вывод", type="primary", icon=":material/save:", key=f"{name}_save", on_click=_conclude,
        args=(row.id or 0, row.version, name),
    )


def _conclude(visit_id: int, version: int, name: str) -> None:
    act(
        partial(write, conclude, visit_id, typed(f"{name}_words"), typed(f"{name}_advice"), version),
        "Вывод сохранён: педагог его увидит.",
    )


def _show_answer(card: VisitCard) -> None:
    row = card.row
    name = f"{SCREEN}_read_{row.id}"
    if row.teacher_read_at is not None:
        st.markdown(f"**Вы ознакомились.** {plain(row.teacher_comment)}")
        return
    st.text_area("Ваш комментарий (необязательно)", key=f"{name}_words", max_chars=2000, height=80)
    st.button(
        "Я прочитал выводы", type="primary", icon=":material/check:", key=f"{name}_now", on_click=_answer,
        args=(row.id or 0, row.version, name),
    )


def _answer(visit_id: int, version: int, name: str) -> None:
    act(partial(write, answer_visit, visit_id, typed(f"{name}_words"), version), "Отмечено: вы ознакомились.")
