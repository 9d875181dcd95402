"""The item on the screen of everybody, for who holds the meeting: marks, a decision, on and back."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.planning.hearing import ItemCard, hear_item, item_card, neighbour
from core.planning.meetings import MeetingView, show_item
from pages.plan.meeting_parts.address import TYPED, Section, follow, seen_item, turn_to
from pages.plan.meeting_parts.card import show_background, show_card
from pages.plan.meeting_parts.deciding import show_decision_form, show_item_decisions
from pages.plan.meeting_parts.marks import Target, show_marks
from pages.plan.meeting_parts.pace import is_second_click, page_turned
from pages.plan.meeting_parts.speech import show_speech
from pages.plan.meeting_parts.watching import watch
from pages.widgets.acting import act, show_outcome, typed
from pages.widgets.once import write_once
from pages.widgets.session import read, write


def show_stage(view: MeetingView) -> None:
    """Show the item that stands on everybody's screen with everything that can be done with it."""
    meeting_id = view.meeting.id or 0
    item_id = seen_item(view)
    if item_id is None:
        _show_end(view)
        return
    card: ItemCard = read(item_card, meeting_id, item_id, date.today())
    # The name changes with every other item: a new one takes no clicks for a moment (assets/meeting.css).
    with st.container(key=f"meeting_stage_{item_id % 2}", gap="small"):
        show_card(card, len(view.items), "stage")
        with st.container(key=f"meeting_marks_{item_id}", gap="small"):
            if card.row is not None:
                show_marks(Target(card.row, card.done_status, item_id, turns_page_of=meeting_id), shortcuts=True)
            else:
                _show_question(card)
            show_outcome()
        _show_way(view, card)
        show_background(card)
        show_item_decisions(view, item_id)
    watch(meeting_id, item_id, card.version)


def _show_question(card: ItemCard) -> None:
    """Show the note and one button for an item that is no measure."""
    name = f"{TYPED}heard_{card.item.id}"
    left, right = st.columns([5, 3])
    left.text_input(
        "Отметили", key=name, placeholder="Что отметили", max_chars=2000, label_visibility="collapsed",
        persist_state="session",
    )
    right.button(
        "Заслушали", key=f"meeting_heard_{card.item.id}", type="primary", icon=":material/check_circle:",
        width="stretch", shortcut="1", on_click=_hear, args=(card, name),
    )


def _hear(card: ItemCard, name: str) -> None:
    if is_second_click():
        return
    item_id = card.item.id or 0
    work = partial(
        write_once, f"heard|{item_id}|{card.version}", hear_item, item_id, None, card.item.version, typed(name)
    )
    if act(work, f"Пункт {card.place} рассмотрен.") is not None:
        st.session_state.pop(name, None)
        follow(card.item.meeting_id)
        page_turned()


def _show_way(view: MeetingView, card: ItemCard) -> None:
    meeting_id = view.meeting.id or 0
    back, on = neighbour(view, card.item.id, -1), neighbour(view, card.item.id, 1)
    places = st.columns([3, 3, 3, 3])
    places[0].button(
        "Предыдущий", key="meeting_back", icon=":material/chevron_left:", disabled=back is None, width="stretch",
        shortcut="PageUp", on_click=_turn, args=(meeting_id, back),
    )
    places[1].button(
        "Следующий", key="meeting_on", icon=":material/chevron_right:", disabled=on is None, width="stretch",
        shortcut="PageDown", on_click=_turn, args=(meeting_id, on),
    )
    with places[2]:
        show_decision_form(view, card.item.id, card.row.roadmap_id if card.row is not None else None)
    with places[3]:
        show_speech(view, card.item)


def _turn(meeting_id: int, item_id: int | None) -> None:
    if not is_second_click():
        act(partial(write, show_item, meeting_id, item_id), "")
        follow(meeting_id)
        page_turned()


def _show_end(view: MeetingView) -> None:
    """Say that the agenda is through, or empty."""
    show_outcome()
    with st.container(border=True, key="meeting_end"):
        if view.items and all(one.heard_at is not None for one in view.items):
            st.subheader(f"Повестка рассмотрена: {len(view.items)} из {len(view.items)}", anchor=False)
            st.write("Осталось проверить решения и закрыть заседание: протокол будет готов сразу.")
        elif view.items:
            st.subheader("Выберите пункт в повестке", anchor=False)
        else:
            st.subheader("Повестка пуста", anchor=False)
            st.write("Добавьте вопрос в повестку или соберите её заново.")
        st.button(
            "Решения и протокол" if view.items else "К повестке", key="meeting_to_end", type="primary",
            icon=":material/arrow_forward:", on_click=turn_to,
            args=(view.meeting.id or 0, Section.MINUTES if view.items else Section.AGENDA),
        )
