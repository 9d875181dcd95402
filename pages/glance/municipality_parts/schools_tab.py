"""The tab «Школы и этапы»: the rooms of everybody's cycle as a map, results that came, the door to one school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from core.analysis.status import Status
from core.charts.cycle_ring import STAGE_TONES, stage_badge
from core.charts.tone_map import SELECTION, ToneCell, tone_map
from core.cycle.municipality import MunicipalityView, UnitCycle
from core.cycle.rooms import CycleRoom, RoomView
from core.people.academic_year import year_name
from core.words import plural
from pages.glance.municipality_parts.choice import SCREEN, Choice
from pages.glance.municipality_parts.passports import stages_passport
from pages.widgets.chart_frame import chart_frame
from pages.widgets.links import link_to
from pages.widgets.tables import Column, Row, Table
from pages.widgets.texts import plain

_RESULTS = "Результаты"
_ALL_CAME, _SOME_MISSING, _NOTHING_CAME = "● пришли все", "◐ пришли не все", "○ не пришли"
_MISSING_SHOWN = 3
_COLUMNS = {
    CycleRoom.DATA: "Сбор\nданных", CycleRoom.ANALYSIS: "Анализ", CycleRoom.PRACTICE: "Опыт",
    CycleRoom.PLANS: "Рекомендации\nи карты", CycleRoom.HELP: "Помощь\nпедагогам",
    CycleRoom.MONITORING: "Мониторинг",
}


def show_schools(choice: Choice, view: MunicipalityView) -> None:
    """Show the map with its table and, for one organisation, what is missing."""
    _say_numbers(view)
    units = _named((view.whole, *view.schools))
    place = st.container()
    cells = [cell for name, one in units.items() for cell in _cells(name, one, view)]
    points = chart_frame(
        f"{SCREEN}_stages", f"Школы и этапы цикла: {choice.words}", tone_map(cells, "Организация", "Этап"),
        _table(choice, view, units), stages_passport(choice.words), heading=False, choose=SELECTION, wide=True,
    )
    clicked = str(points[0].get("row")) if points else ""
    with place:
        name = st.selectbox(
            "Организация", list(units), index=list(units).index(clicked) if clicked in units else None,
            key=f"{SCREEN}_chosen_{clicked}", placeholder="Выберите школу или щёлкните её клетку",
            label_visibility="collapsed",
        )
        if name is not None:
            show_unit(units[name], choice, str(points[0].get("column")) if points and clicked == name else "")


def _say_numbers(view: MunicipalityView) -> None:
    opened = sum(one.state is not None for one in view.schools)
    parts = [
        plural(len(view.schools), "школа", "школы", "школ"),
        f"цикл года открыт у {plural(opened, 'школы', 'школ', 'школ')}" if opened else "цикл года никто не открыл",
    ]
    if view.results_year is not None:
        parts.append(
            f"результаты {year_name(view.results_year)}: пришло {view.came} из "
            f"{plural(view.expected, 'набора', 'наборов', 'наборов')}"
        )
    st.markdown(f"**{plain(', '.join(parts))}.**")


def show_unit(one: UnitCycle, choice: Choice, clicked: str = "") -> None:
    """Show how far an organisation is, stage by stage, more of the stage that was clicked, and the way to its cycle."""
    with st.container(border=True):
        st.markdown(f"**{plain(one.name)}** · модель «{plain(one.model.file.short)}» · цикл {one.state_words}")
        for room in one.rooms:
            if not room.stages:
                continue
            missing = " ".join(room.missing if _COLUMNS[room.room] == clicked else room.missing[:_MISSING_SHOWN])
            st.markdown(
                f":{stage_badge(room.state)}-badge[{room.words}] **{room.room.value}** {room.numbers} "
                f":small[{plain(missing)}]"
            )
        if one.results.missing:
            works = "; ".join(work.name for work in one.results.missing[:_MISSING_SHOWN])
            st.markdown(f":small[Нет результатов: {plain(works)}.]")
        query = {"cycle_unit": str(one.organisation_id), "cycle_year": year_name(choice.year)}
        link_to("cycle", "К циклу организации", query)


def _named(units: Sequence[UnitCycle]) -> dict[str, UnitCycle]:
    """Return the organisations by names that tell them apart: rows of one name would be drawn upon each other."""
    count = Counter(one.name for one in units)
    return {one.name if count[one.name] == 1 else f"{one.name} ({one.organisation_id})": one for one in units}


def _cells(name: str, one: UnitCycle, view: MunicipalityView) -> list[ToneCell]:
    found = [_cell(name, room) for room in one.rooms]
    if one is view.whole or view.results_year is None:
        came, expected = (view.came, view.expected) if one is view.whole else (0, 0)
    else:
        came, expected = one.results.came, one.results.expected
    words, tone = _came_words(came, expected)
    text = f"{words[0]} {came} из {expected}" if expected else words[0]
    return [*found, ToneCell(name, _RESULTS, text, tone, words, f"{came} из {expected}")]


def _came_words(came: int, expected: int) -> tuple[str, Status]:
    if not came:
        return _NOTHING_CAME, Status.UNCERTAIN
    return (_ALL_CAME, Status.REACHED) if came == expected else (_SOME_MISSING, Status.PROBABLY_BELOW)


def _cell(name: str, room: RoomView) -> ToneCell:
    tone = STAGE_TONES[room.state] if room.stages else Status.UNKNOWN
    late = ", срок прошёл" if room.is_overdue else ""
    text = f"{room.state.sign} {room.numbers}" if room.known else room.words[0]
    return ToneCell(name, _COLUMNS[room.room], text, tone, room.words, f"{room.numbers}{late}")


def _table(choice: Choice, view: MunicipalityView, units: dict[str, UnitCycle]) -> Table:
    columns = (
        Column("name", "Организация", pinned=True), Column("model", "Модель"), Column("cycle", "Цикл"),
        *(Column(room.name, room.value) for room in CycleRoom),
        Column("came", "Пришло результатов", "integer"), Column("expected", "Ожидалось", "integer"),
    )
    rows: list[Row] = [
        {
            "name": one.name, "model": one.model.file.short, "cycle": one.state_words,
            "came": view.came if one is view.whole else one.results.came,
            "expected": view.expected if one is view.whole else one.results.expected,
        }
        | {room.room.name: f"{room.words} {room.numbers}".strip() for room in one.rooms}
        for one in units.values()
    ]
    return Table(f"Школы и этапы: {choice.words}", columns, rows)
