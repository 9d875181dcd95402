"""The form of a request for a course."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.support.course_catalogue import list_courses
from core.support.course_tables import Course
from core.support.courses import Request, request_course
from pages.support.development_parts.address import ENROLMENT, go_to
from pages.support.development_parts.deficit_choice import choose_deficit
from pages.support.development_parts.wording import hours_words
from pages.widgets.acting import act, drawer, typed
from pages.widgets.once import write_once
from pages.widgets.session import read


def show_request(key: str, organisation_id: int, teacher_id: int, competence_id: int | None = None) -> None:
    """Show the button with the form; `competence_id` is the deficit from which somebody came."""
    with drawer(key, "Заявка на курсы", ":material/school:"):
        courses: dict[int, Course] = {row.id or 0: row for row in read(list_courses)}
        if not courses:
            st.info("В каталоге пока нет курсов: их вносит методист на вкладке «Курсы».", icon=":material/info:")
            return
        deficit = choose_deficit(f"{key}_deficit", teacher_id, competence_id)
        sought = deficit.competence_id if deficit else None
        fitting = [one for one, row in courses.items() if sought in row.competence_ids]
        st.selectbox(
            "Курсы", [*fitting, *(one for one in courses if one not in fitting)], key=f"{key}_course",
            format_func=lambda one: _course_words(courses[one], is_fitting=one in fitting),
            help="● – по каталогу программа развивает то, что вы выбрали выше." if fitting else None,
        )
        first, second = st.columns(2)
        first.date_input("Начало", None, key=f"{key}_starts", format="DD.MM.YYYY")
        second.date_input("Окончание", None, key=f"{key}_ends", format="DD.MM.YYYY")
        st.text_input(
            "Зачем", key=f"{key}_reason", max_chars=1000,
            placeholder=f"дефицит: {deficit.name}" if deficit else "например: прошло три года",
        )
        st.button(
            "Подать заявку", type="primary", icon=":material/send:", key=f"{key}_send", on_click=_send,
            args=(key, organisation_id, teacher_id, sought,
                  f"дефицит: {deficit.name}" if deficit else ""),
        )


def _course_words(row: Course, *, is_fitting: bool) -> str:
    subject = f" · {row.subject}" if row.subject else ""
    return f"{'● ' if is_fitting else ''}{row.title} · {hours_words(row.hours, row.module_hours)}{subject}"


def _send(key: str, organisation_id: int, teacher_id: int, competence_id: int | None, reason: str) -> None:
    state = st.session_state
    request = Request(
        organisation_id, teacher_id, int(state.get(f"{key}_course") or 0), state.get(f"{key}_starts"),
        state.get(f"{key}_ends"), competence_id, typed(f"{key}_reason") or reason,
    )
    made = act(
        partial(write_once, f"course|{request}", request_course, request),
        "Заявка подана: её согласует директор.", (key, f"{key}_reason"),
    )
    if made:
        go_to(ENROLMENT, made)
