"""One meeting: its head, and what of it is on the screen."""

from __future__ import annotations

import streamlit as st

from core.planning.meetings import MeetingView
from core.planning.tables import MeetingState
from pages.plan.meeting_parts.address import (
    Section,
    asked_section,
    close_meeting_page,
    follow,
    section_key,
    show_to_hall,
)
from pages.plan.meeting_parts.agenda import show_agenda
from pages.plan.meeting_parts.changes import show_changes
from pages.plan.meeting_parts.member import show_live, show_own
from pages.plan.meeting_parts.protocol import show_minutes_button, show_protocol
from pages.plan.meeting_parts.stage import show_stage
from pages.plan.meeting_parts.wording import STATE_SIGNS, heard_words, meeting_words
from pages.widgets.texts import plain

_SECTIONS = {
    MeetingState.PLANNED: (Section.AGENDA, Section.CHANGES),
    MeetingState.RUNNING: tuple(Section),
    MeetingState.CLOSED: (Section.MINUTES, Section.CHANGES),
}


def show_opened(view: MeetingView) -> None:
    """Show a meeting to who holds it, or to a member who follows."""
    _show_head(view)
    state = view.meeting.state
    if view.may_hold or state is MeetingState.CLOSED:
        section = _section(view)
        if section is not Section.ITEM:
            follow(view.meeting.id or 0)
        match section:
            case Section.AGENDA:
                show_agenda(view)
            case Section.ITEM:
                show_stage(view)
            case Section.CHANGES:
                show_changes(view)
            case Section.MINUTES:
                show_protocol(view)
        return
    show_live(view, "member")
    show_own(view)
    with st.expander(f"Повестка: {len(view.items)}", icon=":material/list:"):
        for place, item in enumerate(view.items, start=1):
            heard = " ✓" if item.heard_at is not None else ""
            st.markdown(plain(f"{place}. {' '.join(item.title.split())}{heard}"))
    show_minutes_button(view)


def show_hall(view: MeetingView) -> None:
    """Show the item of the moment only, as large as the hall needs, following by itself."""
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_hall_head"):
        st.caption(plain(meeting_words(view.meeting)))
        st.button("Закрыть показ", key="meeting_hall_off", type="tertiary", on_click=show_to_hall, args=(False,))
    st.html("<style>[data-testid='stSidebar'] { display: none; }</style>")
    show_live(view, "hall")


def _show_head(view: MeetingView) -> None:
    meeting = view.meeting
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_head"):
        st.title("Заседание", anchor=False)
        said = f"{meeting_words(meeting)} · {STATE_SIGNS[meeting.state]} {meeting.state.value}"
        if meeting.state is MeetingState.RUNNING:
            said += f" · {heard_words(view)}"
        st.markdown(plain(said))
        st.button(
            "Все заседания", key="meeting_leave", icon=":material/arrow_back:", type="tertiary",
            on_click=close_meeting_page,
        )
        if meeting.state is MeetingState.RUNNING:
            st.button(
                "Показ в зале", key="meeting_hall", icon=":material/slideshow:", type="tertiary",
                on_click=show_to_hall, args=(True,), help="Только текущий пункт, крупно: для второго экрана.",
            )


def _section(view: MeetingView) -> Section:
    """Let people choose what they look at; begin with what the state of the meeting asks for."""
    state = view.meeting.state
    choices = _SECTIONS[state]
    key = section_key(view.meeting.id or 0)
    if st.session_state.get(key) not in choices:
        first = Section.ITEM if state is MeetingState.RUNNING else choices[0]
        st.session_state[key] = next((one for one in choices if one.value == asked_section()), first)
    chosen = st.segmented_control(
        "Раздел", choices, key=key, required=True, label_visibility="collapsed", format_func=lambda one: one.value,
        persist_state="session",
    )
    return chosen or choices[0]
