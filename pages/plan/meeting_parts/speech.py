"""What the minutes say of an item besides its result: who reported, who spoke, how people voted."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.agenda import change_items
from core.planning.meetings import MeetingView
from core.planning.tables import AgendaItem
from core.store.edits import CellEdit
from pages.plan.meeting_parts.address import TYPED
from pages.plan.meeting_parts.saving import save_cells
from pages.widgets.acting import drawer
from pages.widgets.session import write

_VOTES = {"votes_for": "За", "votes_against": "Против", "votes_abstained": "Воздержались"}
_TEXTS = {"title": "Вопрос", "speaker": "Слушали", "discussion": "Выступили"}


def show_speech(view: MeetingView, item: AgendaItem) -> None:
    """Show a button that opens the fields of an item for the minutes."""
    name = speech_drawer(item)
    with drawer(name, "Для протокола", ":material/edit_note:"):
        st.text_area(_TEXTS["title"], value=item.title, key=_key(item, "title"), height=70, max_chars=4000,
                     persist_state="session")
        st.text_input(_TEXTS["speaker"], value=item.speaker, key=_key(item, "speaker"), max_chars=300,
                      persist_state="session")
        st.text_area(_TEXTS["discussion"], value=item.discussion, key=_key(item, "discussion"), height=90,
                     max_chars=4000, placeholder="Кто и что сказал", persist_state="session")
        for place, (field, label) in zip(st.columns(3), _VOTES.items(), strict=True):
            place.number_input(
                label, value=getattr(item, field), min_value=0, max_value=1000, step=1, key=_key(item, field),
                placeholder="—", persist_state="session",
            )
        st.button(
            "Сохранить", key=f"{name}_save", icon=":material/save:", on_click=_save,
            args=(view.meeting.id or 0, item, name),
        )


def speech_drawer(item: AgendaItem) -> str:
    """Return the key of the popover."""
    return f"meeting_speech_{item.id}"


def _save(meeting_id: int, item: AgendaItem, name: str) -> None:
    edits = [
        CellEdit(item.id or 0, item.version, field, st.session_state.get(_key(item, field)), getattr(item, field))
        for field in (*_TEXTS, *_VOTES)
        if st.session_state.get(_key(item, field)) != getattr(item, field)
    ]
    save_cells(partial(write, change_items, meeting_id, edits), name, "Записано для протокола.")


def _key(item: AgendaItem, field: str) -> str:
    return f"{TYPED}speech_{field}_{item.id}_{item.version}"
