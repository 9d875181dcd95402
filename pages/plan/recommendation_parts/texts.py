"""The organisation's own texts: the shipped ones are taken over, then changed in a grid."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.short_names import short_name
from core.planning.recommendations.bank import KIND_WORDS
from core.planning.recommendations.grids import TEXT_FIELDS, list_texts, save_texts, take_shipped_texts, text_owners
from core.planning.recommendations.wording import PLACEHOLDERS
from core.planning.tables import AddresseeKind, BasisKind, RecommendationText
from core.words import plural
from pages.plan.recommendation_parts.address import SCREEN
from pages.widgets.acting import act
from pages.widgets.empty_state import empty_state
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write

_COLUMNS = (
    GridColumn("name", "Название", required=True, width=190),
    GridColumn("basis", "На чём основана", "choice", (BasisKind.FIELD, BasisKind.DEFICIT), required=True, width=150),
    GridColumn("addressee", "Кому", "choice", tuple(AddresseeKind), required=True, width=120),
    GridColumn("about", "Вид полей", "choice", ("", *KIND_WORDS), width=140, help="Пусто – для всех."),
    GridColumn("title", "Заголовок", required=True, width=240),
    GridColumn("text", "Текст", required=True, width=420),
)


def show_texts() -> None:
    """Show the texts of an organisation in a grid, with what may stand in braces."""
    owners = {one.id or 0: short_name(one.name) for one in read(text_owners)}
    if not owners:
        empty_state("Своих текстов нет", "Тексты организации меняют методист и администрация.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        owner = st.selectbox("Чьи тексты", list(owners), key=f"{SCREEN}_texts_of", format_func=owners.__getitem__,
                             width=360)
        st.button(
            "Взять тексты из поставки", key=f"{SCREEN}_take", icon=":material/content_copy:", on_click=act,
            args=(
                partial(write, take_shipped_texts, owner),
                lambda count: f"Добавлено: {plural(count, 'текст', 'текста', 'текстов')}.",
            ),
        )
        with st.popover("Что подставляется", icon=":material/data_object:"):
            for name, words in PLACEHOLDERS.items():
                st.markdown(f"`{{{name}}}` – {words}")
    texts = read(list_texts, owner)
    if not texts:
        st.caption("Пока действуют тексты из поставки. Возьмите их себе, чтобы изменить, или добавьте строку.")
    grid_editor(
        Grid(f"recommendation_text:{owner}", _COLUMNS, may_add=True, may_delete=True, label="name", empty=""),
        load=lambda: [_row(one) for one in read(list_texts, owner)],
        save=lambda changes: write(save_texts, owner, changes),
    )


def _row(one: RecommendationText) -> GridRow:
    return GridRow(one.id or 0, one.version, {field: getattr(one, field) for field in TEXT_FIELDS})
