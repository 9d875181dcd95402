"""«Табло» of what stands below a unit: organisations × years of an indicator, organisations × indicators of a year."""

from __future__ import annotations

from typing import Final

import streamlit as st

from core.monitoring.cells import Scorecard
from core.monitoring.scorecard import scorecard
from core.monitoring.side_by_side import cell_words, change_of, figures_sheet, is_judged, move_words, told_codes
from core.people.academic_year import year_name
from core.workbooks.writing import write_workbook
from pages.monitor.indicator_parts.address import SCREEN, open_indicator, turn
from pages.monitor.indicator_parts.passports import SCORECARD
from pages.monitor.indicator_parts.tree import follow
from pages.widgets.downloads import download
from pages.widgets.passport import VPR_LINE, show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Table, row_height, show_table
from pages.widgets.texts import plain

BY_INDICATOR: Final = "Организации по годам"
BY_YEAR: Final = "Организации за год"
_WIDTH: Final = 210
_TALLEST: Final = 560


def show_by_indicator(organisation_id: int, known_years: tuple[int, ...], years: tuple[int, ...]) -> None:
    """Show one indicator: a row an organisation, a column a year.

    Offered are the indicators known in `known_years`, whose figures the board has read already.
    """
    whole: Scorecard = read(scorecard, organisation_id, known_years)
    codes = told_codes(whole, [organisation_id], known_years)
    if not codes:
        _nothing()
        return
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        code = st.selectbox(
            "Показатель", codes, format_func=lambda one: f"{one}. {whole.passport(one).name}",
            key=f"{SCREEN}_matrix_code", bind="query-params",
        )
    with right:
        st.button(
            "График и записи", key=f"{SCREEN}_matrix_open", icon=":material/show_chart:", on_click=open_indicator,
            args=(code,), width="stretch",
        )
    card: Scorecard = read(scorecard, organisation_id, years, (code,), with_children=True)
    passport, judged = card.passport(code), is_judged(card.passport(code))
    last, before = years[-1], years[-2]
    rows = [
        {
            "id": unit, "name": name,
            **{str(year): cell_words(passport, card.cells.get((unit, code, year)), judged=judged) for year in years},
            "move": move_words(change_of(card, unit, code, before, last), passport.direction, judged=judged),
        }
        for unit, name in card.units
    ]
    columns = (
        Column("name", "Организация", width=_WIDTH, pinned=True),
        *(Column(str(year), year_name(year), width=_WIDTH) for year in years),
        Column("move", "Изменение за год", width=130),
    )
    _show(card, organisation_id, Table(f"{code}. {passport.name}", columns, rows), (code,), years)


def show_by_year(organisation_id: int, years: tuple[int, ...]) -> None:
    """Show the indicators of a goal in the last of these years: a row an organisation, a column an indicator."""
    year = years[-1]
    whole: Scorecard = read(scorecard, organisation_id, years)
    known = told_codes(whole, [organisation_id], (year,))
    goals = list(dict.fromkeys(whole.passport(code).goal for code in known))
    if not goals:
        _nothing()
        return
    goal = st.selectbox("Группа показателей", goals, key=f"{SCREEN}_matrix_goal", bind="query-params")
    codes = tuple(code for code in known if whole.passport(code).goal == goal)
    card: Scorecard = read(scorecard, organisation_id, years[-2:], codes, with_children=True)
    rows = [
        {
            "id": unit, "name": name,
            **{
                code: cell_words(
                    card.passport(code), card.cells.get((unit, code, year)), judged=is_judged(card.passport(code))
                )
                for code in codes
            },
        }
        for unit, name in card.units
    ]
    columns = (
        Column("name", "Организация", width=_WIDTH, pinned=True),
        *(
            Column(code, f"{code}. {card.passport(code).name}", width=_WIDTH, help=card.passport(code).formula)
            for code in codes
        ),
    )
    _show(card, organisation_id, Table(f"{goal}, {year_name(year)}", columns, rows), codes, (year,))


def _show(
    card: Scorecard, organisation_id: int, table: Table, codes: tuple[str, ...], years: tuple[int, ...]
) -> None:
    """Show the matrix, its workbook and passport; a clicked organisation is gone to."""
    judged = all(is_judged(card.passport(code)) for code in codes)
    if not judged:
        st.caption(plain(f"Организации – по названию, без рейтинга. {VPR_LINE}"))
    lines = 3 if any("\n" in str(text) for row in table.rows for text in row.values()) else 2
    chosen = show_table(
        f"{SCREEN}_matrix_{turn()}", table, choose=True, lines=lines, download=False, sortable=judged,
        height=min(_TALLEST, 40 + (row_height(lines) or 0) * len(table.rows)),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        units = [unit for unit, _name in card.units]
        download(
            f"{SCREEN}_matrix_xlsx", "Скачать XLSX", table.title, "xlsx", lambda: write_workbook(
                [table.sheet(SCORECARD.notes()), figures_sheet(card, units, codes, years)]
            ),
        )
        show_passport(SCORECARD)
        st.caption(plain("Нажмите на строку, чтобы перейти к организации; стрелка есть, только если изменение больше "
                         "случайного."))
    if chosen is not None:
        follow(chosen["id"], organisation_id)


def _nothing() -> None:
    st.info("Данных за эти годы ещё нет. Показатели вносят на вкладке «Ввод и сдача».", icon=":material/info:")
