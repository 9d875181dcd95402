"""«Приёмка»: which organisations handed in, accepting, returning with a reason, locking."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.monitoring.acceptance import Handed, handed_in
from core.monitoring.lifecycle import accept_values, lock_values, return_values
from core.monitoring.value_tables import ValueState
from core.people.academic_year import year_name
from core.words import plural
from pages.monitor.indicator_parts.address import SCREEN
from pages.widgets.acting import act, typed
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_REASON = f"{SCREEN}_reason"


def show_acceptance(organisation_id: int, year: int) -> None:
    """Show what stands below the unit and how far each organisation is; one is chosen and decided on."""
    units: tuple[Handed, ...] = read(handed_in, organisation_id, year)
    if not units:
        st.info("Под этой организацией нет других, у которых вы принимаете показатели.", icon=":material/info:")
        return
    rows = [
        {"id": one.organisation_id, "name": one.name, "word": one.word,
         **{state.name: one.counts.get(state, 0) for state in ValueState}}
        for one in units
    ]
    columns = (
        Column("name", "Организация", width=300, pinned=True), Column("word", "Что делать", width=180),
        *(Column(state.name, state.value, "integer") for state in ValueState),
    )
    show_table(f"{SCREEN}_handed", Table(f"Приёмка показателей, {year_name(year)}", columns, rows))
    by_id = {one.organisation_id: one for one in units}
    chosen = st.selectbox(
        "Организация, о которой решаем", list(by_id), format_func=lambda key: by_id[key].name, key=f"{SCREEN}_decided"
    )
    if chosen is None:
        return
    one = by_id[chosen]
    st.text_input("Причина возврата или открытия", key=_REASON, placeholder="Например: уточните знаменатель по П41")
    with st.container(horizontal=True):
        st.button(
            f"Принять ({one.counts.get(ValueState.SUBMITTED, 0)})", key=f"{SCREEN}_accept", type="primary",
            icon=":material/check:", disabled=not one.counts.get(ValueState.SUBMITTED, 0), on_click=act,
            args=(partial(write, accept_values, chosen, year), _said("Принято")),
        )
        st.button(
            "Вернуть или открыть", key=f"{SCREEN}_return", icon=":material/undo:", disabled=not one.decided,
            on_click=_return, args=(chosen, year),
        )
        st.button(
            f"Закрыть принятые ({one.counts.get(ValueState.ACCEPTED, 0)})", key=f"{SCREEN}_lock",
            icon=":material/lock:", disabled=not one.counts.get(ValueState.ACCEPTED, 0), on_click=act,
            args=(partial(write, lock_values, chosen, year), _said("Закрыто")),
        )
    st.caption(plain("Пока исправленное значение не принято, в сумме выше остаётся принятое раньше."))


def _return(organisation_id: int, year: int) -> None:
    act(partial(write, return_values, organisation_id, year, typed(_REASON)), _said("Возвращено"), (_REASON,))


def _said(word: str) -> partial[str]:
    return partial(_count_words, word)


def _count_words(word: str, count: int) -> str:
    return f"{word}: {plural(count, 'показатель', 'показателя', 'показателей')}."
