"""«Применил у себя»: what colleagues say, and the form of one's own mark."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.errors import InvalidInput
from core.people.scope import Action
from core.people.short_names import short_name
from core.practice.discussion import may_discuss
from core.practice.library import PracticeCard
from core.practice.states import UseOutcome
from core.practice.uses import ShownUse, UseMark, list_uses, mark_use, places_to_offer, remove_use, uses_words
from core.practice.values import FIRST_GRADE, LAST_GRADE
from core.words import day, plural
from pages.practice.library.address import SCREEN
from pages.widgets.acting import act, drawer, refuse, typed
from pages.widgets.session import current_scope, read, write
from pages.widgets.texts import plain


def show_uses(card: PracticeCard) -> None:
    """Show the marks and, to who may, the form."""
    st.subheader("Кто применил у себя", anchor=False)
    uses = read(list_uses, card.id)
    if uses:
        counted = plural(len(uses), "отметка", "отметки", "отметок")
        st.caption(plain(f"{counted}: {uses_words(uses)}. Это мнения применивших, а не измерение."))
    else:
        st.caption("Пока никто не отметил, что применил практику.")
    for use in uses:
        _show_use(use)
    if may_discuss(current_scope(), card.state) and current_scope().allows(Action.OFFER_PRACTICES):
        with drawer(_key(card, "open"), "Я применил у себя", ":material/add_task:"):
            _show_form(card)


def _show_use(use: ShownUse) -> None:
    text, button = st.columns([7, 1], vertical_alignment="center")
    with text, st.container(gap="xxsmall"):
        st.markdown(
            plain(f"{use.class_name}, {short_name(use.school)} – ") + f"**{use.outcome.value}**"
            + plain(f". {use.text}" if use.text else "")
        )
        st.caption(plain(f"{use.author}, с {day(use.applied_on)}"))
    if use.may_change:
        button.button(
            "Снять", key=f"{SCREEN}_unmark_{use.id}", icon=":material/close:", on_click=act,
            args=(partial(write, remove_use, use.id), "Отметка снята."), help="Убрать эту отметку",
        )


def _show_form(card: PracticeCard) -> None:
    places = dict(read(places_to_offer, card.subject, schools_only=True))
    if not places:
        st.caption("Отметить можно класс своей школы, а школа за вами не записана. Обратитесь к администратору.")
        return
    st.selectbox(
        "Школа", list(places), format_func=lambda one: places[one], key=_key(card, "school"),
        index=0 if len(places) == 1 else None, placeholder="Выберите",
    )
    first, second, third = st.columns([2, 2, 3])
    first.selectbox("Класс", list(range(FIRST_GRADE, LAST_GRADE)), index=None, key=_key(card, "grade"), placeholder="–")
    second.text_input("Буква", key=_key(card, "letter"), max_chars=10)
    third.date_input("С какого дня", value=date.today(), key=_key(card, "since"), format="DD.MM.YYYY")
    st.selectbox("Что вышло", list(UseOutcome), format_func=str, key=_key(card, "outcome"))
    st.text_area("Несколько слов коллегам", key=_key(card, "words"), height=80, max_chars=2000)
    st.button("Отметить", key=_key(card, "mark"), type="primary", on_click=_mark, args=(card,))


def _mark(card: PracticeCard) -> None:
    school, grade, since, outcome = (
        st.session_state.get(_key(card, name)) for name in ("school", "grade", "since", "outcome")
    )
    if school is None or grade is None:
        refuse(InvalidInput("Не выбраны школа и класс.", "Выберите, где вы применили практику."))
        return
    mark = UseMark(
        school, grade, typed(_key(card, "letter")), since or date.today(), outcome or UseOutcome.EARLY,
        typed(_key(card, "words")),
    )
    act(
        partial(write, mark_use, card.id, mark), "Отмечено. Когда появятся результаты, здесь будет видно изменение.",
        forget=(_key(card, "open"), _key(card, "words")),
    )


def _key(card: PracticeCard, name: str) -> str:
    return f"{SCREEN}_{card.id}_use_{name}"
