"""The head of the minutes: number, day, place, topic, who leads and who writes."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.deleted_meetings import delete_meeting
from core.planning.meetings import MeetingView, change_meeting
from core.planning.tables import Meeting
from core.store.edits import CellEdit
from pages.plan.meeting_parts.address import TYPED, close_meeting_page
from pages.plan.meeting_parts.saving import save_cells
from pages.widgets.acting import act, drawer
from pages.widgets.session import write

_TEXTS = {
    "number": "Номер протокола", "topic": "Тема", "place": "Место", "chair": "Председатель", "secretary": "Секретарь",
    "body": "Чьё заседание (для протокола)",
}


def show_requisites(view: MeetingView) -> None:
    """Show a button that opens the requisites."""
    meeting = view.meeting
    name = f"meeting_head_{meeting.id}"
    with drawer(name, "Реквизиты протокола", ":material/badge:"):
        for field, label in _TEXTS.items():
            st.text_input(label, value=getattr(meeting, field), key=_key(meeting, field), persist_state="session")
        st.date_input("День заседания", value=meeting.held_on, format="DD.MM.YYYY", key=_key(meeting, "held_on"))
        with st.container(horizontal=True):
            st.button("Сохранить", key=f"{name}_save", icon=":material/save:", on_click=_save, args=(meeting, name))
            st.button(
                "Удалить заседание", key=f"{name}_delete", icon=":material/delete:", type="tertiary",
                on_click=_delete, args=(meeting.id or 0,),
            )


def _save(meeting: Meeting, name: str) -> None:
    edits = [
        CellEdit(meeting.id or 0, meeting.version, field, value, getattr(meeting, field))
        for field in (*_TEXTS, "held_on")
        if (value := st.session_state.get(_key(meeting, field))) != getattr(meeting, field)
    ]
    save_cells(partial(write, change_meeting, meeting.id or 0, edits), name, "Реквизиты сохранены.")


def _delete(meeting_id: int) -> None:
    said = "Заседание удалено. Вернуть его можно внизу списка, в «Удалённых заседаниях»."
    if act(partial(write, delete_meeting, meeting_id), said) is not None:
        close_meeting_page()


def _key(meeting: Meeting, field: str) -> str:
    return f"{TYPED}head_{field}_{meeting.id}_{meeting.version}"
