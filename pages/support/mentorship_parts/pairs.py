"""The list of pairs and groups, and the order that fixes them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from core.people.scope import Action
from core.support.mentorship_cards import MentorshipCard, list_mentorships
from core.support.mentorship_tables import MentorshipState
from core.words import plural
from pages.support.mentorship_parts.address import PAIR, SCREEN, go_to, turn
from pages.support.mentorship_parts.passports import PAIRS
from pages.support.mentorship_parts.wording import order_words, period_words, state_words
from pages.widgets.documents import document_button
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.passport import show_passport
from pages.widgets.session import current_scope, read
from pages.widgets.tables import Column, Row, Table, show_table

_COLUMNS = (
    Column("state", "Состояние", width=125),
    Column("mentor", "Наставник", width=205),
    Column("mentees", "Наставляемые", width=215),
    Column("kind", "Вид", width=155),
    Column("period", "Срок", width=165),
    Column("order", "Приказ", width=150),
)


def show_pairs(organisation_id: int | None, may_manage: bool) -> None:
    """Show the pairs of an organisation, or with None all that the person sees."""
    cards: list[MentorshipCard] = read(list_mentorships, organisation_id)
    if not cards:
        empty_state("Пар и групп пока нет", _advice(may_manage))
        return
    under_way = sum(card.row.state is MentorshipState.ACTIVE for card in cards)
    prepared = sum(card.row.state is MentorshipState.PREPARED for card in cards)
    words = plural(len(cards), "пара или группа", "пары и группы", "пар и групп")
    st.markdown(
        f"**{words}:** действует {under_way}, готовится {prepared}. Щёлкните в начале строки, чтобы открыть."
    )
    table = pairs_table(cards)
    chosen = show_table(
        f"{SCREEN}_pairs_{turn()}", table, choose=True, height=400, lines=2, download=False
    )
    if chosen is not None:
        go_to(PAIR, int(str(chosen["id"])))
        st.rerun()
    with st.container(horizontal=True):
        download_workbook(f"{SCREEN}_pairs_xlsx", "Наставнические пары", [table.sheet(PAIRS.notes())], "Список в XLSX")
        if may_manage and prepared and organisation_id is not None:
            document_button(
                f"{SCREEN}_order", "Приказ о закреплении (DOCX)", "mentorship-orders", str(organisation_id), "docx",
                "Приказ о закреплении наставников",
            )
        show_passport(PAIRS)


def _advice(may_manage: bool) -> str:
    if may_manage:
        return "Откройте вкладку «Подбор»: выберите педагога – программа покажет, кто мог бы ему помочь и почему."
    if current_scope().allows(Action.MANAGE_HELP):
        return "Выберите школу и откройте вкладку «Подбор»: пары создают там, где работает наставляемый."
    return "Здесь появятся пары и группы, в которых вы участвуете."


def pairs_table(cards: Sequence[MentorshipCard]) -> Table:
    """Return the pairs as a table, those under way first."""
    order = list(MentorshipState)
    order.insert(0, order.pop(order.index(MentorshipState.ACTIVE)))
    rows: list[Row] = [
        {
            "id": card.id, "state": state_words(card.row), "mentor": card.mentor,
            "mentees": ", ".join(card.mentees.values()), "kind": card.row.kind.value,
            "period": period_words(card.row), "order": order_words(card.row),
        }
        for card in sorted(cards, key=lambda card: order.index(card.row.state))
    ]
    return Table("Наставнические пары и группы", _COLUMNS, rows)
