"""What the addressee does: «получено», «принято», «не применимо, потому что …», «исполнено»."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.recommendations.answering import (
    Answer,
    answer_recommendation,
    complete_recommendation,
    receive_recommendation,
)
from core.planning.recommendations.listing import RecommendationRow
from core.planning.tables import RecommendationState
from pages.plan.recommendation_parts.address import SCREEN
from pages.widgets.acting import act, drawer, typed
from pages.widgets.session import write

_AWAITING = (RecommendationState.SENT, RecommendationState.RECEIVED)


def show_answering(one: RecommendationRow) -> None:
    """Show the buttons of the addressee for the present state."""
    if one.row.state in _AWAITING:
        _show_answers(one)
    elif one.row.state is RecommendationState.ACCEPTED:
        _show_result(one)


def _show_answers(one: RecommendationRow) -> None:
    why = f"{SCREEN}_reason_{one.id}"
    st.markdown("**Ваш ответ**")
    with st.container(horizontal=True):
        if one.row.state is RecommendationState.SENT:
            st.button(
                "Получено", key=f"{SCREEN}_receive_{one.id}", icon=":material/mark_email_read:", on_click=act,
                args=(partial(write, receive_recommendation, one.id), "Получение отмечено."),
            )
        st.button(
            "Принято", key=f"{SCREEN}_accept_{one.id}", type="primary", icon=":material/check:", on_click=_answer,
            args=(one, Answer.ACCEPTED, why),
        )
        with drawer(f"{SCREEN}_refuse_{one.id}", "Не применимо, потому что …", ":material/block:"):
            st.text_area("Почему рекомендация не применима", key=why, max_chars=2000)
            st.button("Ответить", key=f"{SCREEN}_refuse_now_{one.id}", on_click=_answer,
                      args=(one, Answer.NOT_APPLICABLE, why))


def _show_result(one: RecommendationRow) -> None:
    result = f"{SCREEN}_result_{one.id}"
    with drawer(f"{SCREEN}_complete_{one.id}", "Отметить исполнение", ":material/task_alt:"):
        st.text_area("Что сделано и что изменилось", key=result, max_chars=8000, height=140)
        st.button("Исполнено", key=f"{SCREEN}_complete_now_{one.id}", type="primary", on_click=_complete,
                  args=(one, result))


def _answer(one: RecommendationRow, answer: Answer, why: str) -> None:
    # What was typed for the other answer does not belong to «принято».
    reason = typed(why) if answer is Answer.NOT_APPLICABLE else ""
    act(
        partial(write, answer_recommendation, one.id, answer, reason, one.row.version), "Ответ сохранён.",
        (why, f"{SCREEN}_refuse_{one.id}"),
    )


def _complete(one: RecommendationRow, result: str) -> None:
    act(
        partial(write, complete_recommendation, one.id, typed(result), one.row.version), "Исполнение отмечено.",
        (result, f"{SCREEN}_complete_{one.id}"),
    )
