"""What changed in the roadmaps: since the meeting before, and in this meeting."""

from __future__ import annotations

import streamlit as st

from core.planning.meeting_changes import RoadmapChanges, changes_of, sentences
from core.planning.meetings import MeetingView
from core.planning.redline import Redline
from core.planning.tables import MeetingState
from core.words import moment, number
from pages.widgets.session import read, time_zone
from pages.widgets.texts import plain


def show_changes(view: MeetingView) -> None:
    """Show statuses, progress, added and deleted rows, roadmap by roadmap, between the meetings and in this one."""
    found: list[RoadmapChanges] = read(changes_of, view.meeting.id or 0)
    if not found:
        st.info("У заседания нет дорожных карт, сравнивать нечего.", icon=":material/history:")
    for one in found:
        st.subheader(plain(one.title), anchor=False)
        _show_between(one)
        _show_within(one, view.meeting.state)


def _show_between(one: RoadmapChanges) -> None:
    st.markdown("**С прошлого заседания до начала этого**")
    if one.between is None or one.since is None:
        st.caption("Это первое заседание по этой карте, сравнивать не с чем. Её состояние запомнится при закрытии.")
        return
    _show(one.between, f"С прошлого заседания ({moment(one.since, time_zone())}) ничего не изменилось.")


def _show_within(one: RoadmapChanges, state: MeetingState) -> None:
    st.markdown("**На этом заседании**")
    if one.within is not None:
        _show(one.within, "На заседании в карте ничего не изменили.")
    elif state is MeetingState.PLANNED:
        st.caption("Заседание ещё не начато.")
    else:
        st.caption("Что карта содержала в начале заседания, не запомнено: его изменения стоят среди тех, что выше.")


def _show(difference: Redline, nothing: str) -> None:
    lines = sentences(difference)
    if not lines:
        st.caption(nothing)
        return
    counted = {
        "изменено ячеек": len(difference.changed), "добавлено строк": len(difference.added),
        "удалено строк": len(difference.removed),
    }
    said = "; ".join(f"{name}: {number(count)}" for name, count in counted.items() if count)
    st.caption(f"{said[:1].upper()}{said[1:]}.")
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
