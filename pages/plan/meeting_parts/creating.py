"""A new meeting: whose, when, on which roadmaps; the agenda is built at once."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import uuid4

import streamlit as st

from core.planning.agenda import prepare_meeting
from core.planning.bodies import MeetingBody, MeetingSuggestion, meeting_bodies, suggest_meeting
from core.planning.meetings import MeetingDraft
from pages.plan.meeting_parts.address import TYPED, open_meeting_page
from pages.widgets.acting import act, typed
from pages.widgets.links import link_to
from pages.widgets.once import write_once
from pages.widgets.session import read

_BODY, _DAY, _TOPIC = f"{TYPED}new_body", f"{TYPED}new_day", f"{TYPED}new_topic"
_INTENTION = "meeting_new_intention"


def show_creation(*, is_first: bool) -> None:
    """Show the form of a new meeting, opened when there is none yet."""
    bodies: list[MeetingBody] = read(meeting_bodies)
    if not bodies:
        st.info("Заседания проводят объединения и советы, а их пока нет.", icon=":material/groups:")
        link_to("admin", "Внести объединения")
        return
    with st.expander(
        "Новое заседание", expanded=is_first, icon=":material/add:", key="meeting_new", bind="query-params"
    ):
        left, right = st.columns([3, 1])
        with left:
            chosen = st.selectbox(
                "Чьё заседание", range(len(bodies)), format_func=lambda place: bodies[place].name, key=_BODY,
                persist_state="session",
            )
        with right:
            on: date = st.date_input("День", value=date.today(), format="DD.MM.YYYY", key=_DAY)
        body = bodies[chosen or 0]
        suggested: MeetingSuggestion = read(
            suggest_meeting, body.organisation_id, body.association_id, on, body.body
        )
        titles = dict(suggested.roadmaps)
        roadmaps = st.multiselect(
            "Дорожные карты", list(titles), default=list(titles), format_func=lambda one: titles[one],
            key=f"{TYPED}new_roadmaps_{body.organisation_id}_{body.association_id}_{on}",
            placeholder="Действующих карт нет: повестка будет из проблемных полей и ваших вопросов",
        )
        st.text_input("Тема", key=_TOPIC, placeholder="Например: ход дорожной карты по математике",
                      persist_state="session")
        st.button(
            "Создать и собрать повестку", key="meeting_create", type="primary", icon=":material/playlist_add_check:",
            on_click=_create, args=(body, on, tuple(roadmaps), suggested, _intention()),
        )


def _intention() -> str:
    """Return what tells this new meeting from another one with the same day and body."""
    return str(st.session_state.setdefault(_INTENTION, uuid4().hex))


def _create(
    body: MeetingBody, on: date, roadmaps: tuple[int, ...], suggested: MeetingSuggestion, intention: str
) -> None:
    draft = MeetingDraft(
        body.organisation_id, on, roadmaps, body.association_id, body=body.body, number=suggested.number,
        topic=typed(_TOPIC), chair=suggested.chair,
    )
    work = partial(write_once, f"meeting|{intention}", prepare_meeting, draft)
    made = act(work, "Заседание создано, повестка собрана.")
    if made is not None:
        st.session_state.pop(_INTENTION, None)
        st.session_state.pop(_TOPIC, None)
        open_meeting_page(made)
