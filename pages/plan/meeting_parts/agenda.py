"""The agenda before the meeting: in order, with questions of people's own; who takes part; the head of the minutes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from core.planning.agenda import add_question, build_agenda, move_item, remove_item
from core.planning.hearing import start_hearing
from core.planning.meetings import MeetingView, show_item
from core.planning.tables import AgendaItem, MeetingState
from core.words import plural
from pages.plan.meeting_parts.address import TYPED, Section, turn_to
from pages.plan.meeting_parts.attendance import show_attendance
from pages.plan.meeting_parts.requisites import show_requisites
from pages.plan.meeting_parts.wording import KIND_SIGNS
from pages.widgets.acting import act, show_outcome, typed
from pages.widgets.session import write
from pages.widgets.texts import plain


def show_agenda(view: MeetingView) -> None:
    """Show the agenda with its order, people and requisites; the button that begins."""
    meeting_id = view.meeting.id or 0
    show_outcome()
    left, right = st.columns([5, 3], gap="medium")
    with left:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(f"Повестка: {plural(len(view.items), 'вопрос', 'вопроса', 'вопросов')}", anchor=False)
            st.button(
                "Дополнить", key="meeting_build", icon=":material/playlist_add:", on_click=act,
                args=(partial(write, build_agenda, meeting_id), _built),
                help="Добавить то, что стало просроченным, близким или новым после составления повестки.",
            )
        for place, item in enumerate(view.items, start=1):
            _show_item(view, item, place)
        if not view.items:
            st.info(
                "Просроченных и близких мероприятий и новых проблемных полей нет. Добавьте свои вопросы.",
                icon=":material/event_available:",
            )
        _show_question(meeting_id)
    with right:
        if view.meeting.state is MeetingState.PLANNED:
            st.button(
                "Начать заседание", key="meeting_begin", type="primary", icon=":material/play_arrow:",
                width="stretch", on_click=_begin, args=(meeting_id,),
            )
        show_attendance(view)
        show_requisites(view)


def _show_item(view: MeetingView, item: AgendaItem, place: int) -> None:
    meeting_id, item_id = view.meeting.id or 0, item.id or 0
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"meeting_row_{item_id}"):
        heard = " :green[✓ рассмотрен]" if item.heard_at is not None else ""
        kind = f"{KIND_SIGNS.get(item.kind, '')} {item.kind.value}".strip()
        st.markdown(f"**{place}.** {plain(' '.join(item.title.split()))}  \n:gray[{plain(kind)}]{heard}")
        if view.meeting.state is MeetingState.RUNNING:
            _icon("К пункту", "play_arrow", f"go_{item_id}", _go, meeting_id, item_id)
        _icon("Выше", "arrow_upward", f"up_{item_id}", _move, meeting_id, item_id, place - 1, disabled=place == 1)
        _icon(
            "Ниже", "arrow_downward", f"down_{item_id}", _move, meeting_id, item_id, place + 1,
            disabled=place == len(view.items),
        )
        _icon("Убрать из повестки", "close", f"drop_{item_id}", _drop, meeting_id, item_id)


def _icon(
    help_text: str, icon: str, name: str, on_click: Callable[..., None], *args: int, disabled: bool = False
) -> None:
    st.button(
        "", key=f"meeting_{name}", icon=f":material/{icon}:", help=help_text, disabled=disabled, type="tertiary",
        on_click=on_click, args=args,
    )


def _show_question(meeting_id: int) -> None:
    name = f"{TYPED}question_{meeting_id}"
    speaker = f"{TYPED}speaker_{meeting_id}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Свой вопрос", key=name, placeholder="О подготовке к методической неделе", max_chars=4000,
                      persist_state="session")
        st.text_input("Докладывает", key=speaker, max_chars=300, width=200, persist_state="session")
        st.button(
            "Добавить", key="meeting_question", icon=":material/add:", on_click=_ask, args=(meeting_id, name, speaker)
        )


def _ask(meeting_id: int, name: str, speaker: str) -> None:
    work = partial(write, add_question, meeting_id, typed(name), typed(speaker))
    act(work, "Вопрос добавлен.", forget=(name, speaker))


def _built(made: list[AgendaItem]) -> str:
    return f"Добавлено: {plural(len(made), 'вопрос', 'вопроса', 'вопросов')}." if made else "Новых вопросов нет."


def _move(meeting_id: int, item_id: int, place: int) -> None:
    act(partial(write, move_item, meeting_id, item_id, place), "")


def _drop(meeting_id: int, item_id: int) -> None:
    act(partial(write, remove_item, meeting_id, item_id), "Вопрос убран. «Дополнить» вернёт его, если он ещё актуален.")


def _go(meeting_id: int, item_id: int) -> None:
    if act(partial(write, show_item, meeting_id, item_id), "") is not None:
        turn_to(meeting_id, Section.ITEM)


def _begin(meeting_id: int) -> None:
    if act(partial(write, start_hearing, meeting_id), "Заседание идёт.") is not None:
        turn_to(meeting_id, Section.ITEM)
