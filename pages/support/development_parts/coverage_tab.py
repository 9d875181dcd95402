"""The tab «Покрытие»: shared deficits against kinds of help; an empty cell leads to where the help is arranged."""

from __future__ import annotations

import streamlit as st

from core.analysis.status import Status
from core.charts.tone_map import SELECTION, ToneCell, standing_words, tone_map
from core.support.course_catalogue import courses_for
from core.support.coverage import Cover, Coverage, CoverageCell, CoverageRow, coverage
from core.support.given_help import HelpKind
from core.words import day, interval, listing, percent, plural
from pages.support.development_parts.address import SCREEN, go_to_tab
from pages.support.development_parts.passports import COVERAGE
from pages.support.development_parts.viewer import Viewer
from pages.widgets.chart_frame import chart_frame
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.session import read
from pages.widgets.tables import Column, Table
from pages.widgets.texts import plain

_TONES = {Cover.HELPED: Status.REACHED, Cover.PLANNED: Status.UNCERTAIN, Cover.EMPTY: Status.PROBABLY_BELOW}
TABS = {
    HelpKind.COURSE: "Курсы", HelpKind.ROUTE: "Маршруты", HelpKind.SELF_EDUCATION: "Самообразование",
    HelpKind.EVENT: "План мероприятий", HelpKind.VISIT: "Посещения уроков",
}
_LONGEST = 48


def show_coverage(viewer: Viewer) -> None:
    """Show the tab of the chosen organisation."""
    if viewer.unit is None:
        return
    found: Coverage = read(coverage, viewer.unit.id or 0)
    if found.since is None:
        empty_state(
            "Диагностики пока нет", "Покрытие считается по дефицитам педагогов: загрузите анкету или тест.",
            path="deficits", label="Загрузить анкету",
        )
        return
    if not found.rows:
        empty_state(
            "Общих дефицитов не нашлось", "Ни один дефицит не разделяет и трети педагогов предмета или объединения.",
            path="deficits", label="Все дефициты",
        )
        return
    words = plural(found.without_any, "дефицит", "дефицита", "дефицитов")
    st.markdown(
        f"**Совсем без помощи: {words} из {len(found.rows)}.** Пустая клетка – то, что стоит запланировать: щёлкните "
        f"её или выберите дефицит. Считается помощь с {day(found.since)}."
    )
    place = st.container()
    rows = {_name(row): row for row in found.rows}
    cells = [_tone(name, cell) for name, row in rows.items() for cell in row.cells]
    points = chart_frame(
        f"{SCREEN}_coverage", "Покрытие дефицитов помощью", tone_map(cells, "Дефицит", ""), _table(rows), COVERAGE,
        heading=False, choose=SELECTION, wide=True,
    )
    clicked = str(points[0].get("row")) if points else ""
    with place:
        name = st.selectbox(
            "Дефицит", list(rows), index=list(rows).index(clicked) if clicked in rows else 0,
            key=f"{SCREEN}_covered_{clicked}", label_visibility="collapsed",
        )
        if name is not None:
            _show_row(rows[name], str(points[0].get("column")) if points and clicked == name else "")


def _show_row(row: CoverageRow, column: str) -> None:
    worst = row.worst
    st.markdown(
        f"**{plain(row.name)}** · {standing_words(worst.standing)} · {plain(worst.group.name)}: "
        f"{percent(worst.share, 0)} ({interval(worst.low, worst.high, 0)}, n = {worst.asked})"
    )
    if len(row.groups) > 1:
        st.caption(plain(f"Общий для групп: {', '.join(row.groups)}."))
    courses = read(courses_for, row.competence_id)
    st.caption(plain(
        f"В каталоге курсов это развивают: {listing([f'«{one.title}»' for one in courses])}." if courses
        else "В каталоге нет курсов, у которых названа эта компетенция."
    ))
    with st.container(horizontal=True, vertical_alignment="center"):
        for cell in sorted(row.cells, key=lambda one: (one.kind != column, one.cover is not Cover.EMPTY)):
            if cell.kind is HelpKind.MENTORSHIP:
                link_to("mentorship", f"{cell.kind.value}: {cell.words}")
                continue
            st.button(
                f"{cell.kind.value}: {cell.words}", key=f"{SCREEN}_to_{cell.kind.name}_{row.competence_id}",
                type="primary" if cell.kind == column else "secondary", icon=":material/arrow_forward:",
                on_click=go_to_tab, args=(TABS[cell.kind], row.competence_id),
            )


def _name(row: CoverageRow) -> str:
    short = row.name if len(row.name) <= _LONGEST else f"{row.name[:_LONGEST - 1].rstrip()}…"
    return f"{row.worst.standing.sign} {short}"


def _tone(name: str, cell: CoverageCell) -> ToneCell:
    return ToneCell(name, cell.kind.value, cell.words, _TONES[cell.cover], cell.cover.value, cell.cover.value)


def _table(rows: dict[str, CoverageRow]) -> Table:
    columns = (
        Column("name", "Дефицит", width=330), Column("standing", "Какой", width=180), Column("groups", "У кого"),
        Column("share", "Доля", "percent"), Column("low", "Интервал от", "percent"),
        Column("high", "Интервал до", "percent"), Column("n", "Ответили", "integer"),
        *(Column(kind.name, kind.value) for kind in HelpKind),
    )
    return Table("Покрытие дефицитов помощью", columns, [
        {
            "name": row.name, "standing": standing_words(row.worst.standing), "groups": ", ".join(row.groups),
            "share": row.worst.share, "low": row.worst.low, "high": row.worst.high, "n": row.worst.asked,
        }
        | {cell.kind.name: cell.words for cell in row.cells}
        for row in rows.values()
    ])
