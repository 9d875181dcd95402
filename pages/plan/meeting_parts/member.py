"""The meeting as a member follows it, on a phone or for the hall: the item of the moment, and one's own measures."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.errors import QualityError
from core.planning.hearing import ItemCard, OwnMeasure, item_card, own_measures
from core.planning.meetings import MeetingView, view_meeting
from core.planning.tables import MeetingState
from pages.plan.meeting_parts.card import show_card
from pages.plan.meeting_parts.marks import MARKED, Target, show_marks
from pages.plan.meeting_parts.watching import pace_of
from pages.plan.meeting_parts.wording import heard_words, late_words, status_words, term_words
from pages.widgets.acting import show_outcome
from pages.widgets.session import read
from pages.widgets.texts import plain


def show_live(view: MeetingView, key: str) -> None:
    """Show the item that stands on everybody's screen; it follows by itself while the meeting runs."""
    st.fragment(_live, run_every=pace_of(view.meeting))(view.meeting.id or 0, view.meeting.state, key)


def show_own(view: MeetingView) -> None:
    """Show the person's own measures in the roadmaps of the meeting, each with its buttons."""
    mine: list[OwnMeasure] = read(own_measures, view.meeting.id or 0, date.today())
    marked = st.session_state.get(MARKED)
    if marked not in {one.row.id for one in mine}:
        show_outcome()
    if not mine:
        return
    st.subheader("Мои мероприятия", anchor=False)
    first = next((one for one in mine if one.item_id == view.meeting.current_item_id and one.item_id), mine[0])
    for one in mine:
        row = one.row
        title = f"{row.number.rstrip('.')}. {' '.join(row.title.split())}"
        with st.expander(plain(f"{title} – {status_words(row)}"), expanded=row.id == (marked or first.row.id)):
            if row.id == marked:
                show_outcome()
            late = late_words(row)
            st.markdown(plain(" · ".join(part for part in (term_words(row), late) if part)))
            show_marks(Target(row, one.done_status, one.item_id))


def _live(meeting_id: int, seen: MeetingState, key: str) -> None:
    try:
        view: MeetingView = read(view_meeting, meeting_id)
    except QualityError:
        st.rerun()
    if view.meeting.state is not seen:
        st.rerun()
    current = view.meeting.current_item_id
    if current is None or current not in {one.id for one in view.items}:
        with st.container(border=True):
            st.subheader(_between(view), anchor=False)
        return
    card: ItemCard = read(item_card, meeting_id, current, date.today())
    st.progress(sum(one.heard_at is not None for one in view.items) / len(view.items), text=heard_words(view))
    show_card(card, len(view.items), key)
    for one in view.decisions:
        if one.item_id == current:
            st.markdown(f":material/gavel: {plain(one.text)}")


def _between(view: MeetingView) -> str:
    if view.meeting.state is MeetingState.PLANNED:
        return "Заседание ещё не началось"
    if view.items and all(one.heard_at is not None for one in view.items):
        return f"Повестка рассмотрена: {len(view.items)} из {len(view.items)}"
    return "Ведущий ещё не выбрал пункт"
