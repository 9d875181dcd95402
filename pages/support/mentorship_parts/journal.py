"""The journal of a pair: write a meeting, confirm it for one's own side."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.support.journal import (
    MeetingEntry,
    confirm_meeting,
    delete_meeting,
    is_confirmed,
    list_meetings,
    may_delete,
    write_meeting,
)
from core.support.mentorship_tables import MentoringMeeting, MentorshipState, Side
from core.support.mentorship_words import mentorship_words
from core.support.programme import Programme
from core.words import count_of, day, plural
from pages.support.mentorship_parts.address import SCREEN
from pages.widgets.acting import act, drawer, typed
from pages.widgets.once import write_once
from pages.widgets.session import read, write
from pages.widgets.texts import plain

_MINUTES = (15, 30, 45, 60, 90, 120)


def show_journal(programme: Programme, manages: bool, side: Side | None) -> None:
    """Show the meetings, the latest first, with the buttons that this person has."""
    card = programme.card
    meetings: list[MentoringMeeting] = read(list_meetings, card.id)
    confirmed = sum(is_confirmed(meeting) for meeting in meetings)
    minutes = plural(sum(meeting.minutes for meeting in meetings), "минута", "минуты", "минут")
    st.markdown(f"**{count_of(len(meetings), 'встреча')}**, {minutes}; подтверждено обеими сторонами: {confirmed}.")
    if card.row.state is MentorshipState.ACTIVE and (manages or side is not None):
        with drawer(f"{SCREEN}_meeting_{card.id}", "Записать встречу", ":material/edit_note:"):
            _show_form(programme)
    elif card.row.state is MentorshipState.PREPARED:
        st.caption("Журнал откроется, когда наставничество начнётся.")
    goals = {goal.id: goal.text for goal in programme.goals}
    for meeting in meetings:
        _show_meeting(meeting, goals, side, may_delete(meeting, side, manages))


def _show_form(programme: Programme) -> None:
    card = programme.card
    name = f"{SCREEN}_new_{card.id}"
    goals = {goal.id: goal.text for goal in programme.goals}
    first, second = st.columns(2)
    first.date_input("Когда", date.today(), key=f"{name}_on", format="DD.MM.YYYY", max_value=date.today())
    second.selectbox("Сколько, мин", _MINUTES, index=2, key=f"{name}_minutes")
    st.text_input("Тема", key=f"{name}_topic", max_chars=500)
    if goals:
        st.selectbox(
            "Над каким дефицитом работали", list(goals), format_func=lambda key: goals[key], key=f"{name}_goal"
        )
    st.selectbox("Форма", mentorship_words().meeting_forms, key=f"{name}_form")
    st.text_area("Итог", key=f"{name}_outcome", height=80)
    st.text_input("Следующий шаг", key=f"{name}_next", max_chars=1000)
    st.button("Записать", type="primary", key=f"{name}_save", on_click=_write, args=(card.id, name))


def _write(mentorship_id: int, name: str) -> None:
    state = st.session_state
    entry = MeetingEntry(
        held_on=state.get(f"{name}_on") or date.today(), topic=typed(f"{name}_topic"),
        minutes=int(state.get(f"{name}_minutes") or 45), form=typed(f"{name}_form"),
        outcome=typed(f"{name}_outcome"), next_step=typed(f"{name}_next"), goal_id=state.get(f"{name}_goal"),
    )
    act(
        partial(write_once, f"meeting|{mentorship_id}|{entry}", write_meeting, mentorship_id, entry),
        "Встреча записана; вторая сторона подтвердит её под своей учётной записью.",
        (f"{SCREEN}_meeting_{mentorship_id}", f"{name}_topic", f"{name}_outcome", f"{name}_next"),
    )


def _show_meeting(
    meeting: MentoringMeeting, goals: dict[int | None, str], side: Side | None, is_deletable: bool
) -> None:
    with st.container(border=True):
        words, buttons = st.columns([4, 1], vertical_alignment="center")
        with words:
            st.markdown(
                f"**{day(meeting.held_on)} · {plain(meeting.topic)}** · {plain(meeting.form)}, {meeting.minutes} мин"
            )
            lines = [
                f"Дефицит: {goals[meeting.goal_id]}" if meeting.goal_id in goals else "",
                f"Итог: {meeting.outcome}" if meeting.outcome else "",
                f"Дальше: {meeting.next_step}" if meeting.next_step else "",
            ]
            st.caption("  \n".join(plain(line) for line in lines if line))
            st.markdown(_signs(meeting))
        with buttons:
            if _awaits(meeting, side):
                st.button(
                    "Подтвердить", type="primary", icon=":material/check:", key=f"{SCREEN}_confirm_{meeting.id}",
                    on_click=act, width="stretch",
                    args=(partial(write, confirm_meeting, meeting.id or 0, meeting.version), "Встреча подтверждена."),
                )
            if is_deletable:
                st.button(
                    "Удалить", icon=":material/delete:", key=f"{SCREEN}_drop_{meeting.id}", on_click=act,
                    width="stretch",
                    args=(partial(write, delete_meeting, meeting.id or 0, meeting.version), "Запись удалена."),
                )


def _signs(meeting: MentoringMeeting) -> str:
    signs = (("наставник", meeting.mentor_confirmed_at), ("наставляемый", meeting.mentee_confirmed_at))
    return " · ".join(f"{'✓' if at else '…'} {who}{'' if at else ' ещё не подтвердил'}" for who, at in signs)


def _awaits(meeting: MentoringMeeting, side: Side | None) -> bool:
    if side is Side.MENTOR:
        return meeting.mentor_confirmed_at is None
    return side is Side.MENTEE and meeting.mentee_confirmed_at is None
