"""The tab «Запросы о помощи»: ask, answer, say whether it helped; the bank of shared answers."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.support.asking import addressees
from core.support.help_request_tables import HelpRequest, RequestState
from core.support.help_requests import (
    Question,
    RequestCard,
    answer,
    answer_bank,
    ask,
    list_requests,
    settle,
    withdraw,
)
from core.words import count_of, day
from pages.support.development_parts.address import REQUEST, SCREEN, asked
from pages.support.development_parts.deficit_choice import choose_deficit
from pages.support.development_parts.viewer import Viewer
from pages.support.development_parts.wording import state_words
from pages.widgets.acting import act, drawer, typed
from pages.widgets.empty_state import empty_state
from pages.widgets.once import write_once
from pages.widgets.session import read, time_zone, write
from pages.widgets.texts import plain

_SHOWN = 20


def show_requests(viewer: Viewer) -> None:
    """Show the tab."""
    if viewer.workplace is not None and viewer.actor.teacher_id is not None:
        show_question(f"{SCREEN}_question", viewer.actor.teacher_id)
    cards: list[RequestCard] = [card for card in read(list_requests) if viewer.counts(card.row.organisation_id)]
    waiting = sum(card.row.state is RequestState.OPEN for card in cards)
    if cards:
        st.markdown(f"**{count_of(len(cards), 'вопрос')}**, ждут ответа – {waiting}.")
    else:
        empty_state("Вопросов пока нет", "Педагог спрашивает методистов или своё объединение; ответ видит он сам.")
    wanted = asked(REQUEST)
    for card in sorted(cards, key=lambda one: one.row.id != wanted)[:_SHOWN]:
        _show_card(card)
    if len(cards) > _SHOWN:
        st.caption(f"Показаны первые {_SHOWN} из {len(cards)}.")
    _show_bank()


def show_question(key: str, teacher_id: int, competence_id: int | None = None) -> None:
    """Show the button with the form of a question; `competence_id` is the deficit from which somebody came."""
    with drawer(key, "Задать вопрос", ":material/contact_support:"):
        people = read(addressees)
        st.selectbox("Кому", list(people), format_func=lambda one: people[one], key=f"{key}_whom")
        st.text_area("Вопрос", key=f"{key}_text", max_chars=4000)
        first, second = st.columns(2)
        first.text_input("Предмет", key=f"{key}_subject", max_chars=120)
        second.text_input("Элемент содержания", key=f"{key}_element", max_chars=300)
        deficit = choose_deficit(f"{key}_deficit", teacher_id, competence_id)
        st.checkbox(
            "Вопрос и ответ можно показать коллегам, без моего имени", key=f"{key}_shared",
            help="Хорошие ответы собираются в банк, по которому можно искать.",
        )
        st.button(
            "Спросить", type="primary", icon=":material/send:", key=f"{key}_send", on_click=_ask,
            args=(key, deficit.competence_id if deficit else None),
        )


def _ask(key: str, competence_id: int | None) -> None:
    state = st.session_state
    question = Question(
        typed(f"{key}_text"), typed(f"{key}_subject"), typed(f"{key}_element"), state.get(f"{key}_whom"),
        competence_id, bool(state.get(f"{key}_shared")),
    )
    act(
        partial(write_once, f"ask|{question}", ask, question), "Вопрос отправлен.",
        (key, f"{key}_text", f"{key}_subject", f"{key}_element"),
    )


def _show_card(card: RequestCard) -> None:
    row, key = card.row, card.row.id or 0
    with st.container(border=True):
        where = ", ".join(part for part in (row.subject, row.element) if part)
        who = "вы" if card.is_own else card.who
        st.markdown(f"**{state_words(row.state)}** · {plain(who)} · {_day(row)}"
                    + (f" · {plain(where)}" if where else ""))
        st.markdown(plain(row.question))
        if row.answer:
            bank = " · в банке ответов" if row.in_bank else ""
            useful = {True: " · помогло", False: " · не помогло", None: ""}[row.was_useful]
            st.markdown(f"**Ответ** ({plain(row.answered_by)}{bank}{useful}): {plain(row.answer)}")
        with st.container(horizontal=True):
            if card.may_answer and row.state in (RequestState.OPEN, RequestState.ANSWERED) and not card.is_own:
                _show_answering(row)
            if card.is_own and row.state is RequestState.ANSWERED:
                _button("Помогло", ":material/thumb_up:", key, partial(write, settle, key, True, row.version))
                _button("Не помогло", ":material/thumb_down:", key, partial(write, settle, key, False, row.version))
            if card.is_own and row.state is RequestState.OPEN:
                _button("Снять вопрос", ":material/undo:", key, partial(write, withdraw, key, row.version))


def _day(row: HelpRequest) -> str:
    return day(row.asked_at.astimezone(time_zone()).date())


def _button(label: str, icon: str, key: int, work: partial[HelpRequest]) -> None:
    st.button(label, icon=icon, key=f"{SCREEN}_{label}_{key}", on_click=act, args=(work, "Отмечено."))


def _show_answering(row: HelpRequest) -> None:
    key = row.id or 0
    name = f"{SCREEN}_answer_{key}"
    with drawer(name, "Исправить ответ" if row.answer else "Ответить", ":material/reply:"):
        st.text_area("Ответ", row.answer, key=f"{name}_text", max_chars=4000)
        st.checkbox(
            "В банк ответов", row.in_bank, key=f"{name}_bank", disabled=not row.may_be_shared,
            help=None if row.may_be_shared else "Педагог не согласился поделиться вопросом.",
        )
        st.button("Отправить", type="primary", key=f"{name}_send", on_click=_answer, args=(key, row.version, name))


def _answer(request_id: int, version: int, name: str) -> None:
    act(
        partial(
            write, answer, request_id, typed(f"{name}_text"), version,
            into_bank=bool(st.session_state.get(f"{name}_bank")),
        ),
        "Ответ отправлен.", (name,),
    )


def _show_bank() -> None:
    st.markdown("**Банк ответов**")
    words = st.text_input(
        "Искать в банке ответов", key=f"{SCREEN}_bank", placeholder="Слова из вопроса или ответа",
        label_visibility="collapsed",
    )
    found: list[HelpRequest] = read(answer_bank, words or "")
    if not found:
        st.caption("Ничего не нашлось: измените слова." if words else "Банк пока пуст.")
    for row in found[:_SHOWN]:
        where = ", ".join(part for part in (row.subject, row.element) if part)
        with st.expander(plain(row.question)):
            st.markdown(plain(row.answer))
            st.caption(plain(where))
