"""The map of one work: elements against classes or schools, the worst rows first."""

from __future__ import annotations

import streamlit as st

from core.analysis.measuring import hardest_first
from core.analysis.problem_fields import WorkHeader, kinds_for
from core.analysis.results import MeasuredWork, measured_work
from core.analysis.status import Status
from core.analysis.work import Unit, UnitLevel
from core.charts.heat_map import SELECTION, HeatCell, heat_map
from core.people.short_names import in_lines, short_name
from core.people.suppression import Hidden
from pages.analyse.fields.address import SCREEN
from pages.analyse.fields.choice import Choice, Where
from pages.analyse.fields.passports import list_passport
from pages.widgets.chart_frame import chart_frame
from pages.widgets.session import read
from pages.widgets.tables import Column, Table
from pages.widgets.work_names import work_labels_of

_SIGNS_OF_LABELS = 120
"""About so many signs of names fit above the map side by side."""
_LONGEST_LINE = 15
_NOTE = "\nnote"
"""No name of a column begins with a new line."""


def show_map(choice: Choice, turn: int) -> tuple[int, str, str] | None:
    """Show the map of one of the works; return (work, unit key, name of the key) of a clicked cell."""
    labels = work_labels_of(choice.works)
    worst = choice.listed[0].work.assessment_id if choice.listed else choice.works[0].assessment_id
    names = {labels[work.assessment_id]: work for work in choice.works}
    title = f"Карта: {choice.kind.words} по подразделениям"
    with st.container(horizontal=True, vertical_alignment="center"):
        name = st.selectbox(
            "Карта работы", list(names), index=list(names).index(labels[worst]), key=f"{SCREEN}_map_of_{worst}",
            label_visibility="collapsed", format_func=lambda one: f"Карта: {one}", width=430,
        )
        st.caption("Выполнение, %. Трудное — сверху, школы и классы — по алфавиту. Нажмите ячейку или строку списка.")
    return _draw(choice, names[name], f"{title}: {name}", turn)


def _draw(choice: Choice, work: WorkHeader, title: str, turn: int) -> tuple[int, str, str] | None:
    answer = read(measured_work, work.assessment_id, (choice.kind,), (UnitLevel.CLASS, UnitLevel.SCHOOL))
    kinds = kinds_for(answer.work, (choice.kind,))
    if kinds != (choice.kind,):
        answer = read(measured_work, work.assessment_id, kinds, (UnitLevel.CLASS, UnitLevel.SCHOOL))
    units = _columns(choice, answer)
    keys = hardest_first(answer.measures)
    if not units or not keys:
        st.info("В плане этой работы нет того, по чему строится карта.", icon=":material/grid_off:")
        return None
    names = {row: _column_name(answer.measures.units[row], units, answer) for row in units}
    cells = [_cell(answer, row, key, names[row]) for key in keys for row in units]
    points = chart_frame(
        f"{SCREEN}_map_{work.assessment_id}_{turn}", title,
        heat_map(cells, choice.kind.words.capitalize(), ""),
        _table(title, cells), list_passport(choice), choose=SELECTION,
        heading=False, note=_hidden_words(cells),
    )
    if not points:
        return None
    column = {name: answer.measures.units[row].key for row, name in names.items()}.get(str(points[0].get("column")))
    return None if column is None else (work.assessment_id, column, str(points[0].get("row")))


def _columns(choice: Choice, answer: MeasuredWork) -> list[int]:
    """Return the rows of `measures` that become columns: schools, or classes where they are asked for."""
    by_class = [
        row
        for row, unit in enumerate(answer.measures.units)
        if unit.level is UnitLevel.CLASS and (not choice.schools or unit.organisation_id in choice.schools)
    ]
    by_school = [
        row
        for row, unit in enumerate(answer.measures.units)
        if unit.level is UnitLevel.SCHOOL and (not choice.schools or unit.organisation_id in choice.schools)
    ]
    return by_class if choice.where is Where.CLASSES or len(by_school) < 2 else by_school


def _column_name(unit: Unit, units: list[int], answer: MeasuredWork) -> str:
    width = min(_LONGEST_LINE, _SIGNS_OF_LABELS // len(units))
    if unit.level is not UnitLevel.CLASS:
        return in_lines(short_name(unit.name), width)
    several = len({answer.measures.units[row].organisation_id for row in units}) > 1
    return f"{unit.name}\n{in_lines(short_name(unit.school_name), width)}" if several else unit.name


def _cell(answer: MeasuredWork, row: int, key: int, column: str) -> HeatCell:
    measures = answer.measures
    name = measures.sums.grouping.keys[key].name
    n = int(measures.estimates.participants[row, key])
    if n == 0:
        why = Hidden(int(measures.why[row, key]))
        return HeatCell(name, column, None, hidden="скрыто" if why else "–", why=why.words)
    return HeatCell(
        name, column, float(measures.estimates.facility[row, key]), float(measures.estimates.low[row, key]),
        float(measures.estimates.high[row, key]), n, Status(int(measures.status[row, key])),
        bool(measures.possible[row, key]),
    )


def _hidden_words(cells: list[HeatCell]) -> str:
    """Return whose cells are hidden and why, "" when all are shown."""
    found: dict[str, dict[str, None]] = {}
    for cell in cells:
        if cell.why:
            found.setdefault(cell.why, {})[cell.column.replace("\n", " ")] = None
    return " ".join(f"{', '.join(columns)} — {why}." for why, columns in found.items())


def _table(title: str, cells: list[HeatCell]) -> Table:
    """Return the map as a table; where cells are hidden, a last column says which and why."""
    names = list(dict.fromkeys(cell.column for cell in cells))
    columns = [
        Column("row", "Поле", pinned=True), *(Column(name, name.replace("\n", " "), "percent") for name in names),
    ]
    rows: dict[str, dict[str, object]] = {}
    hidden: dict[str, dict[str, list[str]]] = {}
    for cell in cells:
        rows.setdefault(cell.row, {"row": cell.row})[cell.column] = cell.facility
        if cell.why:
            hidden.setdefault(cell.row, {}).setdefault(cell.why, []).append(cell.column.replace("\n", " "))
    if hidden:
        columns.append(Column(_NOTE, "Примечание", width="large"))
        for row, said in hidden.items():
            rows[row][_NOTE] = "; ".join(f"{', '.join(places)} — {why}" for why, places in said.items())
    return Table(title, tuple(columns), list(rows.values()))
