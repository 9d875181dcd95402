"""One indicator of a unit: the trend, the organisations below, the records behind, its passport and journal."""

from __future__ import annotations

import math

import streamlit as st

from core.charts.trend import TrendPoint, trend_chart
from core.monitoring.cells import Scorecard, Source
from core.monitoring.passport_tables import IndicatorKind
from core.monitoring.records_behind import RecordsBehind, records_behind
from core.monitoring.scorecard import scorecard
from core.monitoring.side_by_side import change_of
from core.monitoring.values import value_history
from core.monitoring.wording import fact_words, plan_words, source_words
from core.people.academic_year import year_name
from core.people.suppression import Hidden
from core.words import number
from pages.monitor.indicator_parts.address import SCREEN, leave
from pages.monitor.indicator_parts.below import show_below
from pages.monitor.indicator_parts.passport_text import show_text
from pages.monitor.indicator_parts.passports import SCORECARD
from pages.monitor.indicator_parts.similar import show_similar
from pages.monitor.indicator_parts.tree import show_way_up
from pages.widgets.chart_frame import chart_frame
from pages.widgets.history import show_history
from pages.widgets.session import look, read
from pages.widgets.tables import Column, Table, show_table
from pages.widgets.texts import plain


def show_indicator(organisation_id: int, code: str, years: tuple[int, ...]) -> None:
    """Show everything about an indicator of the unit."""
    with st.container(horizontal=True):
        st.button("К табло", key=f"{SCREEN}_back", icon=":material/arrow_back:", on_click=leave)
        show_way_up(organisation_id)
    card: Scorecard = read(scorecard, organisation_id, years, (code,), with_children=True)
    if not card.codes():
        st.info("В эти годы такого показателя нет.", icon=":material/info:")
        return
    passport = card.passport(code)
    st.subheader(plain(f"{code}. {passport.name}"), anchor=False)
    cell = card.cells.get((organisation_id, code, years[-1]))
    if cell is not None:
        said = cell.hidden.words if cell.hidden is not Hidden.NO else fact_words(passport, cell.fact)
        st.markdown(f"**{plain(year_name(years[-1]))}:** {plain(said)} · {plain(plan_words(passport, cell))} · "
                    f":gray[{plain(source_words(cell))}]")
    st.caption(plain(_change(card, organisation_id, code, years)))
    show_similar(organisation_id, passport, years[-1])
    if passport.kind is IndicatorKind.SHARE:
        _show_trend(card, organisation_id, code, years)
    show_below(card, code, years[-1])
    _show_records(organisation_id, code, years[-1], bool(passport.automatic))
    with st.expander("Паспорт показателя", icon=":material/badge:"):
        show_text(passport)
    with st.expander("Журнал значения", icon=":material/history:"):
        if cell is not None and cell.source in (Source.SUM, Source.RECORDS) and len(card.units) > 1:
            st.caption(plain("Число сложено: кто и когда принял каждое слагаемое, видно в таблице организаций; журнал "
                             "слагаемого – на странице организации."))
        show_history(f"{SCREEN}_journal", read(value_history, organisation_id, code, years[-1]))


def _change(card: Scorecard, unit: int, code: str, years: tuple[int, ...]) -> str:
    change = change_of(card, unit, code, years[-2], years[-1])
    passport = card.passport(code)
    words = f"За год: {change.move.value}"
    if not math.isnan(change.difference):
        unit_words = "п. п." if passport.kind is IndicatorKind.SHARE else passport.unit
        words += f", {number(change.difference, 1)} {unit_words}"
    if not math.isnan(change.low):
        words += f" (95 % интервал от {number(change.low, 1)} до {number(change.high, 1)})"
    return f"{words}. {change.sign(passport.direction)}".strip()


def _show_trend(card: Scorecard, unit: int, code: str, years: tuple[int, ...]) -> None:
    points, part, before = [], 0, None
    for year in years:
        cell = card.cells.get((unit, code, year))
        if cell is None or cell.fact is None or not cell.fact.is_known:
            continue
        breaks = before is not None and not card.same_rules(code, before, year)
        part += breaks
        points.append(TrendPoint(
            year, dict(card.units)[unit], cell.fact.value / 100, cell.fact.low / 100, cell.fact.high / 100,
            round(cell.fact.denominator or 0), part, "правила счёта изменились" if breaks else "",
        ))
        before = year
    if len(points) < 2:
        return
    table = Table(f"{code} по годам", (
        Column("year", "Год"), Column("value", "Доля", "percent"), Column("low", "Интервал от", "percent"),
        Column("high", "до", "percent"), Column("n", "Знаменатель", "integer"),
    ), [
        {"year": year_name(one.year), "value": one.value, "low": one.low, "high": one.high, "n": one.n}
        for one in points
    ])
    chart_frame(f"{SCREEN}_trend", f"{code} по годам", trend_chart(points, "Доля"), table, SCORECARD, heading=False)


def _show_records(unit: int, code: str, year: int, is_automatic: bool) -> None:
    if not is_automatic:
        return
    folded = st.expander(
        "Записи за числом (на сегодня)", icon=":material/list:", key=f"{SCREEN}_records", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        behind: RecordsBehind | None = look(records_behind, unit, code, year)
        if behind is None:
            return
        st.caption(plain(
            f"Это {behind.kind.value}: в числителе {number(behind.numerator)}, "
            f"в знаменателе {number(behind.denominator)}. "
            + (f"Поимённо не показано: {behind.withheld}." if behind.withheld else "")
        ))
        if behind.lines:
            show_table(f"{SCREEN}_records_table", Table(f"{code}: записи", (
                Column("organisation", "Организация", width=260), Column("label", "Запись", width=420),
                Column("part", "В числителе", "decimal"), Column("whole", "В знаменателе", "decimal"),
            ), [
                {"organisation": one.organisation, "label": one.label, "part": one.numerator, "whole": one.denominator}
                for one in behind.lines
            ]))
