"""Decisions: what, who answers, by when, and what becomes of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import InvalidInput
from core.planning.bodies import people_of
from core.planning.deadlines import read_deadline
from core.planning.meetings import MeetingView
from core.planning.outcomes import Becomes, DecisionDraft, decide, remove_decision
from core.planning.roadmaps import list_roadmaps
from core.planning.tables import Decision, MeetingState
from pages.plan.meeting_parts.address import TYPED
from pages.plan.meeting_parts.card import listing_of
from pages.widgets.acting import act, drawer, refuse, typed
from pages.widgets.once import write_once
from pages.widgets.session import read, write
from pages.widgets.texts import plain

_FIELDS = ("text", "who", "term")


def show_decision_form(view: MeetingView, item_id: int | None, roadmap_id: int | None) -> None:
    """Show a button that opens the form of a decision, on an item or on the whole."""
    place = _place(view, item_id)
    with drawer(decision_drawer(view, item_id), "Решение", ":material/gavel:"):
        st.text_area("Решили", key=_key("text", place), height=90, max_chars=2000, placeholder="Что сделать",
                     persist_state="session")
        people = {name: teacher for teacher, name in _people(view)}
        st.selectbox(
            "Ответственный", list(people), index=None, key=_key("who", place), accept_new_options=True,
            placeholder="Выберите педагога или впишите должность", persist_state="session",
        )
        st.text_input("Срок", key=_key("term", place), placeholder="до 15 декабря", max_chars=500,
                      persist_state="session")
        _explain(typed(_key("term", place)), view)
        roadmaps = {
            one.id or 0: one.title for one in read(list_roadmaps) if one.id in view.meeting.roadmap_ids
        }
        choices = [one for one in Becomes if roadmaps or one is not Becomes.MEASURE]
        st.segmented_control(
            "Станет", choices, default=Becomes.TASK, required=True, key=_key("becomes", place),
            format_func=lambda one: one.value.capitalize(), persist_state="session",
        )
        if len(roadmaps) > 1:
            st.selectbox(
                "Карта", list(roadmaps), format_func=lambda one: roadmaps[one], key=_key("map", place),
                index=list(roadmaps).index(roadmap_id) if roadmap_id in roadmaps else 0,
            )
        only = roadmap_id if roadmap_id in roadmaps else next(iter(roadmaps), None)
        st.button(
            "Записать решение", key=f"meeting_decide_{place}", type="primary", icon=":material/check:",
            on_click=_decide, args=(view.meeting.id or 0, item_id, place, people, only),
        )


def decision_drawer(view: MeetingView, item_id: int | None) -> str:
    """Return the key of the popover of the form."""
    return f"meeting_decision_{_place(view, item_id)}"


def show_item_decisions(view: MeetingView, item_id: int | None) -> None:
    """Show what was decided on an item (None: what belongs to no item), each with a button that takes it back."""
    known = {one.id for one in view.items}
    is_open = view.may_hold and view.meeting.state is not MeetingState.CLOSED
    for one in view.decisions:
        if one.item_id == item_id or (item_id is None and one.item_id not in known):
            show_decision(one, may_remove=is_open)


def show_decision(one: Decision, *, may_remove: bool) -> None:
    """Show one decision in a line, with what it became."""
    became = (
        "мероприятие карты" if one.measure_id is not None else "поручение" if one.task_id is not None else "в протокол"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/gavel: {plain(listing_of(one.text, one.responsible, one.deadline_text))} → {became}")
        if may_remove:
            st.button(
                "Убрать", key=f"meeting_undecide_{one.id}", icon=":material/delete:", type="tertiary",
                on_click=act, args=(partial(write, remove_decision, one.id or 0), "Решение убрано."),
            )


def _people(view: MeetingView) -> list[tuple[int, str]]:
    """Return who can answer, those who are at the meeting first."""
    everybody: list[tuple[int, str]] = read(people_of, view.meeting.organisation_id, view.meeting.held_on)
    here = {one.teacher_id for one in view.attendance}
    return sorted(everybody, key=lambda pair: pair[0] not in here)


def _explain(term: str, view: MeetingView) -> None:
    """Say under the field how the term is understood."""
    if term:
        st.caption(plain(read_deadline(term, view.meeting.held_on).explanation))


def _decide(meeting_id: int, item_id: int | None, place: str, people: dict[str, int], only_map: int | None) -> None:
    becomes = st.session_state.get(_key("becomes", place)) or Becomes.NOTHING
    who, term = typed(_key("who", place)), typed(_key("term", place))
    if becomes is not Becomes.NOTHING and typed(_key("text", place)) and not who:
        refuse(InvalidInput("У решения нет ответственного.", "Выберите педагога или впишите должность."))
        return
    draft = DecisionDraft(typed(_key("text", place)), who, term, people.get(who), item_id)
    roadmap_id = st.session_state.get(_key("map", place)) or only_map
    intention = f"decide|{meeting_id}|{item_id}|{draft}|{becomes}|{roadmap_id}|{st.session_state.get(_turn(place), 0)}"
    said = "Решение записано."
    if who and who not in people:
        said += f" «{who}» – не из списка педагогов: напоминания никому не придут."
    work = partial(write_once, intention, decide, meeting_id, draft, becomes, roadmap_id)
    if act(work, said, forget=(f"meeting_decision_{place}",)) is not None:
        st.session_state[_turn(place)] = st.session_state.get(_turn(place), 0) + 1
        for name in _FIELDS:
            st.session_state.pop(_key(name, place), None)


def _place(view: MeetingView, item_id: int | None) -> str:
    return f"{item_id or 'all'}_{view.meeting.id}"


def _key(name: str, place: str) -> str:
    return f"{TYPED}decision_{name}_{place}"


def _turn(place: str) -> str:
    return f"meeting_decided_{place}"
