"""What a club decided: text, who is responsible, by when, whether it was done."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.practice.clubs import ClubCard
from core.practice.events import (
    DecisionText,
    add_decision,
    delete_decision,
    list_decisions,
    list_events,
    mark_decision,
)
from core.practice.tables import ClubDecision, EventState
from core.words import day
from pages.practice.library.address import SCREEN
from pages.widgets.acting import act, typed
from pages.widgets.once import write_once
from pages.widgets.session import read, write
from pages.widgets.texts import plain


def show_decisions(card: ClubCard) -> None:
    """Show the decisions, the latest first, and the form of a new one."""
    rows = read(list_decisions, card.id)
    if not rows:
        st.caption(
            "Решений пока нет." + (" Запишите, о чём договорились." if card.may_lead else "")
            + " Решения заседаний с протоколом – на экране «Заседание»."
        )
    titles = {event.id: event.title for event in read(list_events, card.id)}
    for row in rows:
        with st.container(border=True, gap="xsmall"):
            _show_one(card, row, titles.get(row.event_id, ""))
    if card.may_lead:
        _show_form(card)


def _show_one(card: ClubCard, row: ClubDecision, event: str) -> None:
    sign = ":material/check_circle:" if row.done_on else ":material/radio_button_unchecked:"
    st.markdown(f"{sign} {plain(row.text)}".replace("\n", "  \n"))
    parts = [day(row.decided_on)]
    parts += [event] if event else []
    parts += [f"отвечает {row.responsible}"] if row.responsible else []
    parts += [f"срок: {row.due}"] if row.due else []
    parts += [f"выполнено {day(row.done_on)}"] if row.done_on else []
    st.caption(plain(" · ".join(parts)))
    if card.may_lead:
        with st.container(horizontal=True):
            done = row.done_on is not None
            st.button(
                "Не выполнено" if done else "Выполнено", key=f"{SCREEN}_decision_{row.id}_done", on_click=act,
                args=(partial(write, mark_decision, row.id or 0, done=not done), "Отмечено."),
            )
            st.button(
                "Удалить", key=f"{SCREEN}_decision_{row.id}_delete", icon=":material/delete:", on_click=act,
                args=(partial(write, delete_decision, row.id or 0), "Решение удалено."),
            )


def _show_form(card: ClubCard) -> None:
    key = f"{SCREEN}_decision_new_{card.id}"
    events = {
        event.id: f"{day(event.held_on)} – {event.title}"
        for event in read(list_events, card.id) if event.state is EventState.HELD
    }
    st.markdown("**Новое решение**")
    st.text_area("Что решили", key=f"{key}_text", height=70, max_chars=2000, persist_state="session")
    first, second, third = st.columns(3)
    first.text_input("Кто отвечает", key=f"{key}_who", max_chars=300)
    second.text_input("Срок", key=f"{key}_due", max_chars=120, placeholder="до 1 декабря")
    third.selectbox(
        "На какой встрече", list(events), format_func=lambda one: events[one], index=None, key=f"{key}_event",
        placeholder="Вне встреч",
    )
    st.button("Записать решение", key=f"{key}_save", type="primary", on_click=_add, args=(card, key))


def _add(card: ClubCard, key: str) -> None:
    decision = DecisionText(
        typed(f"{key}_text"), typed(f"{key}_who"), typed(f"{key}_due"), st.session_state.get(f"{key}_event")
    )
    work = partial(write_once, f"decision|{card.id}|{decision}", add_decision, card.id, decision)
    act(work, "Решение записано.", forget=(f"{key}_text", f"{key}_who", f"{key}_due"))
