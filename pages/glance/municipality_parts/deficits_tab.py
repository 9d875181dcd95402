"""The tab «Дефициты и показатели»: what teachers of the municipality share, and the door to its indicators."""

from __future__ import annotations

import streamlit as st

from core.charts.tone_map import standing_words
from core.diagnostics.corporate import DeficitList, latest_deficits
from core.diagnostics.standing import Standing
from core.people.scope import Action
from core.words import interval, percent
from pages.glance.municipality_parts.choice import SCREEN, Choice
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.session import current_scope, read
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_COLUMNS = (
    Column("standing", "Какой"), Column("line", "Затруднение", width=380), Column("group", "У кого"),
    Column("said", "Доля педагогов"), Column("n", "Ответили", "integer"),
)


def show_deficits(choice: Choice) -> None:
    """Show the corporate deficits of the latest round, and where values of indicators stand."""
    if current_scope().allows(Action.VIEW_DEFICITS):
        _show_shared(choice)
    else:
        st.info("Доли педагогов с дефицитами вашей роли не показываются.")
    st.markdown("**Показатели.** Свод по школам за отчётные годы, сдача и приёмка – на своём экране.")
    link_to("indicators", "Показатели муниципалитета")


def _show_shared(choice: Choice) -> None:
    listed: DeficitList = read(latest_deficits, choice.organisation_id)
    if listed.round is None:
        empty_state(
            "Диагностики пока нет", "Общие дефициты видны, когда педагоги ответили на анкету или тест.",
            path="deficits", label="Загрузить анкету",
        )
        return
    hard = listed.told_once(Standing.CORPORATE)
    if not hard:
        if listed.groups:
            st.success(f"{listed.round.name}: корпоративных дефицитов нет.")
        else:
            st.info(f"{listed.round.name}: доли показать нельзя.")
        _say_hidden(listed)
        link_to("deficits", "Все доли")
        return
    table = Table(f"Корпоративные дефициты: {listed.round.name}", _COLUMNS, [
        _row(one.standing, one.line.name, one.group.name, (one.share, one.low, one.high), one.asked) for one in hard
    ])
    st.markdown(f"**{table.title}**")
    show_table(f"{SCREEN}_deficits", table, lines=2)
    _say_hidden(listed)
    link_to("deficits", "Подтвердить и найти, кто поможет")


def _say_hidden(listed: DeficitList) -> None:
    if listed.hidden_words:
        st.caption(plain(listed.hidden_words))


def _row(standing: Standing, line: str, group: str, share: tuple[float, float, float], asked: int) -> Row:
    middle, low, high = share
    return {
        "standing": standing_words(standing), "line": line, "group": group, "n": asked,
        "said": f"{percent(middle, 0)} ({interval(low, high, 0)})",
    }
