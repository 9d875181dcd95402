"""The data of a pair: change, start, finish, end early, delete."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from core.errors import QualityError
from core.support.mentorship_cards import MentorshipCard
from core.support.mentorship_rules import NOTICE_DAYS
from core.support.mentorship_states import change_and_start, end_early, finish_mentorship
from core.support.mentorship_tables import MentorshipState, Side
from core.support.mentorships import change_mentorship, delete_mentorship
from core.support.working_days import after_working_days
from core.words import day
from pages.support.mentorship_parts.address import SCREEN, leave
from pages.support.mentorship_parts.pair_form import draft_of, show_pair_fields
from pages.widgets.acting import act, drawer, refuse, typed
from pages.widgets.session import write
from pages.widgets.texts import plain


def show_pair_data(card: MentorshipCard, manages: bool, side: Side | None) -> None:
    """Show the fields for who keeps the pair, and the buttons of each side."""
    row = card.row
    if row.state in (MentorshipState.FINISHED, MentorshipState.ENDED_EARLY):
        _show_end(card)
        return
    if manages:
        name = f"{SCREEN}_data_{card.id}_{row.version}"
        show_pair_fields(name, (row.mentor_teacher_id, card.mentor), card.mentees, card=card)
        with st.container(horizontal=True):
            st.button(
                "Сохранить", type="primary", icon=":material/save:", key=f"{name}_save", on_click=_change,
                args=(card, name),
            )
            if row.state is MentorshipState.PREPARED:
                st.button(
                    "Начать наставничество", icon=":material/play_arrow:", key=f"{name}_start", on_click=_start,
                    args=(card, name),
                )
                st.button("Удалить пару", icon=":material/delete:", key=f"{name}_drop", on_click=_drop, args=(card,))
    if row.state is MentorshipState.ACTIVE:
        with st.container(horizontal=True):
            if manages:
                _show_finishing(card)
            if manages or side is not None:
                _show_ending(card, manages, side)


def _change(card: MentorshipCard, name: str) -> None:
    draft = draft_of(name, card.row.organisation_id, card.row.mentor_teacher_id, list(card.mentees))
    act(partial(write, change_mentorship, card.id, draft, card.row.version), "Сохранено.")


def _start(card: MentorshipCard, name: str) -> None:
    """Save what stands in the fields and start, both or neither."""
    draft = draft_of(name, card.row.organisation_id, card.row.mentor_teacher_id, list(card.mentees))
    act(
        partial(write, change_and_start, card.id, draft, card.row.version),
        "Наставничество начато: теперь можно вести журнал встреч.",
    )


def _drop(card: MentorshipCard) -> None:
    try:
        write(delete_mentorship, card.id, card.row.version)
    except QualityError as refusal:
        refuse(refusal)
        return
    leave()


def _show_finishing(card: MentorshipCard) -> None:
    with drawer(f"{SCREEN}_finish_{card.id}", "Завершить", ":material/task_alt:"):
        st.caption(f"По приказу – до {day(card.row.ends_on)}. Раньше срока наставничество прекращают досрочно.")
        st.text_area("Результат: чего удалось достичь", key=f"{SCREEN}_outcome_{card.id}", max_chars=4000)
        st.button(
            "Завершить наставничество", type="primary", key=f"{SCREEN}_finish_now_{card.id}", on_click=_finish,
            args=(card,),
        )


def _finish(card: MentorshipCard) -> None:
    act(
        partial(write, finish_mentorship, card.id, typed(f"{SCREEN}_outcome_{card.id}"), card.row.version),
        "Наставничество завершено.", (f"{SCREEN}_finish_{card.id}",),
    )


def _show_ending(card: MentorshipCard, manages: bool, side: Side | None) -> None:
    name = f"{SCREEN}_end_{card.id}"
    with drawer(name, "Прекратить досрочно", ":material/stop_circle:"):
        st.caption(
            f"Другую сторону предупреждают письменно не позднее чем за {NOTICE_DAYS} рабочих дня (ст. 351.8 ТК РФ)."
        )
        sides = list(Side) if manages else [side or Side.MENTEE]
        st.selectbox("По чьей инициативе", sides, format_func=lambda one: one.value, key=f"{name}_by")
        today = date.today()
        st.date_input("Предупреждение от", today, key=f"{name}_notice", format="DD.MM.YYYY")
        earliest = max(after_working_days(today, NOTICE_DAYS), today + timedelta(days=1))
        st.date_input("Прекратить с", earliest, key=f"{name}_on", format="DD.MM.YYYY")
        st.text_area("Причина", key=f"{name}_why", max_chars=1000)
        st.button("Прекратить", type="primary", key=f"{name}_now", on_click=_end, args=(card, name))


def _end(card: MentorshipCard, name: str) -> None:
    state = st.session_state
    act(
        partial(
            write, end_early, card.id, by=state.get(f"{name}_by") or Side.EMPLOYER,
            ended_on=state.get(f"{name}_on") or date.today(), notice_on=state.get(f"{name}_notice"),
            reason=typed(f"{name}_why"), version_seen=card.row.version,
        ),
        "Наставничество прекращено досрочно.", (name,),
    )


def _show_end(card: MentorshipCard) -> None:
    row = card.row
    when = day(row.ended_on) if row.ended_on is not None else "—"
    if row.state is MentorshipState.FINISHED:
        st.markdown(f"**Завершено {when}.** {plain(row.outcome)}")
        return
    by = f", инициатор: {row.ended_by.value}" if row.ended_by is not None else ""
    notice = f" Предупреждение от {day(row.notice_on)}." if row.notice_on is not None else ""
    st.markdown(f"**Прекращено досрочно {when}{by}.** {plain(row.end_reason)}{notice}")
