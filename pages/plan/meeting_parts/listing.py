"""Meetings that there are, and making a new one."""

from __future__ import annotations

import streamlit as st

from core.people.scope import Action, Scope
from core.planning.bodies import organisation_names
from core.planning.deleted_meetings import deleted_meetings, restore_meeting
from core.planning.meetings import list_meetings
from core.planning.tables import Meeting, MeetingState
from pages.plan.meeting_parts.address import open_meeting_page
from pages.plan.meeting_parts.creating import show_creation
from pages.plan.meeting_parts.wording import STATE_SIGNS, meeting_words
from pages.widgets.acting import show_outcome
from pages.widgets.deleted_rows import show_deleted
from pages.widgets.empty_state import empty_state
from pages.widgets.session import read, write
from pages.widgets.texts import plain

_OPEN, _CLOSED = "Идут и готовятся", "Закрытые"
_SHOWN = 20


def show_listing(scope: Scope) -> None:
    """Show the meetings in reach, those to come first, and the form of a new one for who may hold it."""
    st.title("Заседание", anchor=False)
    show_outcome()
    meetings: list[Meeting] = read(list_meetings)
    may_hold = scope.allows(Action.HOLD_MEETINGS)
    open_ones = [one for one in meetings if one.state is not MeetingState.CLOSED]
    closed = [one for one in meetings if one.state is MeetingState.CLOSED]
    if may_hold:
        show_creation(is_first=not meetings)
    if not meetings:
        empty_state(
            "Заседаний пока нет",
            "Создайте первое: повестка соберётся сама из просроченных и близких мероприятий и новых проблемных полей."
            if may_hold else "Когда руководитель объединения назначит заседание, оно появится здесь.",
        )
    # The nearest meeting is the one that people come for, so those to come stand in the order of their days.
    names: dict[int, str] = read(organisation_names)
    if len(names) == 1:
        names = {}
    _show(_OPEN, sorted(open_ones, key=lambda one: (one.state is not MeetingState.RUNNING, one.held_on)), names)
    _show(_CLOSED, closed, names)
    gone = {one.id or 0: meeting_words(one, names.get(one.organisation_id, "")) for one in read(deleted_meetings)}
    show_deleted(
        "meeting", "Удалённые заседания", gone, lambda meeting_id: write(restore_meeting, meeting_id),
        "Заседание возвращено: {name}.",
    )


def _show(title: str, meetings: list[Meeting], names: dict[int, str]) -> None:
    if not meetings:
        return
    st.subheader(title, anchor=False)
    for one in meetings[:_SHOWN]:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            topic = f"  \n{plain(one.topic)}" if one.topic else ""
            words = plain(meeting_words(one, names.get(one.organisation_id, "")))
            st.markdown(f"**{words}**  \n{STATE_SIGNS[one.state]} {one.state.value}{topic}", width="stretch")
            st.button(
                "Открыть", key=f"meeting_open_{one.id}", icon=":material/arrow_forward:",
                on_click=open_meeting_page, args=(one.id or 0,),
            )
    if len(meetings) > _SHOWN:
        rest = {one.id or 0: meeting_words(one, names.get(one.organisation_id, "")) for one in meetings[_SHOWN:]}
        chosen = st.selectbox(
            "Более ранние", list(rest), index=None, format_func=lambda one: rest[one], key=f"meeting_more_{title}",
            placeholder="Выберите заседание",
        )
        if chosen is not None:
            open_meeting_page(chosen)
            st.rerun()
