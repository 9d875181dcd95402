"""The ranked list of problem fields, and the workbook of it."""

from __future__ import annotations

import hashlib

import streamlit as st

from core.analysis.problem_fields import FoundField
from core.analysis.tables import ReviewState
from core.words import percent
from core.workbooks.writing import TableSheet
from pages.analyse.fields.address import SCREEN
from pages.analyse.fields.choice import Choice
from pages.analyse.fields.handing_over import show_handing_over
from pages.analyse.fields.passports import list_passport
from pages.analyse.fields.wording import (
    finding_sign,
    finding_words,
    key_words,
    reach_short,
    reach_words,
    short_share,
    unit_words,
    work_words,
)
from pages.widgets.downloads import download_workbook
from pages.widgets.passport import show_passport
from pages.widgets.session import data_version
from pages.widgets.tables import Column, Row, Table, show_table

_HEIGHT = 290
_NARROW, _WIDE = 152, 268
_WORK = Column("work", "Работа", width=116)
_DECIDED = {ReviewState.CONFIRMED: "✓ да", ReviewState.REJECTED: "✗ нет"}


def _columns(choice: Choice) -> tuple[Column, ...]:
    """Return the columns that fit a laptop's screen side by side; several works are told apart by one of their own."""
    many = len(choice.works) > 1
    return (
        Column("finding", "Что найдено", width=122, help="▼▼ достоверно ниже порога, ▼ вероятно, ◄ слабое место."),
        Column("key", "Поле", width=_NARROW if many else _WIDE),
        *((_WORK,) if many else ()),
        Column("unit", "Где", width=126),
        Column("facility", "Выполнение", width=132, help="В скобках — 95 % интервал, n — число участников."),
        Column("threshold", "Порог", width=56),
        Column("reach", "Охват", width=96, help="Сколько классов подразделения не справились."),
        Column("repeats", "Повтор", width=60, help="Годы, в которые это поле уже было у того же подразделения."),
        Column("severity", "Острота", width=104, help="Из чего складывается — в открытом поле и в справке."),
        Column("decision", "Решение", width=64, help="✓ подтверждено, ✗ отклонено, иначе ждёт решения."),
    )


_FILE_COLUMNS = (
    Column("work", "Работа"),
    Column("kind", "Вид поля"),
    Column("key", "Поле"),
    Column("unit", "Где"),
    Column("finding", "Что найдено"),
    Column("facility", "Выполнение", "percent"),
    Column("low", "Интервал от", "percent"),
    Column("high", "Интервал до", "percent"),
    Column("n", "Участников", "integer"),
    Column("threshold", "Порог", "percent"),
    Column("reach", "Охват"),
    Column("repeats", "Повторяется с"),
    Column("severity", "Острота"),
    Column("points", "Острота, 0–100", "decimal"),
    Column("items", "Задания"),
    Column("pattern", "Группы по отметкам"),
    Column("cautions", "Оговорки"),
    Column("decision", "Решение"),
    Column("cause", "Причина"),
    Column("remark", "Примечание"),
)


def show_list(choice: Choice, turn: int) -> FoundField | None:
    """Show the list and return the field of the row that was clicked; `turn` makes a fresh table without a choice."""
    rows = [_screen_row(one, choice) for one in choice.listed]
    table = Table("Проблемные поля", _columns(choice), rows)
    key = f"{SCREEN}_list_{_digest(choice)}_{turn}"
    chosen = show_table(key, table, choose=True, height=_HEIGHT, lines=2, download=False)
    if chosen is None:
        return None
    return next((one for one, row in zip(choice.listed, rows, strict=True) if row is chosen), None)


def show_takeaways(choice: Choice) -> None:
    """Show the buttons with the workbook of the list and its passport."""
    with st.container(horizontal=True):
        show_handing_over(choice)
        download_workbook(f"{SCREEN}_xlsx", "Проблемные поля", [fields_sheet(choice)], label="Список полей в XLSX")
        show_passport(list_passport(choice))


def fields_sheet(choice: Choice) -> TableSheet:
    """Return the listed fields as a sheet with real numbers, with its passport."""
    rows = [_file_row(one) for one in choice.listed]
    return Table("Проблемные поля", _FILE_COLUMNS, rows).sheet(list_passport(choice).notes())


def _screen_row(one: FoundField, choice: Choice) -> Row:
    field = one.field
    return {
        "finding": finding_sign(one),
        "key": key_words(one),
        "work": work_words(one.work, choice.works),
        "unit": unit_words(one),
        "facility": short_share(one),
        "threshold": percent(field.threshold, 0),
        "reach": reach_short(one),
        "repeats": ", ".join(str(year) for year in reversed(field.repeats)),
        "severity": field.severity.word.value,
        "decision": _DECIDED[one.review.state] if one.review else "ждёт",
    }


def _file_row(one: FoundField) -> Row:
    field, review = one.field, one.review
    return {
        "work": one.work.name,
        "kind": field.kind.words,
        "key": field.key,
        "unit": field.unit.full_name,
        "finding": finding_words(one),
        "facility": field.facility,
        "low": field.low,
        "high": field.high,
        "n": field.participants,
        "threshold": field.threshold,
        "reach": reach_words(one),
        "repeats": ", ".join(str(year) for year in field.repeats),
        "severity": field.severity.word.value,
        "points": field.severity.total,
        "items": ", ".join(field.items),
        "pattern": field.pattern.value,
        "cautions": "; ".join(field.cautions),
        "decision": review.state.value if review else "",
        "cause": review.cause if review else "",
        "remark": review.remark if review else "",
    }


def _digest(choice: Choice) -> str:
    """Return a name for this very list: a chosen row must not turn into another field when the filters change."""
    told = "|".join(f"{one.work.assessment_id}{one.field.field_key}" for one in choice.listed)
    return hashlib.sha256(f"{data_version()}{told}".encode()).hexdigest()[:12]
