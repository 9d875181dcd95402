"""Events that were held: how they were received, without names; what a person says, who took part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.support.course_feedback import FEWEST
from core.support.event_participants import Participants, participants_of
from core.support.events import EventCard, say_of_event
from core.words import day, interval, number, percent, plural
from pages.support.development_parts.address import SCREEN
from pages.support.development_parts.event_participants import (
    participants_words,
    show_noting,
    show_taken_off,
    show_taking_off,
)
from pages.support.development_parts.viewer import Viewer
from pages.widgets.acting import act, drawer, typed
from pages.widgets.once import write_once
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_held(cards: Sequence[EventCard], viewer: Viewer, unit: int, year: int) -> None:
    """Show each event with its answers; who works there says theirs, who manages notes participants."""
    if not cards:
        return
    st.markdown("**Проведённые: участники и отзывы без имён**")
    noted = read(participants_of, unit, year)
    for card in cards:
        row = card.row
        with st.container(border=True):
            held = f"{day(row.held_on)} · " if row.held_on is not None else ""
            st.markdown(f"**{held}{plain(row.content)}**")
            people = noted.get(row.id or 0, Participants())
            st.caption(plain(_said(card)))
            if named := participants_words(people, viewer.actor.teacher_id, are_all=viewer.unit is not None):
                st.caption(plain(named))
            with st.container(horizontal=True):
                if viewer.actor.teacher_id is not None:
                    _show_feedback(row.id or 0)
                if viewer.manages and viewer.school is not None:
                    show_noting(row.id or 0, unit, people)
                if viewer.manages:
                    show_taking_off(row.id or 0, people)
            if viewer.manages:
                show_taken_off(row.id or 0, people)


def _said(card: EventCard) -> str:
    people = card.row.participants
    came = f"{plural(people, 'участник', 'участника', 'участников')}; " if people else ""
    if not card.answers:
        return f"{came}отзывов пока нет"
    if card.answers < FEWEST:
        return f"{came}отзывов: {card.answers}; что сказали, видно, когда их не меньше {FEWEST}"
    share = f"довольны {percent(card.satisfied, 0)} ({interval(card.low, card.high, 0)}, n = {card.answers})"
    words = "; ".join(f"«{comment}»" for comment in card.comments)
    return f"{came}средняя оценка {number(card.mean, 1)} из 5, {share}" + (f"; {words}" if words else "")


def _show_feedback(event_id: int) -> None:
    name = f"{SCREEN}_say_{event_id}"
    with drawer(name, "Отзыв", ":material/rate_review:"):
        st.slider("Насколько было полезно", 1, 5, 4, key=f"{name}_mark")
        st.text_area("Что сказать (без имени)", key=f"{name}_words", max_chars=2000, height=80)
        st.button("Отправить", type="primary", key=f"{name}_now", on_click=_say, args=(event_id, name))


def _say(event_id: int, name: str) -> None:
    mark = int(st.session_state.get(f"{name}_mark") or 0)
    act(
        partial(write_once, f"say of event|{event_id}", say_of_event, event_id, mark, typed(f"{name}_words")),
        "Спасибо, отзыв записан. От одного человека принимается один отзыв.", (name, f"{name}_words"),
    )
