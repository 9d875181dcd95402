"""«Группы», «Классы и школы», «Объективность»."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from core.analysis.objectivity import WORDING
from core.analysis.results import ItemsOfWork, UnitSummary, WorkOverview
from core.analysis.signs import UnitSigns
from core.charts.items import GroupPoint, profile_chart
from core.people.organisations import natural_key
from core.people.short_names import short_name
from core.people.suppression import Hidden
from core.words import interval, number, percent
from pages.analyse.one_work.choice import SCREEN
from pages.analyse.one_work.passports import passport
from pages.widgets.chart_frame import chart_frame
from pages.widgets.downloads import download_workbook
from pages.widgets.passport import VPR_LINE, show_passport
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_UNITS = (
    Column("name", "Где", width=215),
    Column("level", "Что это", width=112),
    Column("n", "Участников", "integer", width=92),
    Column("share", "Средний результат", "percent", width=132, help="Средняя доля набранных баллов от возможных."),
    Column("interval", "95 % интервал", width=106),
    Column("passed", "Успеваемость", "percent", width=106),
    Column("quality", "Качество", "percent", width=80),
    Column("mean", "Средняя отметка", "decimal", width=120, digits=2),
    Column("note", "Примечание", width=95),
)
_MOST_NAMED = 4


def show_groups(answer: ItemsOfWork, overview: WorkOverview) -> None:
    """Show the profile of items by groups of marks; groups of fewer than ten are left out, and it is said."""
    groups = answer.groups
    points = [
        GroupPoint(item.code, label, float(groups.facility[0, row, place]), int(groups.participants[0, row, place]))
        for row, label in enumerate(groups.labels)
        for place, item in enumerate(answer.work.items)
        if not math.isnan(groups.facility[0, row, place])
    ]
    small = [
        label
        for row, label in enumerate(groups.labels)
        if groups.participants[0, row].max(initial=0) > 0 and all(point.group != label for point in points)
        and not groups.hidden[0, row].any()
    ]
    hidden = [label for row, label in enumerate(groups.labels) if groups.hidden[0, row].any()]
    left_out = f"Не показаны группы меньше 10 участников: {', '.join(small)}." if small else ""
    if hidden:
        left_out += f" Группы {', '.join(hidden)}: {Hidden.PROTECTING.words}."
    if not points:
        why = "Группы здесь скрыты" if hidden else "Ни в одной группе нет 10 участников"
        st.info(f"{why}, профиль не строится. {left_out}", icon=":material/info:")
        return
    rows: list[dict[str, object]] = [
        {
            "code": item.code, "pattern": groups.pattern(0, place).value,
            **{label: float(groups.facility[0, row, place]) for row, label in enumerate(groups.labels)},
        }
        for place, item in enumerate(answer.work.items)
    ]
    columns = (
        Column("code", "Задание", pinned=True), *(Column(label, label, "percent") for label in groups.labels),
        Column("pattern", "Что это значит", width="large"),
    )
    chart_frame(
        f"{SCREEN}_groups", "Задания по группам участников",
        profile_chart(points, "Отметка" if groups.labels[0] == "«2»" else "Тестовый балл"),
        Table("Группы", columns, rows),
        passport(overview, "выполнение задания в каждой группе; группа показана от 10 участников (ФИОКО, 2026)"),
        note=f"Низко во всех группах — тема усвоена плохо всеми; только в слабых — помощь отстающим. {left_out}",
    )


def show_units(overview: WorkOverview) -> None:
    """Show classes and schools side by side, by name and never by result."""
    if not overview.units:
        st.info("Здесь один класс, сравнивать не с чем.", icon=":material/info:")
        return
    if overview.work.procedure.startswith("ВПР"):
        st.caption(f"Порядок — по названию, без рейтинга: {VPR_LINE[0].lower()}{VPR_LINE[1:]}")
    else:
        st.caption("Порядок — по названию. Разница значима, только если интервалы не перекрываются.")
    ordered = sorted((one for one in overview.units if not one.unit.is_whole_school), key=_by_name)
    table = Table("Классы и школы", _UNITS, [_row(one) for one in ordered])
    shown = [{**row, "note": "скрыто"} if one.hidden else row for one, row in zip(ordered, table.rows, strict=True)]
    about = passport(
        overview, "средняя доля баллов с 95 % интервалом; успеваемость и качество — по отметкам",
        "Состав классов разный: сравнение показывает разницу, но не её причину.",
    )
    if hidden := _hidden_words(ordered):
        st.caption(plain(hidden))
    screen = Table(table.title, _UNITS, shown)
    show_table(f"{SCREEN}_units", screen, height=430, download=False)
    with st.container(horizontal=True):
        download_workbook(f"{SCREEN}_units_xlsx", "Классы и школы", [table.sheet(about.notes())], label="XLSX")
        show_passport(about)


def _hidden_words(units: Sequence[UnitSummary]) -> str:
    """Return which units are not shown and why, "" when all are."""
    said = []
    for why in sorted({one.hidden for one in units if one.hidden}):
        names = [str(_row(one)["name"]) for one in units if one.hidden is why]
        more = f" и ещё {len(names) - _MOST_NAMED}" if len(names) > _MOST_NAMED else ""
        said.append(f"{'; '.join(names[:_MOST_NAMED])}{more} — {why.words}.")
    return " ".join(said)


def _by_name(one: UnitSummary) -> tuple[object, ...]:
    """Sort schools by name, each followed by its classes; what is bigger than a school stands first."""
    unit = one.unit
    bigger = unit.level.value in ("region", "municipality")
    return not bigger, natural_key(unit.school_name or unit.name), bool(unit.school_name), natural_key(unit.name)


def _row(one: UnitSummary) -> Row:
    unit = one.unit
    row: dict[str, object] = {
        "name": f"{unit.name}, {short_name(unit.school_name)}" if unit.school_name else short_name(unit.name),
        "level": unit.level.words,
    }
    if one.participants is None or one.share is None:
        return row | {"note": one.hidden.words}
    row |= {
        "n": one.participants, "share": one.share.value, "interval": interval(one.share.low, one.share.high, 0),
        "note": "мало" if one.participants < 10 else "",
    }
    if one.marks is not None and one.marks.n:
        row |= {
            "passed": one.marks.passed.value, "quality": one.marks.quality.value,
            "mean": round(one.marks.mean.value, 2),
        }
    return row


def show_signs(overview: WorkOverview, signs: Sequence[UnitSigns]) -> None:
    """Show the signs of doubtful objectivity, each with its reservation, or say that there are none."""
    st.subheader("Признаки необъективности", anchor=False)
    st.caption(
        f"Каждый — {WORDING}: он показывает, где посмотреть работы и протоколы, и ничего не доказывает. Ищутся: "
        "скопление на границе отметки, завышенный средний балл, расхождение с журналом, резкая перемена между годами."
    )
    if not signs:
        st.success(
            "Признаков не найдено. Скопление на границах ищется от 50 участников, перемена между годами — от 8 школ.",
            icon=":material/check_circle:",
        )
    for one in signs:
        st.markdown(f"**{plain(one.name or 'Все участники работы')}**")
        for marker in one.markers:
            st.markdown(f"- :material/flag: {plain(marker.words)}")
    quartiles = overview.distribution.quartile_ratio
    if not math.isnan(quartiles):
        st.caption(
            f"Однородность результатов (P25 / P75): {percent(quartiles / 100, 0)}; "
            f"чем ближе к 100 %, тем ровнее. Участников: {number(overview.participants)}."
        )
    show_passport(passport(overview, "методика ФИОКО по оценке объективности, три алгоритма и скопление на границах",
                           "Признак не доказывает нарушения и не служит основанием для наказания."))
