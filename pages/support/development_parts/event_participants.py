"""Who took part in an event that was held: named, noted, taken off with a reason, brought back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.teachers import list_teachers
from core.support.event_participants import (
    ParticipantCard,
    Participants,
    note_participants,
    remove_participant,
    restore_participant,
)
from core.words import count_of, listing, moment
from pages.support.development_parts.address import SCREEN
from pages.widgets.acting import act, drawer, typed
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.session import read, time_zone, write


def participants_words(people: Participants, own: int | None, *, are_all: bool) -> str:
    """Return «Отмечены: Иванова Анна Петровна (ведущий) и Петров Пётр Петрович»; "" where nobody is noted.

    `own` is the teacher who looks; `are_all` says that they see everybody who is noted.
    """
    if not people.there:
        return ""
    if not are_all and [one.teacher_id for one in people.there] == [own]:
        return "Ваше участие отмечено"
    named = listing([f"{one.name} (ведущий)" if one.is_leader else one.name for one in people.there])
    return f"Отмечены: {named}" if are_all else f"Из тех, кого вы видите, отмечены: {named}"


def show_noting(event_id: int, school: int, people: Participants) -> None:
    """Show the form that notes participants; who is noted already may be noted anew, as who led the event."""
    name = f"{SCREEN}_part_{event_id}"
    there = {one.teacher_id for one in people.there}
    offered = {
        card.id: f"{card.name} – уже отмечен(а)" if card.id in there else card.name
        for card in read(list_teachers, school)
    }
    with drawer(name, "Участники", ":material/group_add:"):
        st.multiselect(
            "Кто участвовал", list(offered), format_func=lambda key: offered.get(key, ""), key=f"{name}_who",
            placeholder="Выберите педагогов",
        )
        st.checkbox("Проводили мероприятие", key=f"{name}_leads")
        st.button("Отметить", type="primary", key=f"{name}_now", on_click=_note, args=(event_id, name))


def show_taking_off(event_id: int, people: Participants) -> None:
    """Show the form that takes a mark off; nothing where nobody is noted."""
    if not people.there:
        return
    name = f"{SCREEN}_off_{event_id}"
    known = {one.id: one for one in people.there}
    with drawer(name, "Снять отметку", ":material/group_remove:"):
        st.selectbox("Кто не участвовал", list(known), format_func=lambda key: known[key].name, key=f"{name}_who")
        st.text_input("Почему отметка снимается", max_chars=300, key=f"{name}_why", placeholder="Был на больничном")
        st.caption(
            "Мероприятие перестанет считаться помощью этому педагогу. Отзывы останутся все: они без имён, и кто какой "
            "написал, неизвестно. Отметку можно вернуть."
        )
        st.button("Снять отметку", type="primary", key=f"{name}_now", on_click=_take_off, args=(known, name))


def show_taken_off(event_id: int, people: Participants) -> None:
    """Show the marks that were taken off: whose, why, by whom and when, each with a way back."""
    show_deleted(
        f"{SCREEN}_off_{event_id}", "Снятые отметки", {one.id: _removed(one) for one in people.removed},
        lambda participant: write(restore_participant, participant),
        "Отметка об участии возвращена.",
    )


def _removed(one: ParticipantCard) -> str:
    when = f", {moment(one.removed_at, time_zone())}" if one.removed_at is not None else ""
    why = f": {one.removed_reason}" if one.removed_reason else ""
    return f"{one.name}{why} ({one.removed_by}{when})"


def _note(event_id: int, name: str) -> None:
    state = st.session_state
    chosen = [int(one) for one in state.get(f"{name}_who") or ()]
    work = partial(write, note_participants, event_id, chosen, is_leader=bool(state.get(f"{name}_leads")))
    if act(work, lambda count: f"Отмечено: {count_of(count, 'участник')}.", (name, f"{name}_leads")):
        state[f"{name}_who"] = []


def _take_off(known: dict[int, ParticipantCard], name: str) -> None:
    one = known.get(int(st.session_state.get(f"{name}_who") or 0))
    act(
        partial(
            write, remove_participant, one.id if one is not None else 0, one.version if one is not None else 0,
            typed(f"{name}_why"),
        ),
        "Отметка снята. Вернуть её можно под мероприятием, в «Снятых отметках».", (name, f"{name}_why"),
    )
