"""One practice, opened: what it is, what came of it, what people say, its way, its journal."""

from __future__ import annotations

from functools import partial
from typing import Literal

import streamlit as st

from core.people.scope import Action
from core.people.short_names import short_name
from core.practice.attachments import (
    attach_file,
    attach_link,
    list_attachments,
    open_attachment,
    remove_attachment,
    removed_attachments,
    restore_attachment,
)
from core.practice.library import PracticeCard, get_practice
from core.practice.practices import delete_practice, offer_practice, practice_history, take_back
from core.practice.sheet import grades_words
from core.practice.states import PracticeState
from core.practice.values import TEXTS
from core.words import day, plural
from pages.practice.library.address import SCREEN, leave, show_form
from pages.practice.library.decision import show_way
from pages.practice.library.effects import show_effects
from pages.practice.library.talk import show_talk
from pages.practice.library.use_marks import show_uses
from pages.widgets.acting import act
from pages.widgets.attached_files import show_attached, show_attaching, show_removed
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.history import show_history
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, engine, look, read, write
from pages.widgets.texts import plain

_COLORS: dict[PracticeState, Literal["gray", "blue", "orange", "violet", "green", "red"]] = {
    PracticeState.DRAFT: "gray", PracticeState.OFFERED: "blue", PracticeState.ON_TRIAL: "orange",
    PracticeState.TRIED: "violet", PracticeState.RECOMMENDED: "green", PracticeState.REJECTED: "red",
}
_SIGNS = {
    PracticeState.DRAFT: "○", PracticeState.OFFERED: "◔", PracticeState.ON_TRIAL: "◑", PracticeState.TRIED: "◕",
    PracticeState.RECOMMENDED: "●", PracticeState.REJECTED: "✕",
}
_TABS = ("Описание", "Применение и результаты", "Обсуждение", "Решения", "Журнал")
"""Names that never change: a tab with a new name would close under the reader."""


def show_practice(practice_id: int) -> None:
    """Show everything about a practice."""
    card = read(get_practice, practice_id)
    _show_buttons(card)
    st.subheader(plain(card.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(f"{_SIGNS[card.state]} {card.state.value}", color=_COLORS[card.state])
        st.caption(plain(_head_words(card)), width="content")
    _show_keys(card)
    tabs = st.tabs(
        _TABS if card.may_change else _TABS[:-1], key=f"{SCREEN}_tab_{card.id}", on_change="rerun",
    )
    with tabs[0]:
        _show_description(card)
    if tabs[1].open:
        with tabs[1]:
            show_uses(card)
            show_effects(card)
    if tabs[2].open:
        with tabs[2]:
            show_talk(card)
    if tabs[3].open:
        with tabs[3]:
            show_way(card)
    if card.may_change and tabs[4].open:
        with tabs[4]:
            show_history(f"{SCREEN}_journal", read(practice_history, card.id))


def _show_buttons(card: PracticeCard) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("К списку", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=leave)
        offers = current_scope().allows(Action.OFFER_PRACTICES) and card.is_mine
        if offers and card.state in (PracticeState.DRAFT, PracticeState.REJECTED):
            st.button(
                "Предложить", key=f"{SCREEN}_send", type="primary", icon=":material/send:", on_click=act,
                args=(partial(write, offer_practice, card.id), "Практика предложена: её увидят те, кто решает."),
            )
        if offers and card.state is PracticeState.OFFERED:
            st.button(
                "Забрать в черновики", key=f"{SCREEN}_take", icon=":material/undo:", on_click=act,
                args=(partial(write, take_back, card.id), "Практика снова черновик."),
            )
        if card.may_change:
            st.button("Изменить", key=f"{SCREEN}_edit", icon=":material/edit:", on_click=show_form, args=(card.id,))
        download(
            f"{SCREEN}_docx", "Описание в Word", card.title, "docx", lambda: hand_out("practice", str(card.id), "docx"),
        )
        if card.may_change:
            st.button("Удалить", key=f"{SCREEN}_delete", icon=":material/delete:", on_click=_delete, args=(card.id,))


def _delete(practice_id: int) -> None:
    work = partial(write, delete_practice, practice_id)
    if act(work, "Практика удалена. Вернуть её можно внизу списка, в «Удалённых».") is not None:
        leave()


def _head_words(card: PracticeCard) -> str:
    parts = [card.author, short_name(card.organisation), card.class_name]
    if card.state is PracticeState.ON_TRIAL and card.trial_until is not None:
        parts.append(f"апробация до {day(card.trial_until)}")
    if card.notes:
        parts.append(plural(card.notes, "запись обсуждения", "записи обсуждения", "записей обсуждения"))
    return " · ".join(part for part in parts if part)


def _show_keys(card: PracticeCard) -> None:
    """Show what the practice answers, each with the way to its problem fields."""
    words = [card.subject or "не об одном предмете", card.method]
    if card.grades:
        words.append(f"{grades_words(card.grades)} класс{'ы' if len(card.grades) > 1 else ''}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(plain(" · ".join(word for word in words if word)), width="content")
        for name in (*card.elements, *card.task_types):
            st.badge(plain(name), color="gray", icon=":material/target:")
        if card.subject and (card.elements or card.task_types):
            link_to("problem-fields", "Проблемные поля", {"fields_subject": card.subject})


def _show_description(card: PracticeCard) -> None:
    left, right = st.columns([5, 3], gap="large")
    with left:
        for field, label in TEXTS.items():
            if card.texts[field]:
                st.markdown(f"**{label}**")
                st.markdown(plain(card.texts[field]).replace("\n", "  \n"))
    with right:
        st.markdown("**Файлы и ссылки**")
        rows = read(list_attachments, card.id)
        may_attach = card.is_mine or card.may_change
        if not rows:
            st.caption(
                "Приложите конспект, раздаточный лист, запись." if may_attach else "Автор ничего не приложил."
            )
        show_attached(
            f"{SCREEN}_{card.id}", rows, lambda one: look(open_attachment, one)[1],
            (lambda one: write(remove_attachment, one)) if may_attach else None,
        )
        if may_attach:
            show_removed(
                f"{SCREEN}_{card.id}", read(removed_attachments, card.id), lambda one: write(restore_attachment, one)
            )
            show_attaching(
                f"{SCREEN}_{card.id}", partial(attach_file, engine(), current_scope(), card.id),
                lambda url: write(attach_link, card.id, url),
            )
