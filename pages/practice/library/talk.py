"""The discussion of a practice: threads, answers, questions to the author, moderation."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.practice.discussion import NoteThread, ShownNote, add_note, may_discuss, remove_note, restore_note
from core.practice.discussion import list_notes as threads_of
from core.practice.library import PracticeCard
from core.practice.states import NoteKind
from core.words import moment, plural
from pages.practice.library.address import SCREEN
from pages.widgets.acting import act, drawer, typed
from pages.widgets.once import write_once
from pages.widgets.session import current_scope, read, time_zone, write
from pages.widgets.texts import plain

_LONGEST = 2000


def show_talk(card: PracticeCard) -> None:
    """Show the threads and the field for a new one."""
    may_write = may_discuss(current_scope(), card.state)
    threads = read(threads_of, card.id)
    waiting = sum(thread.waits for thread in threads)
    if waiting:
        st.info(
            f"{plural(waiting, 'вопрос ждёт', 'вопроса ждут', 'вопросов ждут')} ответа автора.",
            icon=":material/help:",
        )
    if not threads:
        st.caption("Обсуждения пока нет. Спросите автора или расскажите, что вышло у вас.")
    for thread in threads:
        with st.container(border=True, gap="xsmall"):
            _show_thread(card, thread, may_write)
    if not may_write:
        return
    kind = st.radio(
        "Что это", list(NoteKind), format_func=lambda one: one.value.capitalize(), key=_key(card, "kind"),
        horizontal=True, label_visibility="collapsed",
    )
    st.text_area(
        "Ваша запись", key=_key(card, "text"), height=90, max_chars=_LONGEST, persist_state="session",
        placeholder="Пишите о практике, а не о людях", label_visibility="collapsed",
    )
    st.button("Написать", key=_key(card, "send"), type="primary", icon=":material/send:", on_click=_send,
              args=(card, kind))


def _show_thread(card: PracticeCard, thread: NoteThread, may_write: bool) -> None:
    _show_note(thread.first)
    for answer in thread.answers:
        indent, body = st.columns([1, 24])
        indent.markdown("↳")
        with body:
            _show_note(answer)
    if may_write and not thread.first.is_removed:
        key = f"{SCREEN}_answer_{thread.first.id}"
        with drawer(f"{key}_open", "Ответить", ":material/reply:"):
            st.text_area("Ответ", key=key, height=80, max_chars=_LONGEST)
            st.button(
                "Написать", key=f"{key}_send", type="primary", on_click=_answer, args=(card, thread.first.id, key)
            )


def _show_note(note: ShownNote) -> None:
    who = f"**{plain(note.author)}**" + (" · автор практики" if note.is_practice_author else "")
    mark = " · :material/help: вопрос автору" if note.kind is NoteKind.QUESTION else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{who}{mark}", width="stretch")
        st.caption(moment(note.written_at, time_zone()), width="content")
        if note.may_remove:
            _show_moderation(note)
    if note.is_removed:
        st.caption(plain(f"Запись снята{f': {note.removed_why}' if note.removed_why else ''}."))
    if note.text:
        st.markdown(plain(note.text).replace("\n", "  \n"))


def _show_moderation(note: ShownNote) -> None:
    if note.is_removed:
        st.button(
            "Вернуть", key=f"{SCREEN}_note_back_{note.id}", icon=":material/undo:", on_click=act,
            args=(partial(write, restore_note, note.id), "Запись возвращена."),
        )
    elif note.is_mine:
        st.button(
            "Убрать", key=f"{SCREEN}_note_off_{note.id}", icon=":material/delete:", on_click=act,
            args=(partial(write, remove_note, note.id), "Запись убрана."),
        )
    else:
        key = f"{SCREEN}_note_why_{note.id}"
        with drawer(f"{key}_open", "Снять", ":material/gavel:"):
            st.text_input("Почему", key=key, max_chars=300)
            st.button("Снять запись", key=f"{key}_send", on_click=_moderate, args=(note.id, key))


def _moderate(note_id: int, key: str) -> None:
    work = partial(write, remove_note, note_id, typed(key))
    act(work, "Запись снята, её можно вернуть.", forget=(f"{key}_open", key))


def _send(card: PracticeCard, kind: NoteKind) -> None:
    text = typed(_key(card, "text"))
    work = partial(write_once, f"note|{card.id}|{card.notes}|{text}", add_note, card.id, text, kind)
    act(work, "Написано.", forget=(_key(card, "text"),))


def _answer(card: PracticeCard, note_id: int, key: str) -> None:
    text = typed(key)
    work = partial(
        write_once, f"answer|{note_id}|{card.notes}|{text}", add_note, card.id, text, answers_id=note_id
    )
    act(work, "Ответ написан.", forget=(f"{key}_open", key))


def _key(card: PracticeCard, name: str) -> str:
    return f"{SCREEN}_{card.id}_talk_{name}"
