"""The way of a practice: what was decided, by whom, by which minutes; and the next decision."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from core.practice.deciding import Trial, Verdict, decide, reject, send_to_trial, trial_places
from core.practice.library import PracticeCard
from core.practice.practices import practice_steps
from core.practice.states import NEXT, PracticeState
from core.practice.tables import PracticeStep
from core.words import day, moment
from pages.practice.library.address import SCREEN
from pages.widgets.acting import act, drawer, typed
from pages.widgets.session import read, time_zone, write
from pages.widgets.texts import plain

_TERM = timedelta(days=90)
_BUTTONS = {
    PracticeState.ON_TRIAL: ("На апробацию", ":material/science:"),
    PracticeState.TRIED: ("Апробирована", ":material/task_alt:"),
    PracticeState.RECOMMENDED: ("Рекомендовать к распространению", ":material/campaign:"),
    PracticeState.REJECTED: ("Отклонить", ":material/block:"),
}


def show_way(card: PracticeCard) -> None:
    """Show the steps, the latest last, and the decisions that this person may take now."""
    steps = read(practice_steps, card.id)
    if not steps:
        st.info("Решений ещё нет: сначала автор предлагает практику.", icon=":material/info:")
    for step in steps:
        _show_step(step)
    following = [state for state in PracticeState if state in NEXT[card.state]]
    if not following:
        return
    if not card.may_decide:
        st.caption("Решают руководитель объединения и методист; о собственной практике решает другой человек.")
        return
    with st.container(horizontal=True):
        for state in following:
            label, icon = _BUTTONS[state]
            with drawer(_key(card, f"open_{state.name}"), label, icon):
                _show_form(card, state)


def _show_form(card: PracticeCard, state: PracticeState) -> None:
    if state is PracticeState.ON_TRIAL:
        _show_trial(card)
    elif state is PracticeState.REJECTED:
        st.text_area("Причина", key=_key(card, "why"), height=90, max_chars=2000, placeholder="Её прочитает автор")
        st.button("Отклонить", key=_key(card, "reject"), type="primary", on_click=_reject, args=(card,))
    else:
        _show_verdict(card, state)


def _show_trial(card: PracticeCard) -> None:
    places = {row.id or 0: f"{row.kind} {row.name}" for row in read(trial_places, card.id)}
    if not places:
        st.caption("Объединений по этому предмету ещё нет: их создают на экране «Администрирование».")
        return
    st.selectbox(
        "Где апробируем", list(places), format_func=lambda one: places[one], key=_key(card, "place"), index=None,
        placeholder="Клуб или объединение",
    )
    st.text_input("Кто отвечает", key=_key(card, "responsible"), max_chars=300, placeholder="Фамилия или должность")
    first, second = st.columns(2)
    first.date_input("С", value=date.today(), key=_key(card, "since"), format="DD.MM.YYYY")
    second.date_input("По", value=date.today() + _TERM, key=_key(card, "until"), format="DD.MM.YYYY")
    st.button("Отправить", key=_key(card, "trial"), type="primary", on_click=_try, args=(card,))


def _show_verdict(card: PracticeCard, state: PracticeState) -> None:
    st.text_input(
        "Кто решил", key=_key(card, f"body_{state.name}"), max_chars=300,
        placeholder="Без ответа – объединение апробации",
    )
    first, second = st.columns(2)
    first.text_input("Протокол №", key=_key(card, f"number_{state.name}"), max_chars=60)
    second.date_input("от", value=date.today(), key=_key(card, f"date_{state.name}"), format="DD.MM.YYYY")
    st.text_area("Решение", key=_key(card, f"text_{state.name}"), height=90, max_chars=2000)
    st.caption("Вместе с решением сохранится изменение результатов, каким оно видно сегодня.")
    st.button(
        "Записать решение", key=_key(card, f"save_{state.name}"), type="primary", on_click=_decide, args=(card, state)
    )


def _try(card: PracticeCard) -> None:
    place = st.session_state.get(_key(card, "place"))
    since, until = (st.session_state[_key(card, name)] for name in ("since", "until"))
    trial = Trial(place or 0, typed(_key(card, "responsible")), since, until)
    act(
        partial(write, send_to_trial, card.id, trial, card.version),
        "Практика на апробации: её видит весь муниципалитет.",
        forget=(_key(card, "open_ON_TRIAL"),),
    )


def _decide(card: PracticeCard, state: PracticeState) -> None:
    verdict = Verdict(
        typed(_key(card, f"body_{state.name}")), typed(_key(card, f"number_{state.name}")),
        st.session_state[_key(card, f"date_{state.name}")], typed(_key(card, f"text_{state.name}")),
    )
    act(
        partial(write, decide, card.id, state, verdict, card.version), f"Записано: практика {state.value}.",
        forget=(_key(card, f"open_{state.name}"),),
    )


def _reject(card: PracticeCard) -> None:
    act(
        partial(write, reject, card.id, typed(_key(card, "why")), card.version),
        "Практика отклонена, автор видит причину.",
        forget=(_key(card, "open_REJECTED"), _key(card, "why")),
    )


def _show_step(step: PracticeStep) -> None:
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f"**{step.state.value.capitalize()}**" + (f" – {plain(step.body)}" if step.body else ""))
        parts = []
        if step.starts_on and step.ends_on:
            parts.append(f"с {day(step.starts_on)} по {day(step.ends_on)}, отвечает: {step.responsible}")
        if step.protocol_number and step.protocol_date:
            parts.append(f"протокол № {step.protocol_number} от {day(step.protocol_date)}")
        parts.append(f"{step.actor}, {moment(step.taken_at, time_zone())}")
        st.caption(plain(" · ".join(parts)))
        if step.reason:
            st.markdown(plain(step.reason))
        for effect in step.effects:
            st.caption(plain(f"На день решения: {effect.get('words', '')}."))


def _key(card: PracticeCard, name: str) -> str:
    return f"{SCREEN}_{card.id}_{name}"
