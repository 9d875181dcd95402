"""What speaks for a field: its items, its groups of marks, other units, reports, earlier years."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from core.analysis.compare import Comparability, Comparison
from core.analysis.field_detail import FieldDetail, GroupOfField
from core.analysis.fields import WeakSpot
from core.analysis.problem_fields import FoundField
from core.charts.facility import ComparisonRow, FacilityRow, comparison_chart, facility_chart
from core.charts.palette import status_words
from core.words import interval, number, percent
from pages.analyse.fields.address import SCREEN
from pages.analyse.fields.passports import field_passport
from pages.analyse.fields.wording import unit_words
from pages.widgets.chart_frame import chart_frame
from pages.widgets.tables import Column, Table, show_table

_HEADER, _LINE = 38, 61
_ITEMS = (
    Column("code", "Задание"),
    Column("asks", "Что проверяется", width="large"),
    Column("max", "Макс. балл", "integer"),
    Column("n", "Участников", "integer"),
    Column("facility", "Выполнение", "percent"),
    Column("low", "Интервал от", "percent"),
    Column("high", "до", "percent"),
    Column("threshold", "Порог", "percent"),
    Column("status", "Статус"),
    Column("full", "Полностью", "percent"),
    Column("zero", "0 баллов", "percent"),
    Column("skipped", "Не приступали", "percent"),
)
_GROUPS = (
    Column("label", "Группа", width=90),
    Column("n", "Участников", "integer", width=90),
    Column("facility", "Выполнение (интервал)", width=160),
    Column("says", "Порог", width=70),
)
_COMPARED = (
    Column("name", "С кем", width=230),
    Column("facility", "У них", "percent", width=70),
    Column("n", "Участников", "integer", width=90),
    Column("difference", "Разность, п. п.", width=110),
    Column("interval", "Её 95 % интервал", width=140),
    Column("says", "Что это значит", width=150),
    Column("verdict", "Сопоставимость", width=210),
)


def show_items(one: FoundField, detail: FieldDetail) -> None:
    """Show the contributing items with intervals."""
    rows = [
        FacilityRow(
            f"{item.traits.code} ({item.traits.max_score} б.)", item.facility, item.low, item.high, item.participants,
            item.status, item.threshold, item.traits.skill or "; ".join(item.traits.elements),
        )
        for item in detail.items
        if not math.isnan(item.facility)
    ]
    table = Table(
        f"Задания поля {one.field.key}",
        _ITEMS,
        [
            {
                "code": item.traits.code, "asks": item.traits.skill or "; ".join(item.traits.elements),
                "max": item.traits.max_score, "status": item.hidden.words,
            }
            if item.hidden
            else {
                "code": item.traits.code, "asks": item.traits.skill or "; ".join(item.traits.elements),
                "max": item.traits.max_score, "n": item.participants, "facility": item.facility, "low": item.low,
                "high": item.high, "threshold": item.threshold, "status": status_words(item.status), "full": item.full,
                "zero": item.zero, "skipped": item.skipped,
            }
            for item in detail.items
        ],
    )
    chart_frame(f"{SCREEN}_items", "Задания, из которых складывается поле", facility_chart(rows, "Задание"), table,
                field_passport(one))


def show_groups(one: FoundField, detail: FieldDetail) -> None:
    """Show the groups of marks and what their pattern says."""
    st.subheader("Группы участников", anchor=False)
    st.write(f"{detail.pattern.value[0].upper()}{detail.pattern.value[1:]}.")
    rows = [
        {
            "label": group.label, "n": group.participants,
            "facility": _group_words(group),
            "says": "" if math.isnan(group.facility) else "ниже" if group.is_below else "не ниже",
        }
        for group in detail.groups
    ]
    show_table(f"{SCREEN}_groups", Table(f"Группы: {one.field.key}", _GROUPS, rows), download=False)


def show_weak_spot(one: FoundField) -> None:
    """Say what «слабое место» means here, in numbers of this field."""
    field = one.field
    if field.weak_spot is WeakSpot.NONE:
        if not math.isnan(field.expected):
            st.caption(
                f"Слабым местом не названо: ученики других подразделений с такой же суммой за остальные задания "
                f"выполнили бы это на {percent(field.expected)} — разница в пределах случайной."
            )
        return
    certain = (
        "Разница больше случайной и с поправкой на число сравнений."
        if field.weak_spot is WeakSpot.CONFIRMED
        else "Разница могла появиться и случайно: сравнений много, поэтому место названо возможным."
    )
    st.info(
        f"**{field.weak_spot.value.capitalize()}.** Здесь выполнено {percent(field.facility)}, а ученики других "
        f"подразделений, набравшие за остальные задания столько же, выполнили бы {percent(field.expected)}. "
        f"Отстаёт именно это поле, а не класс в целом. {certain}",
        icon=":material/arrow_left:",
    )


def show_comparison(one: FoundField, compared: Sequence[Comparison]) -> None:
    """Show the unit beside its parents, reports and other years; a difference always with its interval."""
    st.subheader("Сравнение", anchor=False)
    if not compared:
        st.caption("Сравнить не с кем: других классов, сводных отчётов и прежних лет с этим полем нет.")
        return
    table = compared_table(f"Сравнение {one.field.key}", compared)
    show_table(f"{SCREEN}_differences", table, lines=2, height=_HEADER + _LINE * len(compared), download=False)
    field = one.field
    rows = [
        ComparisonRow(unit_words(one), field.facility, field.low, field.high, field.participants, is_own=True),
        *(ComparisonRow(row.name, row.facility, n=row.participants, remark=row.verdict.value) for row in compared
          if row.verdict is not Comparability.NONE),
    ]
    chart_frame(
        f"{SCREEN}_compared", f"Сравнение {one.field.key}", comparison_chart(rows), table, field_passport(one),
        heading=False,
    )


def compared_table(title: str, rows: Sequence[Comparison]) -> Table:
    """Return comparisons as a table: our facility minus theirs, the interval of the difference, comparability."""
    return Table(
        title,
        _COMPARED,
        [
            {
                "name": row.name, "facility": row.facility, "n": row.participants,
                "difference": "" if row.hidden else _points(row.difference),
                "interval": "" if row.hidden else f"от {_points(row.low)} до {_points(row.high)}",
                "says": _says(row),
                "verdict": _verdict(row),
            }
            for row in rows
        ],
    )


def _verdict(row: Comparison) -> str:
    if row.hidden:
        return ""
    return row.verdict.value + (f": {row.reservation}" if row.reservation else "")


def _points(share: float) -> str:
    sign = "+" if share > 0 else ""
    return f"{sign}{number(100 * share, 1)}"


def _says(row: Comparison) -> str:
    if row.hidden:
        return row.hidden.words
    if not row.is_certain:
        return "различие в пределах погрешности"
    return "здесь выше" if row.difference > 0 else "здесь ниже"


def _group_words(group: GroupOfField) -> str:
    if group.hidden:
        return group.hidden.words
    if math.isnan(group.facility):
        return "меньше 10 участников"
    return f"{percent(group.facility)} ({interval(group.low, group.high, 0)})"
