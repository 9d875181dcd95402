"""The programme of a pair: goals from deficits, plan in the shared grid, texts of the head, approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from core.people.scope import Action
from core.planning.deadlines import read_deadline
from core.support.access import manages
from core.support.mentorship_tables import MentorshipState, ProgrammeGoal, Side
from core.support.mentorship_words import mentorship_words
from core.support.programme import (
    STEP_FIELDS,
    Programme,
    approve_programme,
    get_programme,
    judge_goal,
    save_head,
    save_steps,
    writable_fields,
)
from core.words import day, percent
from pages.support.mentorship_parts.address import SCREEN
from pages.support.mentorship_parts.drafting import show_drafting
from pages.widgets.acting import act, drawer, typed
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_HEAD = {
    "relevance": "Актуальность", "aim": "Цель", "tasks": "Задачи", "expected_result": "Ожидаемые результаты",
    "regulation": "Нормативная основа", "agreed_by": "Кем согласована",
}
_JUDGED = {None: "оценки нет", True: "достигнута", False: "не достигнута"}


def show_programme(programme: Programme, manages: bool, side: Side | None) -> None:
    """Show the programme; the mentor and who keeps the pair may change it while it is open."""
    card = programme.card
    is_open = card.row.state in (MentorshipState.PREPARED, MentorshipState.ACTIVE)
    may_write = is_open and (manages or side is Side.MENTOR)
    if not programme.goals:
        if may_write:
            show_drafting(card, manages)
        else:
            st.info("Программы пока нет: её составляют наставник и методист.", icon=":material/info:")
        return
    _show_goals(programme, may_write)
    st.markdown(f"**План: выполнено {programme.done} из {len(programme.steps)}**")
    if may_write:
        _show_plan_grid(programme)
    else:
        _show_plan(programme)
    _show_head(programme, may_write and writable_fields(current_scope(), programme) == STEP_FIELDS)
    _show_approval(programme, is_open)


def _show_goals(programme: Programme, may_write: bool) -> None:
    for goal in programme.goals:
        known = programme.shares.get(goal.id or 0)
        share = f" · при диагностике {percent(known, 0)}" if known is not None else ""
        words, buttons = st.columns([3, 2], vertical_alignment="center")
        words.markdown(f"**Цель.** {plain(goal.text)}{share} · **{_JUDGED[goal.is_reached]}**")
        if may_write:
            with buttons, st.container(horizontal=True):
                _judge_button(goal, True, "Достигнута", ":material/check:")
                _judge_button(goal, False, "Не достигнута", ":material/close:")


def _judge_button(goal: ProgrammeGoal, value: bool, label: str, icon: str) -> None:
    st.button(
        label, key=f"{SCREEN}_goal_{goal.id}_{value}", icon=icon, disabled=goal.is_reached is value, on_click=act,
        args=(partial(write, judge_goal, goal.id or 0, None if goal.is_reached is value else value), "Цель оценена."),
    )


def _show_plan_grid(programme: Programme) -> None:
    mentorship_id = programme.card.id
    words = mentorship_words()
    fields = writable_fields(current_scope(), programme)
    whole = fields == STEP_FIELDS
    columns = (
        GridColumn("position", "№", "decimal", width=60),
        GridColumn("direction", "Направление", "choice", words.directions, width=260),
        GridColumn("content", "Содержание, мероприятие", required=True, width=280),
        GridColumn("form", "Форма", width=150),
        GridColumn("deadline_text", "Срок", width=130),
        GridColumn("planned_result", "Планируемый результат", width=190),
        GridColumn("actual_result", "Фактический результат", width=190),
        GridColumn("done_on", "Выполнено", "date", width=110),
    )
    if not whole:
        st.caption("Программа утверждена: вписывайте результаты и даты, остальное меняет методист.")
    grid = Grid(
        f"programme_step:{mentorship_id}",
        tuple(replace(column, editable=column.field in fields) for column in columns),
        may_add=whole, may_delete=whole, label="content",
        defaults={"position": float(len(programme.steps) + 1), "direction": words.directions[0]},
    )
    grid_editor(
        grid, partial(_step_rows, mentorship_id), lambda changes: write(save_steps, mentorship_id, changes), lines=3
    )
    doubts = [
        step.deadline_text for step in programme.steps
        if step.deadline_text and not read_deadline(step.deadline_text).is_understood
    ]
    if doubts:
        st.caption(plain(f"Сроки, которые не удалось понять: {'; '.join(doubts)}. Пишите, например: октябрь 2026."))


def _step_rows(mentorship_id: int) -> list[GridRow]:
    fields = (
        "position", "direction", "content", "form", "deadline_text", "planned_result", "actual_result", "done_on",
    )
    return [
        GridRow(step.id or 0, step.version, {field: getattr(step, field) for field in fields})
        for step in read(get_programme, mentorship_id).steps
    ]


def _show_plan(programme: Programme) -> None:
    columns = (
        Column("content", "Содержание, мероприятие", width=360), Column("form", "Форма", width=150),
        Column("deadline", "Срок", width=130), Column("planned", "Планируемый результат", width=220),
        Column("actual", "Фактический результат", width=220), Column("done", "Выполнено", "date"),
    )
    rows = [
        {"content": step.content, "form": step.form, "deadline": step.deadline_text, "planned": step.planned_result,
         "actual": step.actual_result, "done": step.done_on}
        for step in programme.steps
    ]
    show_table(f"{SCREEN}_plan", Table("План программы", columns, rows), lines=3, download=False)


def _show_head(programme: Programme, may_write: bool) -> None:
    head, mentorship_id = programme.head, programme.card.id
    with st.expander("Тексты программы: актуальность, цель, задачи, ожидаемые результаты"):
        for name, label in _HEAD.items():
            text = str(getattr(head, name))
            if may_write:
                st.text_area(label, text, key=f"{SCREEN}_{name}_{mentorship_id}_{head.version}", height=80)
            elif text:
                st.markdown(f"**{label}.** {plain(text)}")
        if may_write:
            st.button(
                "Сохранить тексты", key=f"{SCREEN}_head_{mentorship_id}", icon=":material/save:", on_click=_save_head,
                args=(programme,),
            )


def _save_head(programme: Programme) -> None:
    head, mentorship_id = programme.head, programme.card.id
    values: dict[str, object] = {
        name: typed(f"{SCREEN}_{name}_{mentorship_id}_{head.version}") for name in _HEAD
    }
    act(partial(write, save_head, mentorship_id, values, head.version), "Тексты сохранены.")


def _show_approval(programme: Programme, is_open: bool) -> None:
    head, card = programme.head, programme.card
    if head.approved_on is not None:
        order = f"№ {head.approval_order} от {day(head.approved_on)}"
        st.caption(plain(f"Утверждена приказом {order}, {head.approved_by}."))
    may = manages(current_scope(), card.row.organisation_id, Action.APPROVE_HELP)
    if not may or not is_open or head.approved_on is not None:
        return
    with drawer(f"{SCREEN}_approve_{card.id}", "Утвердить программу", ":material/approval:"):
        st.text_input("Приказ №", key=f"{SCREEN}_approve_no_{card.id}", max_chars=60)
        st.date_input("От", date.today(), key=f"{SCREEN}_approve_on_{card.id}", format="DD.MM.YYYY")
        st.button(
            "Утвердить", type="primary", key=f"{SCREEN}_approve_now_{card.id}", on_click=_approve, args=(card.id,)
        )


def _approve(mentorship_id: int) -> None:
    number = typed(f"{SCREEN}_approve_no_{mentorship_id}")
    on = st.session_state.get(f"{SCREEN}_approve_on_{mentorship_id}") or date.today()
    act(
        partial(write_once, f"approve programme|{mentorship_id}|{number}|{on}", approve_programme, mentorship_id,
                number, on),
        "Программа утверждена.", (f"{SCREEN}_approve_{mentorship_id}",),
    )
