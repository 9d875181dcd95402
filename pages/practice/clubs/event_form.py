"""The form of a line of a club's plan."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from core.practice.clubs import ClubCard
from core.practice.events import EventPlan, change_event, plan_event
from core.practice.keys import keys_of_subject, known_subjects
from core.practice.library import find_practices
from core.practice.tables import ClubEvent, EventKind
from pages.practice.library.address import SCREEN
from pages.widgets.acting import act, typed
from pages.widgets.once import write_once
from pages.widgets.session import read, write

_SOON = timedelta(days=14)


def show_event_form(card: ClubCard, event: ClubEvent | None) -> None:
    """Show the form of a new line (None) or of a stored one; what was typed stays after a refusal."""
    key = _key(card, event)
    first, second, third = st.columns([2, 2, 1])
    with first:
        st.selectbox(
            "Вид", list(EventKind), format_func=lambda one: one.value.capitalize(), key=f"{key}_kind",
            index=list(EventKind).index(event.kind) if event else 0,
        )
    with second:
        st.date_input(
            "Дата", value=event.held_on if event else date.today() + _SOON, key=f"{key}_day", format="DD.MM.YYYY"
        )
    with third:
        st.text_input("Время", value=event.time if event else "", key=f"{key}_time", max_chars=20, placeholder="15:00")
    st.text_input("Тема", value=event.title if event else "", key=f"{key}_title", max_chars=300)
    left, right = st.columns(2)
    with left:
        st.text_input("Кто ведёт", value=event.leader if event else "", key=f"{key}_leader", max_chars=200)
    with right:
        st.text_input(
            "Ссылка на вебинар или запись", value=event.url if event else "", key=f"{key}_url", max_chars=2000,
            placeholder="https://…",
        )
    _show_keys(card, event, key)
    st.text_area(
        "Затруднения педагогов, о которых говорим", value=event.deficits if event else "", key=f"{key}_deficits",
        height=70, max_chars=2000,
    )
    practices = {one.id: one.title for one in read(find_practices) if one.is_published}
    chosen = event.practice_id if event and event.practice_id in practices else None
    st.selectbox(
        "Какую практику показываем", list(practices), format_func=lambda one: practices[one], key=f"{key}_practice",
        index=list(practices).index(chosen) if chosen is not None else None, placeholder="Никакую",
    )
    st.button("Сохранить" if event else "Добавить в план", key=f"{key}_save", type="primary", on_click=_save,
              args=(card, event, key))


def _show_keys(card: ClubCard, event: ClubEvent | None, key: str) -> None:
    known = read(known_subjects)
    subjects = [one for one in known if one in card.subjects] or known
    if event and event.subject and event.subject not in subjects:
        subjects = [event.subject, *subjects]
    left, right = st.columns(2)
    with left:
        subject = st.selectbox(
            "Предмет", subjects, key=f"{key}_subject", placeholder="Не об одном предмете",
            index=subjects.index(event.subject) if event and event.subject else 0 if len(subjects) == 1 else None,
        )
    kept = event.elements if event and event.subject == subject else []
    options = list(dict.fromkeys([*read(keys_of_subject, subject or "").elements, *kept]))
    with right:
        st.multiselect(
            "Какие элементы содержания обсуждаем", options, default=kept, key=f"{key}_elements",
            placeholder="Проблемные поля",
        )


def _save(card: ClubCard, event: ClubEvent | None, key: str) -> None:
    state = st.session_state
    plan = EventPlan(
        kind=state[f"{key}_kind"], title=typed(f"{key}_title"), held_on=state[f"{key}_day"] or date.today(),
        time=typed(f"{key}_time"), leader=typed(f"{key}_leader"), url=typed(f"{key}_url"),
        subject=typed(f"{key}_subject"), elements=tuple(state.get(f"{key}_elements") or ()),
        deficits=typed(f"{key}_deficits"), practice_id=state.get(f"{key}_practice"),
    )
    if event is not None:
        work = partial(write, change_event, event.id or 0, plan, event.version)
        act(work, "Встреча изменена.", forget=(f"{SCREEN}_event_{event.id}_edit_open",))
        return
    made = act(partial(write_once, f"event|{card.id}|{plan}", plan_event, card.id, plan), "Встреча в плане.")
    if made is not None:
        # New keys empty the form.
        state[_turn(card)] = int(state.get(_turn(card), 0)) + 1


def _key(card: ClubCard, event: ClubEvent | None) -> str:
    if event is not None:
        return f"{SCREEN}_event_{event.id}_{event.version}_form"
    return f"{SCREEN}_event_new_{card.id}_{st.session_state.get(_turn(card), 0)}"


def _turn(card: ClubCard) -> str:
    return f"{SCREEN}_event_turn_{card.id}"
