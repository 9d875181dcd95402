"""What has changed since the person's last visit, counted by kind, each with its door."""

from __future__ import annotations

import streamlit as st

from core.glance.changes import Change, ChangeKind, changes_since
from core.people.visits import LastVisit, last_visit, note_visit
from core.words import count_of, moment
from pages.widgets.links import link_to
from pages.widgets.session import look, read, time_zone, write
from pages.widgets.visitor import signed_in

_DOORS = {
    ChangeKind.UPLOAD: "results",
    ChangeKind.DECISION: "problem-fields",
    ChangeKind.APPROVAL: "roadmaps",
    ChangeKind.DONE: "roadmaps",
    ChangeKind.MEETING: "meeting",
    ChangeKind.RECOMMENDATION: "recommendations",
    ChangeKind.VALUE: "indicators",
    ChangeKind.PRACTICE: "practices",
}


def show_news() -> None:
    """Show the changes since the last visit; a reload shows the same ones."""
    visit = _visit()
    st.subheader("Что изменилось", anchor=False)
    since = moment(visit.since, time_zone())
    found: list[Change] = read(changes_since, visit.since)
    with st.container(border=True, key="overview_news"):
        if not found:
            st.caption("За неделю нового нет." if visit.is_first else f"С прошлого посещения, {since}, нового нет.")
            return
        st.caption("За последнюю неделю:" if visit.is_first else f"С прошлого посещения, {since}:")
        with st.container(horizontal=True, gap="small"):
            for one in found:
                link_to(_DOORS[one.kind], count_of(one.count, one.kind.value))


def _visit() -> LastVisit:
    """Return when the visit before this one ended, and note this one."""
    person = signed_in()
    session_id = person.session_id if person is not None else None
    visit = look(last_visit, session_id)
    if visit.is_due:
        write(note_visit, session_id)
    return visit
