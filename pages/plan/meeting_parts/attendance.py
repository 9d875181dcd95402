"""Who is there: a touch for each member, guests by name."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import QualityError
from core.planning.meetings import MeetingView, save_attendance
from core.planning.tables import Attendance, Presence
from core.store.edits import CellEdit
from core.store.grid_changes import GridChanges
from core.words import count_of
from pages.plan.meeting_parts.address import TYPED
from pages.plan.meeting_parts.saving import save_cells
from pages.widgets.acting import drawer, refuse, typed
from pages.widgets.session import write


def show_attendance(view: MeetingView) -> None:
    """Show the members as touchable names, filled while present, and the form of a guest."""
    meeting_id = view.meeting.id or 0
    members = [one for one in view.attendance if one.presence is not Presence.INVITED]
    guests = [one for one in view.attendance if one.presence is Presence.INVITED]
    present = [one.id or 0 for one in members if one.presence is Presence.PRESENT]
    names = {one.id or 0: one.name for one in members}
    st.markdown(f"**Участники**: {count_of(len(present), 'человек')} из {len(members)}")
    if members:
        # The name of the field follows the stored state, so that a colleague's touch is seen and not undone.
        key = f"meeting_present_{meeting_id}_{'_'.join(str(one) for one in present)}"
        st.pills(
            "Присутствуют", list(names), selection_mode="multi", default=present, key=key,
            format_func=lambda one: names[one], label_visibility="collapsed", wrap=True, on_change=_save,
            args=(meeting_id, members, key),
        )
        st.caption("Нажмите на имя, если человека нет.")
    else:
        st.info(
            "В объединении нет участников на этот день. Добавьте присутствующих по имени или участников объединения "
            "в «Администрировании».",
            icon=":material/group_add:",
        )
    if guests:
        st.caption("Приглашены: " + ", ".join(one.name for one in guests))
    with drawer(f"meeting_guest_{meeting_id}", "Добавить человека", ":material/person_add:"):
        name, post, role = (f"{TYPED}guest_{part}_{meeting_id}" for part in ("name", "post", "role"))
        st.text_input("Фамилия и инициалы", key=name, max_chars=200, persist_state="session")
        st.text_input("Должность", key=post, max_chars=200, persist_state="session")
        st.segmented_control(
            "Как", (Presence.PRESENT, Presence.INVITED), default=Presence.INVITED, required=True, key=role,
            format_func=lambda one: one.value,
        )
        st.button("Добавить", key="meeting_guest_add", on_click=_add, args=(meeting_id, name, post, role))


def _save(meeting_id: int, members: list[Attendance], key: str) -> None:
    """Save who was touched."""
    wanted = set(st.session_state.get(key) or ())
    edits = [
        CellEdit(one.id or 0, one.version, "presence", now, one.presence)
        for one in members
        if (now := Presence.PRESENT if one.id in wanted else Presence.ABSENT) is not one.presence
    ]
    try:
        outcome = write(save_attendance, meeting_id, GridChanges(edits))
    except QualityError as refusal:
        refuse(refusal)
        return
    if outcome.refused:
        refuse(outcome.refused[0].error)


def _add(meeting_id: int, name: str, post: str, role: str) -> None:
    guest: dict[str, object] = {
        "name": typed(name), "post": typed(post), "presence": st.session_state.get(role) or Presence.INVITED,
    }
    saved = save_cells(
        partial(write, save_attendance, meeting_id, GridChanges(added=[guest])), f"meeting_guest_{meeting_id}",
        "Участник добавлен.",
    )
    if saved:
        for one in (name, post):
            st.session_state.pop(one, None)
