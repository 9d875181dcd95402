"""«Табло»: the indicators of a unit over three reporting years."""

from __future__ import annotations

import streamlit as st

from core.monitoring.scorecard import Scorecard, scorecard
from core.monitoring.trend import step
from core.monitoring.wording import plan_words, short_words, source_words
from core.people.academic_year import year_name
from core.people.suppression import Hidden
from pages.monitor.indicator_parts.address import SCREEN, open_indicator, turn
from pages.monitor.indicator_parts.passports import SCORECARD
from pages.widgets.downloads import download_workbook
from pages.widgets.passport import show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain

_EVERYTHING = "Все цели"


def show_board(organisation_id: int, years: tuple[int, ...]) -> None:
    """Show the table of a unit, one row an indicator; a click opens it."""
    card: Scorecard = read(scorecard, organisation_id, years)
    codes = card.codes()
    goals = list(dict.fromkeys(card.passport(code).goal for code in codes))
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        goal = st.selectbox("Цель", [_EVERYTHING, *goals], key=f"{SCREEN}_goal")
    with right:
        only_known = st.toggle("Только с данными", value=True, key=f"{SCREEN}_known")
    shown = [
        code
        for code in codes
        if goal in (_EVERYTHING, card.passport(code).goal)
        and (not only_known or any(_is_known(card, organisation_id, code, year) for year in years))
    ]
    if not shown:
        st.info("По этой цели данных ещё нет. Показатели вносят на вкладке «Ввод и сдача».", icon=":material/info:")
        return
    table = _table(card, organisation_id, shown, years)
    chosen = show_table(
        f"{SCREEN}_board_{turn()}", table, choose=True, lines=2, download=False, height=min(560, 38 + 62 * len(shown))
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        download_workbook(f"{SCREEN}_board_xlsx", table.title, [table.sheet(SCORECARD.notes())])
        show_passport(SCORECARD)
        st.caption(plain("Нажмите на строку, чтобы увидеть график, записи за числом и состав по организациям."))
    if chosen is not None:
        open_indicator(str(chosen["code"]))
        st.rerun()


def _is_known(card: Scorecard, unit: int, code: str, year: int) -> bool:
    cell = card.cells.get((unit, code, year))
    if cell is None:
        return False
    return cell.hidden is not Hidden.NO or (cell.fact is not None and cell.fact.is_known) or cell.plan is not None


def _table(card: Scorecard, unit: int, codes: list[str], years: tuple[int, ...]) -> Table:
    columns = (
        Column("code", "Код", width=64, pinned=True), Column("name", "Показатель", width=330),
        *(Column(str(year), year_name(year), width=118) for year in years),
        Column("move", "Изменение за год", width=128), Column("plan", "План", width=170),
        Column("source", "Откуда", width=170),
    )
    rows = []
    for code in codes:
        passport = card.passport(code)
        last, before = years[-1], years[-2]
        cell, earlier = card.cells.get((unit, code, last)), card.cells.get((unit, code, before))
        change = step(
            earlier.fact if earlier else None, cell.fact if cell else None,
            same_rules=card.same_rules(code, before, last),
        )
        rows.append({
            "code": code, "name": passport.name,
            **{str(year): short_words(passport, card.cells.get((unit, code, year))) for year in years},
            "move": change.sign(passport.direction),
            "plan": plan_words(passport, cell) if cell else "", "source": source_words(cell) if cell else "",
        })
    return Table("Показатели", columns, rows)
