"""What others do meanwhile, without taking anything from under somebody's hands."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from core.errors import QualityError
from core.planning.hearing import ItemCard, item_card
from core.planning.meetings import MeetingView, view_meeting
from core.planning.tables import Meeting, MeetingState
from pages.plan.meeting_parts.address import follow
from pages.widgets.session import read

_EVERY_SECONDS = 4.0
_NEAR = timedelta(days=1)


def pace_of(meeting: Meeting) -> float | None:
    """Return how often a screen asks for news, in seconds: only while the meeting runs, on its day."""
    runs = meeting.state is MeetingState.RUNNING and abs(meeting.held_on - date.today()) <= _NEAR
    return _EVERY_SECONDS if runs else None


def watch(meeting_id: int, item_id: int, version: int) -> None:
    """Say when somebody else has gone on or marked this item: the screen stays, so that nothing typed is lost."""
    view: MeetingView = read(view_meeting, meeting_id)
    st.fragment(_watch, run_every=pace_of(view.meeting))(meeting_id, item_id, version)


def _watch(meeting_id: int, item_id: int, version: int) -> None:
    try:
        view: MeetingView = read(view_meeting, meeting_id)
        if view.meeting.state is MeetingState.CLOSED:
            st.rerun()
        current = view.meeting.current_item_id
        card: ItemCard | None = read(item_card, meeting_id, item_id, date.today()) if current == item_id else None
    except QualityError:
        st.rerun()
    news = "Другой ведущий уже перешёл дальше." if card is None else "Этот пункт только что отметили."
    if card is None or card.version != version:
        left, right = st.columns([4, 2], vertical_alignment="center")
        left.warning(news, icon=":material/sync:")
        if right.button("Показать", key="meeting_follow", icon=":material/refresh:", width="stretch"):
            follow(meeting_id)
            st.rerun()
