"""Заседание: an agenda that builds itself, one item at a time for everybody, minutes at the end."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core.errors import QualityError
from core.people.scope import Action
from core.planning.meetings import MeetingView, view_meeting
from pages.plan.meeting_parts.address import asked_meeting, close_meeting_page, is_show
from pages.plan.meeting_parts.listing import show_listing
from pages.plan.meeting_parts.opened import show_hall, show_opened
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, require

_scope = require(Action.VIEW_ROADMAPS)
st.html(Path(__file__).parent / "meeting_parts" / "meeting.css")
_asked = asked_meeting()
if _asked is None:
    show_listing(_scope)
else:
    try:
        _view: MeetingView | None = read(view_meeting, _asked)
    except QualityError as refusal:
        st.title("Заседание", anchor=False)
        show_refusal(refusal)
        st.button("Ко всем заседаниям", key="meeting_leave", icon=":material/arrow_back:", on_click=close_meeting_page)
        _view = None
    if _view is not None and is_show():
        show_hall(_view)
    elif _view is not None:
        show_opened(_view)
