"""The questionnaire after a meeting: one's own answer, and what all answered, without names."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.scope import Action
from core.practice.feedback import FEWEST_ANSWERS, LEAST, MOST, Satisfaction, feedback_on, give_feedback, own_answer
from core.practice.tables import ClubEvent
from core.words import number, plural
from pages.practice.library.address import SCREEN
from pages.practice.library.passports import feedback_passport
from pages.widgets.acting import act, drawer, typed
from pages.widgets.passport import show_passport
from pages.widgets.session import current_scope, read, write
from pages.widgets.texts import plain


def show_feedback(event: ClubEvent) -> None:
    """Show what was answered and the form of one's own answer."""
    event_id = event.id or 0
    found = read(feedback_on, event_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        if found.satisfaction is not None:
            st.markdown(plain(satisfaction_words(found.satisfaction)), width="stretch")
        else:
            answers = plural(found.n, "отзыв", "отзыва", "отзывов")
            st.caption(
                f"{answers}. Оценка и слова покажутся, когда их будет хотя бы {FEWEST_ANSWERS}.", width="stretch"
            )
        if current_scope().allows(Action.OFFER_PRACTICES):
            with drawer(f"{SCREEN}_feedback_{event_id}_open", "Мой отзыв", ":material/rate_review:"):
                _show_form(event_id)
        if found.satisfaction is not None:
            show_passport(feedback_passport(f"отзывы о встрече «{event.title}»"))
    if found.useful or found.wishes:
        folded = st.expander("Что написали участники", key=f"{SCREEN}_feedback_{event_id}_words", on_change="rerun")
        if folded.open:
            with folded:
                for heading, texts in (("Полезно", found.useful), ("Чего не хватило", found.wishes)):
                    if texts:
                        st.markdown(f"**{heading}**")
                    for text in texts:
                        st.markdown(f"– {plain(text)}")


def satisfaction_words(found: Satisfaction) -> str:
    """Return the answers as a line: «Оценка 4,3 из 5 (95 % интервал 3,8–4,7; n = 12): 5 – 6, 4 – 4, 3 – 2»."""
    counts = ", ".join(
        f"«{mark}» – {number(count)}" for mark, count in reversed(list(enumerate(found.counts, LEAST))) if count
    )
    interval = f"{number(found.low, 1)}–{number(found.high, 1)}"
    return f"Оценка {number(found.mean, 1)} из {MOST} (95 % интервал {interval}; n = {found.n}): {counts}"


def _show_form(event_id: int) -> None:
    key = f"{SCREEN}_feedback_{event_id}"
    own = read(own_answer, event_id)
    st.segmented_control(
        "Насколько встреча была полезна", list(range(LEAST, MOST + 1)), default=own.satisfaction if own else None,
        key=f"{key}_mark", help=f"{LEAST} – совсем нет, {MOST} – очень.",
    )
    st.text_area("Что было полезно", value=own.useful if own else "", key=f"{key}_useful", height=70, max_chars=2000)
    st.text_area("Чего не хватило", value=own.wishes if own else "", key=f"{key}_wishes", height=70, max_chars=2000)
    st.caption("Имя не показывается никому. Новый отзыв заменит прежний.")
    st.button("Отправить", key=f"{key}_send", type="primary", on_click=_send, args=(event_id, key))


def _send(event_id: int, key: str) -> None:
    mark = st.session_state.get(f"{key}_mark") or 0
    work = partial(write, give_feedback, event_id, mark, typed(f"{key}_useful"), typed(f"{key}_wishes"))
    act(work, "Спасибо за отзыв.", forget=(f"{key}_open",))
