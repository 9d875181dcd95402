"""Questionnaires of a pair: one's own answers before and after; change for who keeps the pair."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.planning.access import actor_of
from core.support.mentorship_cards import OPEN_STATES, MentorshipCard
from core.support.mentorship_tables import MentorshipAnswer, MentorshipState, Moment, Side
from core.support.mentorship_words import HIGHEST, LOWEST, mentorship_words
from core.support.questionnaires import changes, fill_in, list_answers, reads_answers
from core.words import day, signed
from pages.support.mentorship_parts.address import SCREEN
from pages.widgets.acting import act, drawer, typed
from pages.widgets.session import current_scope, read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain


def show_questions(card: MentorshipCard, side: Side | None) -> None:
    """Show what the person may: the own questionnaire to fill in, the comparison to read."""
    rows: list[MentorshipAnswer] = read(list_answers, card.id)
    teacher_id = read(actor_of).teacher_id
    given = {(row.teacher_id, row.moment): row for row in rows}
    if side is not None:
        st.markdown("**Ваши анкеты** (от 1 до 10). Ответы видите вы и те, кто ведёт наставничество в школе.")
        with st.container(horizontal=True):
            for moment in Moment:
                if moment is Moment.AFTER and card.row.state is MentorshipState.PREPARED:
                    continue
                if moment is Moment.BEFORE and card.row.state not in OPEN_STATES:
                    continue
                _show_form(card.id, side, moment, given.get((teacher_id or 0, moment)))
    if not reads_answers(current_scope(), card):
        if side is None:
            st.info("Анкеты видят сами участники и те, кто ведёт наставничество в школе.", icon=":material/info:")
        return
    people = {card.row.mentor_teacher_id: Side.MENTOR.value} | {
        key: name if len(card.mentees) > 1 else Side.MENTEE.value for key, name in card.mentees.items()
    }
    awaited = [
        f"{words} – {moment.value}" for key, words in people.items() for moment in Moment if (key, moment) not in given
    ]
    if awaited:
        st.caption(plain(f"Ещё не заполнены: {'; '.join(awaited)}."))
    table = [
        {"side": who.value, "question": one.text, "before": one.before, "after": one.after,
         "change": signed(one.change)}
        for who in (Side.MENTEE, Side.MENTOR)
        for one in changes(rows, who)
        if one.pairs
    ]
    if table:
        show_table(f"{SCREEN}_answers", Table("Анкеты до и после", (
            Column("side", "Сторона", width=120), Column("question", "Вопрос", width=480),
            Column("before", "До", "decimal"), Column("after", "После", "decimal"), Column("change", "Изменение"),
        ), table))
    for row in rows:
        if row.comment:
            st.caption(plain(f"{row.side.value.capitalize()}, {row.moment.value}: {row.comment}"))


def _show_form(mentorship_id: int, side: Side, moment: Moment, row: MentorshipAnswer | None) -> None:
    name = f"{SCREEN}_{moment.name}_{mentorship_id}"
    label = f"Анкета «{moment.value}»" + (f": заполнена {day(row.filled_on)}" if row is not None else "")
    with drawer(name, label, ":material/check_circle:" if row is not None else ":material/edit_note:"):
        for question in mentorship_words().questions(side):
            st.slider(
                question.text, LOWEST, HIGHEST, row.answers.get(question.key, 5) if row is not None else 5,
                key=f"{name}_{question.key}",
            )
        st.text_area("Что ещё хотите сказать", row.comment if row is not None else "", key=f"{name}_comment", height=80)
        st.button(
            "Сохранить анкету", type="primary", key=f"{name}_save", on_click=_save,
            args=(mentorship_id, side, moment, name),
        )


def _save(mentorship_id: int, side: Side, moment: Moment, name: str) -> None:
    answers = {
        question.key: int(st.session_state.get(f"{name}_{question.key}", 0))
        for question in mentorship_words().questions(side)
    }
    act(
        partial(write, fill_in, mentorship_id, moment, answers, typed(f"{name}_comment")),
        f"Анкета «{moment.value}» сохранена.", (name,),
    )
