"""One request for a course: what is known, who decides, what is next, one's own questionnaires."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.errors import NotFound
from core.people.scope import Action
from core.planning.access import actor_of
from core.support.course_tables import EnrolmentState
from core.support.courses import EnrolmentCard, Result, decide, list_enrolments, move_on
from core.words import day, listing
from pages.support.development_parts.address import SCREEN, show_back
from pages.support.development_parts.competence_cells import competence_names
from pages.support.development_parts.feedback import show_questionnaires
from pages.support.development_parts.viewer import allowed
from pages.support.development_parts.wording import hours_words, period, state_words
from pages.widgets.acting import act, drawer, typed
from pages.widgets.session import read, write
from pages.widgets.texts import plain


def show_enrolment(enrolment_id: int) -> None:
    """Show a request; raises NotFound for one that the person does not see."""
    cards: list[EnrolmentCard] = read(list_enrolments)
    card = next((one for one in cards if one.row.id == enrolment_id), None)
    if card is None:
        raise NotFound("Заявка на курсы")
    show_back()
    row, course = card.row, card.course
    st.subheader(plain(course.title), anchor=False)
    dates = period(row.starts_on, row.ends_on) or "дат нет"
    st.markdown(f"**{state_words(row.state)}** · {plain(card.teacher)} · {dates}")
    is_own = read(actor_of).teacher_id == row.teacher_id
    st.info(_next_step(card, is_own), icon=":material/arrow_forward:")
    _show_facts(card)
    manages = is_own or allowed(Action.MANAGE_HELP, row.organisation_id)
    with st.container(horizontal=True):
        if row.state is EnrolmentState.REQUESTED and allowed(Action.APPROVE_HELP, row.organisation_id):
            _show_decision(card)
        if manages and row.state is EnrolmentState.APPROVED:
            st.button(
                "Обучение началось", key=f"{SCREEN}_begin_{row.id}", icon=":material/play_arrow:", on_click=act,
                args=(partial(write, move_on, row.id or 0, EnrolmentState.STUDYING, row.version), "Отмечено."),
            )
        if manages and row.state in (EnrolmentState.APPROVED, EnrolmentState.STUDYING):
            _show_ends(card)
    if is_own:
        st.markdown("**Ваши анкеты**")
        show_questionnaires(card)


def _show_facts(card: EnrolmentCard) -> None:
    row, course, names = card.row, card.course, competence_names()
    facts = {
        "Кто проводит": course.provider,
        "Объём": hours_words(course.hours, course.module_hours),
        "Развивает": listing([names[key] for key in course.competence_ids if key in names]),
        "Зачем": row.reason,
        "Подал заявку": row.requested_by,
        "Решение": f"{row.decided_by}, {day(row.decided_on)}" if row.decided_on is not None else "",
        "Почему отклонено": row.refusal_reason,
        "Документ": f"№ {row.document_number} от {day(row.document_on)}" if row.document_on is not None else "",
        "Итог": row.result,
    }
    st.markdown("  \n".join(f"{name}: {plain(value)}" for name, value in facts.items() if value))


def _next_step(card: EnrolmentCard, is_own: bool) -> str:
    match card.row.state:
        case EnrolmentState.REQUESTED:
            return "Дальше: заявку согласует или отклонит директор."
        case EnrolmentState.APPROVED:
            return "Дальше: отметьте начало обучения; по окончании впишите документ."
        case EnrolmentState.STUDYING:
            return "Дальше: по окончании впишите номер и дату документа о квалификации."
        case EnrolmentState.FINISHED:
            return "Курсы завершены." + (" Заполните выходную анкету, если ещё не заполнили." if is_own else "")
        case EnrolmentState.REFUSED:
            return "Заявка отклонена; можно подать другую."
        case _:
            return "Курсы не завершены; можно подать новую заявку."


def _show_decision(card: EnrolmentCard) -> None:
    row, key = card.row, card.row.id or 0
    st.button(
        "Согласовать", type="primary", icon=":material/check:", key=f"{SCREEN}_approve_{key}", on_click=act,
        args=(partial(write, decide, key, approve=True, version_seen=row.version), "Заявка согласована."),
    )
    name = f"{SCREEN}_refuse_{key}"
    with drawer(name, "Отклонить", ":material/close:"):
        st.text_area("Почему (педагог это увидит)", key=f"{name}_why", max_chars=1000)
        st.button(
            "Отклонить заявку", type="primary", key=f"{name}_now", on_click=_refuse, args=(key, row.version, name)
        )


def _refuse(enrolment_id: int, version: int, name: str) -> None:
    reason = typed(f"{name}_why")
    act(
        partial(write, decide, enrolment_id, approve=False, version_seen=version, reason=reason),
        "Заявка отклонена.", (name,),
    )


def _show_ends(card: EnrolmentCard) -> None:
    key, version = card.row.id or 0, card.row.version
    name = f"{SCREEN}_finish_{key}"
    with drawer(name, "Вписать документ", ":material/workspace_premium:"):
        st.text_input("Документ №", key=f"{name}_number", max_chars=120, placeholder="удостоверение")
        st.date_input("От", None, key=f"{name}_on", format="DD.MM.YYYY")
        st.text_area("Что взяли для работы", key=f"{name}_words", max_chars=1000, height=80)
        st.button("Завершить курсы", type="primary", key=f"{name}_now", on_click=_finish, args=(key, version, name))
    name = f"{SCREEN}_drop_{key}"
    with drawer(name, "Не завершены", ":material/stop_circle:"):
        st.text_area("Почему", key=f"{name}_words", max_chars=1000, height=80)
        st.button("Отметить", type="primary", key=f"{name}_now", on_click=_drop, args=(key, version, name))


def _finish(enrolment_id: int, version: int, name: str) -> None:
    on: date | None = st.session_state.get(f"{name}_on")
    result = Result(typed(f"{name}_number"), on, typed(f"{name}_words"))
    act(
        partial(write, move_on, enrolment_id, EnrolmentState.FINISHED, version, result), "Документ записан.", (name,),
    )


def _drop(enrolment_id: int, version: int, name: str) -> None:
    result = Result(words=typed(f"{name}_words"))
    act(partial(write, move_on, enrolment_id, EnrolmentState.DROPPED, version, result), "Отмечено.", (name,))
