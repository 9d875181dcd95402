"""One recommendation: on what it stands, what it says, how far it is, and what can be done with it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.errors import QualityError
from core.planning.recommendations.listing import RecommendationRow, view_recommendation
from core.planning.recommendations.practices import linked_practices
from core.planning.recommendations.writing import delete_draft, send_recommendation, withdraw_recommendation
from core.planning.tables import RecommendationState
from core.words import day, moment
from pages.plan.recommendation_parts.address import CHAIN_OF, SCREEN, leave, show_back
from pages.plan.recommendation_parts.answering import show_answering
from pages.plan.recommendation_parts.draft_form import show_draft_form
from pages.plan.recommendation_parts.proofs import show_proofs
from pages.plan.recommendation_parts.wording import clock_words, state_words
from pages.widgets.acting import act, drawer, typed
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.links import link_to
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, time_zone, write
from pages.widgets.texts import plain

_CLOSED = frozenset({RecommendationState.NOT_APPLICABLE, RecommendationState.DONE, RecommendationState.WITHDRAWN})


def show_card(recommendation_id: int) -> None:
    """Show a recommendation, or the refusal with the way back."""
    try:
        one = read(view_recommendation, recommendation_id)
    except QualityError as refusal:
        show_back()
        show_refusal(refusal)
        return
    _show_doors(one)
    st.subheader(plain(one.row.title), anchor=False)
    st.markdown(
        f"**{state_words(one.row.state)}** · {plain(clock_words(one))} · кому: **{plain(one.addressee.name)}**"
    )
    if one.clock is not None and one.clock.is_late:
        st.warning(f"Срок прошёл {day(one.clock.until)}: {one.clock.words}.", icon=":material/timer_off:")
    _show_bases(one)
    if one.row.state is RecommendationState.DRAFT and one.may_write:
        show_draft_form(one)
    else:
        _show_text(one)
        _show_way(one)
    if one.may_answer:
        show_answering(one)
    if one.row.state in (RecommendationState.ACCEPTED, RecommendationState.DONE):
        show_proofs(one)
    _show_writers_buttons(one)


def _show_doors(one: RecommendationRow) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show_back()
        link_to("recommendations", "Цепочка", {CHAIN_OF: str(one.id)})
        download(
            f"{SCREEN}_docx_{one.id}", "Скачать DOCX", f"Рекомендация {one.id}", "docx",
            lambda: hand_out("recommendation", str(one.id), "docx"),
        )


def _show_bases(one: RecommendationRow) -> None:
    for basis in one.bases:
        cause = f" Причина: {plain(basis.cause)}." if basis.cause else ""
        st.markdown(
            f"**Основание** {plain(basis.label)}: {plain(basis.unit_name)}, {plain(basis.source)}.  \n"
            f":gray[{plain(basis.numbers)} – {plain(basis.finding)}. Числа на {day(basis.frozen_on)}.{cause}]"
        )
        if basis.difference:
            st.info(plain(basis.difference), icon=":material/change_circle:")


def _show_text(one: RecommendationRow) -> None:
    row = one.row
    with st.container(border=True):
        st.write(plain(row.text))
        for title, text in (("Практики", row.practices), ("Курсы и другая помощь", row.courses)):
            if text:
                st.markdown(f"**{title}.** {plain(text)}")
        with st.container(key=f"told_practices_{one.id}", gap="xxsmall"):
            for practice in read(linked_practices, tuple(row.practice_ids)):
                link_to("practices", practice.title, {"practice": str(practice.id)})
        st.caption(plain(f"Срок: {row.deadline_text}. {one.reservation}".strip()))


def _show_way(one: RecommendationRow) -> None:
    """Show who did what and when, one line a step."""
    row, zone = one.row, time_zone()
    lines = [f"Подготовил(а): {row.author}, {one.writer}."]
    if row.sent_on is not None:
        lines.append(f"Отправлено {day(row.sent_on)}: {row.sent_by}.")
    if row.received_at is not None:
        lines.append(f"Получено {moment(row.received_at, zone)}: {row.received_by}.")
    if row.answered_at is not None:
        why = f" {row.reason}" if row.reason else ""
        answer = "не применимо, потому что" if row.state is RecommendationState.NOT_APPLICABLE else "принято."
        lines.append(f"Ответ {moment(row.answered_at, zone)}, {row.answered_by}: {answer}{why}")
    if row.closed_at is not None and row.result:
        word = "Снято" if row.state is RecommendationState.WITHDRAWN else "Исполнено"
        lines.append(f"{word} {moment(row.closed_at, zone)}, {row.closed_by}: {row.result}")
    st.caption("  \n".join(plain(line) for line in lines))


def _show_writers_buttons(one: RecommendationRow) -> None:
    if not one.may_write or one.row.state in _CLOSED:
        return
    version, name = one.row.version, f"{one.id}"
    with st.container(horizontal=True):
        if one.row.state is RecommendationState.DRAFT:
            st.button(
                "Отправить", key=f"{SCREEN}_send_{name}", type="primary", icon=":material/send:", on_click=act,
                args=(partial(write, send_recommendation, one.id, version), "Рекомендация отправлена."),
            )
            st.button(
                "Удалить черновик", key=f"{SCREEN}_drop_{name}", icon=":material/delete:", on_click=_drop,
                args=(one.id,),
            )
            return
        with drawer(f"{SCREEN}_withdraw_{name}", "Снять рекомендацию", ":material/undo:"):
            reason = f"{SCREEN}_why_{name}"
            st.text_area("Почему снимаем (увидит адресат)", key=reason, max_chars=2000)
            st.button("Снять", key=f"{SCREEN}_withdraw_now_{name}", on_click=_withdraw, args=(one, reason))


def _withdraw(one: RecommendationRow, reason: str) -> None:
    act(
        partial(write, withdraw_recommendation, one.id, one.row.version, typed(reason)), "Рекомендация снята.",
        (reason, f"{SCREEN}_withdraw_{one.id}"),
    )


def _drop(recommendation_id: int) -> None:
    act(partial(write, delete_draft, recommendation_id), "Черновик удалён.")
    leave()
