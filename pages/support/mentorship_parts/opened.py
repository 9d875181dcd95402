"""The page of one pair or group: what is next, people and order, programme, journal, questionnaires."""

from __future__ import annotations

from datetime import date

import streamlit as st

from core.errors import NotAllowed
from core.support.mentorship_cards import MentorshipCard, get_mentorship, may_manage, mentorship_history, side_of
from core.support.mentorship_tables import MentorshipState, Side
from core.support.programme import Programme, get_programme
from pages.support.mentorship_parts.address import SCREEN, show_back
from pages.support.mentorship_parts.journal import show_journal
from pages.support.mentorship_parts.pair_data import show_pair_data
from pages.support.mentorship_parts.programme import show_programme
from pages.support.mentorship_parts.questions import show_questions
from pages.support.mentorship_parts.wording import order_words, period_words, state_words
from pages.widgets.documents import hand_out
from pages.widgets.downloads import download
from pages.widgets.history import show_history
from pages.widgets.refusals import show_refusal
from pages.widgets.session import current_scope, look, read
from pages.widgets.texts import plain

_TABS = ("Программа", "Журнал встреч", "Анкеты", "Пара и приказ")


def show_pair(mentorship_id: int) -> None:
    """Show a pair; raises NotFound for one that the person does not see."""
    card: MentorshipCard = read(get_mentorship, mentorship_id)
    try:
        programme: Programme = read(get_programme, mentorship_id)
    except NotAllowed as refusal:
        show_back()
        _show_head(card)
        show_refusal(refusal)
        return
    manages, side = may_manage(current_scope(), card), look(side_of, card)
    with st.container(horizontal=True, vertical_alignment="center"):
        show_back()
        download(
            f"{SCREEN}_docx_{card.id}", "Программа (DOCX)", "Программа наставничества", "docx",
            lambda: hand_out("mentorship", str(mentorship_id), "docx"),
        )
    _show_head(card)
    st.info(_next_step(card, programme, side), icon=":material/arrow_forward:")
    tabs = st.tabs(list(_TABS), key=f"{SCREEN}_pair_tab", on_change="rerun", bind="query-params")
    for name, tab in zip(_TABS, tabs, strict=True):
        if tab.open:
            with tab:
                _show_part(name, programme, manages, side)
    with st.expander("Журнал изменений"):
        show_history(f"{SCREEN}_history", read(mentorship_history, mentorship_id))


def _show_head(card: MentorshipCard) -> None:
    """Show who helps whom, since when and by which order."""
    st.subheader(plain(card.title), anchor=False)
    st.markdown(
        f"**{state_words(card.row)}** · {plain(card.row.kind.value)} · {period_words(card.row)} · "
        f"{plain(order_words(card.row))}"
    )


def _show_part(name: str, programme: Programme, manages: bool, side: Side | None) -> None:
    match name:
        case "Журнал встреч":
            show_journal(programme, manages, side)
        case "Анкеты":
            show_questions(programme.card, side)
        case "Пара и приказ":
            show_pair_data(programme.card, manages, side)
        case _:
            show_programme(programme, manages, side)


def _next_step(card: MentorshipCard, programme: Programme, side: Side | None) -> str:
    """Return in one sentence what is to be done."""
    row = card.row
    if row.state in (MentorshipState.FINISHED, MentorshipState.ENDED_EARLY):
        return "Наставничество закрыто: программу и журнал можно посмотреть и напечатать."
    if not programme.goals:
        return "Дальше: на вкладке «Программа» выберите дефициты, над которыми будете работать."
    if row.state is MentorshipState.PREPARED:
        return "Дальше: на вкладке «Пара и приказ» впишите согласия и приказ и начните наставничество."
    if row.ends_on <= date.today():
        return "Срок вышел: заполните анкеты «по завершении» и завершите наставничество с результатом."
    if side is Side.MENTEE:
        return "Дальше: подтвердите встречи в журнале – они засчитываются, когда подтвердили обе стороны."
    return "Дальше: запишите встречу в журнал; наставляемый подтвердит её под своей учётной записью."
