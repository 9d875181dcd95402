"""One teacher: consent to being named, leaving, a mistaken entry, and the person's data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from core.people.scope import Scope
from core.people.teachers import TeacherCard, delete_teacher, leave, record_consent
from core.words import day as day_in_words
from pages.manage.administration.person_data import show_person_data
from pages.widgets.acting import act, drawer, typed
from pages.widgets.session import write


def show_teacher(scope: Scope, place: int, cards: Sequence[TeacherCard]) -> None:
    """Choose one of the teachers and show what is done with one person."""
    by_id = {card.id: card for card in cards}
    chosen = st.selectbox(
        "Согласие, увольнение, персональные данные",
        list(by_id),
        index=None,
        format_func=lambda one: by_id[one].name,
        placeholder="Выберите педагога",
        key=f"teacher_one_{place}",
    )
    if chosen is None or chosen not in by_id:
        return
    card = by_id[chosen]
    with st.container(border=True):
        _show_consent(card)
        with st.container(horizontal=True):
            with drawer("teacher_leaving", "Уволен", ":material/event_busy:"):
                st.date_input(
                    "Первый день, когда уже не работает", value=date.today(), key="teacher_left", format="DD.MM.YYYY"
                )
                st.button("Отметить", key="teacher_leave", type="primary", on_click=_leave, args=(card.id, place))
            with drawer("teacher_mistaken", "Внесён по ошибке", ":material/delete:"):
                st.caption("Запись уйдёт из списков; вернуть её можно в журнале изменений.")
                st.button(
                    "Удалить запись",
                    key="teacher_delete",
                    on_click=act,
                    args=(partial(write, delete_teacher, card.id), "Запись удалена.", ("teacher_mistaken",)),
                )
    show_person_data(scope, teacher_id=card.id)


def _show_consent(card: TeacherCard) -> None:
    if card.consent_given:
        day = f" от {day_in_words(card.consent_on)}" if card.consent_on else ""
        st.write(f"Согласие на показ имени за пределами школы: есть, № {card.consent_order}{day}.")
        st.button(
            "Согласие отозвано",
            key="teacher_consent_off",
            on_click=act,
            args=(partial(write, record_consent, card.id, given=False), "Отзыв согласия записан."),
        )
        return
    st.write("Согласия на показ имени за пределами школы нет: там педагог показан под условным именем.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Номер приказа или согласия", key="teacher_order", max_chars=120, width=260)
        st.date_input("Дата", value=date.today(), key="teacher_order_day", format="DD.MM.YYYY", width=160)
        st.button("Записать согласие", key="teacher_consent_on", on_click=_consent, args=(card.id,))


def _consent(teacher_id: int) -> None:
    work = partial(
        write,
        record_consent,
        teacher_id,
        given=True,
        order=typed("teacher_order"),
        on=st.session_state["teacher_order_day"],
    )
    act(work, "Согласие записано.", forget=("teacher_order",))


def _leave(teacher_id: int, place: int) -> None:
    act(
        partial(write, leave, teacher_id, place, on=st.session_state["teacher_left"]),
        "Увольнение записано.",
        forget=("teacher_leaving",),
    )
