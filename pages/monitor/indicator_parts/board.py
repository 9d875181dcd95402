"""«Табло»: the indicators of a unit over three reporting years, and what stands below it side by side."""

from __future__ import annotations

import streamlit as st

from core.monitoring.cells import Scorecard
from core.monitoring.scorecard import scorecard
from core.monitoring.side_by_side import change_of, figure_words, figures_sheet, move_words, told_codes
from core.monitoring.wording import plan_words, source_words
from core.people.academic_year import year_name
from core.workbooks.writing import write_workbook
from pages.monitor.indicator_parts.address import SCREEN, open_indicator, turn
from pages.monitor.indicator_parts.groups import show_groups
from pages.monitor.indicator_parts.matrix import BY_INDICATOR, BY_YEAR, show_by_indicator, show_by_year
from pages.monitor.indicator_parts.passports import SCORECARD
from pages.monitor.indicator_parts.tree import has_below, show_way_up
from pages.widgets.downloads import download
from pages.widgets.passport import show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_EVERYTHING = "Все цели"
_OWN = "Показатели организации"
_FIRST_YEAR = 2024
_MOST_YEARS = 5


def show_board(organisation_id: int, years: tuple[int, ...]) -> None:
    """Show the figures of a unit; of one with others below it also those, side by side."""
    way: str | None = _OWN
    with st.container(horizontal=True, vertical_alignment="center"):
        if has_below(organisation_id):
            way = st.segmented_control(
                "Что показать", [_OWN, BY_INDICATOR, BY_YEAR], default=_OWN, key=f"{SCREEN}_way", bind="query-params",
                label_visibility="collapsed",
            )
        show_way_up(organisation_id)
    if way == BY_INDICATOR:
        show_by_indicator(organisation_id, years, _longer(years))
    elif way == BY_YEAR:
        show_by_year(organisation_id, years)
    else:
        _show_own(organisation_id, years)
    if has_below(organisation_id):
        show_groups(organisation_id, years[-1])


def _longer(years: tuple[int, ...]) -> tuple[int, ...]:
    """Return up to five years to the last of these: the matrix of one indicator has room for them."""
    return tuple(range(min(years[0], max(_FIRST_YEAR, years[-1] - _MOST_YEARS + 1)), years[-1] + 1))


def _show_own(organisation_id: int, years: tuple[int, ...]) -> None:
    """Show the table of a unit, one row an indicator; a click opens it."""
    card: Scorecard = read(scorecard, organisation_id, years)
    codes = card.codes()
    known = frozenset(told_codes(card, [organisation_id], years))
    goals = list(dict.fromkeys(card.passport(code).goal for code in codes))
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        goal = st.selectbox("Цель", [_EVERYTHING, *goals], key=f"{SCREEN}_goal", bind="query-params")
    with right:
        only_known = st.toggle("Только с данными", value=True, key=f"{SCREEN}_known")
    shown = [
        code
        for code in codes
        if goal in (_EVERYTHING, card.passport(code).goal) and (not only_known or code in known)
    ]
    if not shown:
        st.info("По этой цели данных ещё нет. Показатели вносят на вкладке «Ввод и сдача».", icon=":material/info:")
        return
    table = _table(card, organisation_id, shown, years)
    chosen = show_table(
        f"{SCREEN}_board_{turn()}", table, choose=True, lines=3, download=False, height=min(560, 38 + 74 * len(shown))
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        download(
            f"{SCREEN}_board_xlsx", "Скачать XLSX", table.title, "xlsx", lambda: write_workbook(
                [table.sheet(SCORECARD.notes()), figures_sheet(card, [organisation_id], shown, years)]
            ),
        )
        show_passport(SCORECARD)
        st.caption(plain("Нажмите на строку, чтобы увидеть график, записи за числом и состав по организациям."))
    if chosen is not None:
        open_indicator(str(chosen["code"]))
        st.rerun()


def _table(card: Scorecard, unit: int, codes: list[str], years: tuple[int, ...]) -> Table:
    columns = (
        Column("code", "Код", width=60, pinned=True), Column("name", "Показатель", width=220),
        *(Column(str(year), year_name(year), width=146) for year in years),
        Column("move", "Изменение за год", width=126), Column("plan", "План", width=168),
        Column("source", "Откуда", width=160),
    )
    rows = []
    for code in codes:
        passport = card.passport(code)
        cell = card.cells.get((unit, code, years[-1]))
        change = change_of(card, unit, code, years[-2], years[-1])
        rows.append({
            "code": code, "name": passport.name,
            **{str(year): figure_words(passport, card.cells.get((unit, code, year))) for year in years},
            "move": move_words(change, passport.direction),
            "plan": plan_words(passport, cell) if cell else "", "source": source_words(cell) if cell else "",
        })
    return Table("Показатели", columns, rows)
