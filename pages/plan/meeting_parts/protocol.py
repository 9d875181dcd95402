"""The end of a meeting: decisions, what is left, closing; afterwards the minutes and the next meeting."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.planning.closing import finish_meeting, next_of, not_heard, prepare_next
from core.planning.meetings import MeetingView
from core.planning.minutes import Minutes, minutes_of
from core.planning.tables import Meeting, MeetingState, Presence
from core.words import day, plural
from pages.plan.meeting_parts.address import TYPED, Section, open_meeting_page, turn_to
from pages.plan.meeting_parts.deciding import show_decision, show_decision_form
from pages.widgets.acting import act, show_outcome
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.once import write_once
from pages.widgets.session import read, time_zone
from pages.widgets.texts import plain


def show_protocol(view: MeetingView) -> None:
    """Show the decisions and the way to the minutes."""
    show_outcome()
    is_closed = view.meeting.state is MeetingState.CLOSED
    left, right = st.columns([3, 2], gap="medium")
    with left:
        if is_closed:
            _show_minutes(view)
        else:
            _show_decisions(view)
    with right:
        if is_closed:
            _show_closed(view)
        else:
            _show_closing(view)


def show_minutes_button(view: MeetingView) -> None:
    """Show the button that hands out the minutes as DOCX; before closing they are a draft."""
    meeting = view.meeting
    is_closed = meeting.state is MeetingState.CLOSED
    number = f" № {meeting.number}" if meeting.number else ""
    download(
        "meeting_minutes", "Протокол (DOCX)" if is_closed else "Черновик протокола (DOCX)",
        f"Протокол{number} {meeting.body}".strip(), "docx", lambda: hand_out("minutes", str(meeting.id), "docx"),
    )


def _show_minutes(view: MeetingView) -> None:
    """Show what the minutes say of each item."""
    minutes: Minutes = read(minutes_of, view.meeting.id or 0)
    heard = sum(item.is_heard for item in minutes.items)
    of_all = f" из {len(minutes.items)}" if heard < len(minutes.items) else ""
    st.subheader(f"Рассмотрено и решено: {plural(heard, 'вопрос', 'вопроса', 'вопросов')}{of_all}", anchor=False)
    for item in minutes.items:
        st.markdown(f"**{item.number}.** {plain(' '.join(item.title.split()))}")
        votes = f"Голосовали: {item.votes}" if item.votes else ""
        for line in ("" if item.is_heard else "не рассматривался", item.result, item.note, votes):
            if line:
                st.caption(plain(line))
        own = [one for one in view.decisions if one.item_id == view.items[item.number - 1].id]
        for one in own:
            show_decision(one, may_remove=False)
    known = {item.id for item in view.items}
    for one in view.decisions:
        if one.item_id not in known:
            show_decision(one, may_remove=False)


def _show_decisions(view: MeetingView) -> None:
    is_open = view.may_hold
    st.subheader(f"Решения: {len(view.decisions)}", anchor=False)
    for place, item in enumerate(view.items, start=1):
        own = [one for one in view.decisions if one.item_id == item.id]
        if own:
            st.caption(plain(f"{place}. {' '.join(item.title.split())}"))
            for one in own:
                show_decision(one, may_remove=is_open)
    known = {item.id for item in view.items}
    for one in view.decisions:
        if one.item_id not in known:
            show_decision(one, may_remove=is_open)
    if not view.decisions:
        st.write("Решений пока нет.")
    if is_open:
        show_decision_form(view, None, None)


def _show_closing(view: MeetingView) -> None:
    meeting = view.meeting
    with st.container(border=True):
        st.subheader("Закрыть заседание", anchor=False)
        waiting = not_heard(view.items)
        if waiting:
            st.warning(
                f"Не рассмотрено: {plural(len(waiting), 'вопрос', 'вопроса', 'вопросов')}. Мероприятия и ваши вопросы "
                "попадут в повестку следующего заседания.",
                icon=":material/pending:",
            )
            if view.may_hold and meeting.state is MeetingState.RUNNING:
                st.button(
                    "Вернуться к пунктам", key="meeting_return", icon=":material/arrow_back:", on_click=turn_to,
                    args=(meeting.id or 0, Section.ITEM),
                )
        there = sum(one.presence is Presence.PRESENT for one in view.attendance)
        st.caption(
            f"Присутствуют: {there}. После закрытия протокол и состояние дорожных карт сохраняются и не меняются."
        )
        if view.may_hold:
            name = f"{TYPED}next_{meeting.id}"
            st.date_input("Следующее заседание", value=None, format="DD.MM.YYYY", key=name)
            st.button(
                "Закрыть и подготовить протокол", key="meeting_close", type="primary", icon=":material/task:",
                on_click=_close, args=(meeting, name),
            )
        show_minutes_button(view)


def _close(meeting: Meeting, name: str) -> None:
    wanted = st.session_state.get(name)
    next_on = wanted if isinstance(wanted, date) else None
    intention = f"close|{meeting.id}|{meeting.version}|{next_on}"
    work = partial(write_once, intention, finish_meeting, meeting.id or 0, meeting.version, next_on)
    planned = f" Следующее заседание {day(next_on)} создано, повестка собрана." if next_on is not None else ""
    act(work, f"Заседание закрыто, протокол готов.{planned}")


def _show_closed(view: MeetingView) -> None:
    meeting = view.meeting
    with st.container(border=True):
        st.subheader("Протокол готов", anchor=False)
        show_minutes_button(view)
        when = f"{meeting.closed_at.astimezone(time_zone()):%d.%m.%Y %H:%M}" if meeting.closed_at else ""
        st.caption(
            plain(f"Закрыл(а) {meeting.closed_by} {when}. Открыть заседание заново нельзя: протокол подписывают таким, "
                  "какой он есть. Исправления внесите решением следующего заседания.")
        )
        following: Meeting | None = read(next_of, meeting.id or 0)
        if following is not None:
            st.button(
                f"Следующее заседание: {day(following.held_on)}", key="meeting_next", icon=":material/event:",
                on_click=open_meeting_page, args=(following.id or 0,),
            )
        elif view.may_hold:
            name = f"{TYPED}next_{meeting.id}"
            st.date_input("Следующее заседание", value=None, format="DD.MM.YYYY", key=name)
            st.button(
                "Назначить", key="meeting_plan_next", icon=":material/event:", on_click=_plan, args=(meeting, name)
            )


def _plan(meeting: Meeting, name: str) -> None:
    wanted = st.session_state.get(name)
    if isinstance(wanted, date):
        act(
            partial(write_once, f"next|{meeting.id}|{wanted}", prepare_next, meeting.id or 0, wanted),
            f"Заседание {day(wanted)} создано, повестка собрана.",
        )
