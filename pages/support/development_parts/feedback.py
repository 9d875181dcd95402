"""Questionnaires of courses: one's own to fill in, what everybody said to read."""

from __future__ import annotations

import math
from functools import partial

import streamlit as st

from core.support.course_feedback import (
    FEWEST,
    HIGHEST,
    LOWEST,
    CourseResult,
    course_questions,
    course_results,
    fill_in,
    may_fill_in,
    own_feedback,
)
from core.support.course_tables import CourseFeedback
from core.support.courses import EnrolmentCard
from core.words import day, interval, number, percent
from pages.support.development_parts.address import SCREEN
from pages.support.development_parts.passports import FEEDBACK
from pages.widgets.acting import act, drawer, typed
from pages.widgets.downloads import download_workbook
from pages.widgets.passport import show_passport
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Row, Table, show_table

_COLUMNS = (
    Column("course", "Курсы", width=380),
    Column("asked", "Ответили", "integer", width=84),
    Column("satisfied", "Довольны", width=150, help="Ответили «4» или «5»; 95 % интервал."),
    Column("questions", "Было → стало (средние, 1–5)", width=420),
)


def show_questionnaires(card: EnrolmentCard) -> None:
    """Show the buttons with one's own questionnaires of a course."""
    given = read(own_feedback, card.row.id or 0)
    with st.container(horizontal=True):
        for is_exit in (False, True):
            if may_fill_in(card.row.state, is_exit):
                _show_form(card.row.id or 0, is_exit, given.get(is_exit))
    st.caption("Ваши ответы видите только вы; остальные – общую долю, когда ответили не меньше пяти человек.")


def show_results() -> None:
    """Show what participants of the courses said together."""
    results: list[CourseResult] = read(course_results)
    if not results:
        st.caption("Анкет участников пока нет.")
        return
    table = Table("Анкеты курсов", _COLUMNS, [_row(one) for one in results])
    show_table(f"{SCREEN}_feedback", table, lines=2, download=False)
    with st.container(horizontal=True):
        download_workbook(f"{SCREEN}_feedback_xlsx", table.title, [table.sheet(FEEDBACK.notes())], "Анкеты в XLSX")
        show_passport(FEEDBACK)


def _row(one: CourseResult) -> Row:
    if not one.is_shown:
        return {"course": one.title, "asked": None, "satisfied": f"меньше {FEWEST} ответов – скрыто", "questions": ""}
    said = [
        f"{question.text}: {number(question.before, 1)} → {number(question.after, 1)}"
        for question in one.questions
        if question.before is not None and question.after is not None
    ]
    share = "—" if math.isnan(one.share) else f"{percent(one.share, 0)} ({interval(one.low, one.high, 0)})"
    return {"course": one.title, "asked": one.asked, "satisfied": share, "questions": "; ".join(said)}


def _show_form(enrolment_id: int, is_exit: bool, row: CourseFeedback | None) -> None:
    name = f"{SCREEN}_{'exit' if is_exit else 'entry'}_{enrolment_id}"
    which = "Выходная анкета" if is_exit else "Входная анкета"
    label = f"{which}: заполнена {day(row.filled_on)}" if row is not None else which
    words = course_questions()
    with drawer(name, label, ":material/check_circle:" if row is not None else ":material/edit_note:"):
        for question in words.questions:
            st.slider(
                question.text(is_exit), LOWEST, HIGHEST, row.answers.get(question.key, 3) if row is not None else 3,
                key=f"{name}_{question.key}",
            )
        if is_exit:
            given = row.satisfaction if row is not None else None
            st.slider(words.satisfaction, LOWEST, HIGHEST, given or 3, key=f"{name}_satisfaction")
        st.text_area("Что ещё хотите сказать", row.comment if row is not None else "", key=f"{name}_comment", height=80)
        st.button("Сохранить анкету", type="primary", key=f"{name}_save", on_click=_save, args=(enrolment_id, is_exit,
                                                                                              name))


def _save(enrolment_id: int, is_exit: bool, name: str) -> None:
    state = st.session_state
    answers = {question.key: int(state.get(f"{name}_{question.key}", 0)) for question in course_questions().questions}
    satisfaction = int(state.get(f"{name}_satisfaction", 0)) if is_exit else None
    act(
        partial(
            write, fill_in, enrolment_id, is_exit=is_exit, answers=answers, satisfaction=satisfaction,
            comment=typed(f"{name}_comment"),
        ),
        "Анкета сохранена.", (name,),
    )
