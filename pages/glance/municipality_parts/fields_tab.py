"""The tab «Проблемные поля»: what is low in many schools, beside the associations whose subject it is."""

from __future__ import annotations

import streamlit as st

from core.cycle.systemic_fields import FieldAcross, fields_across
from core.people.academic_year import year_name
from core.words import interval, percent
from pages.glance.municipality_parts.choice import SCREEN, Choice
from pages.glance.municipality_parts.passports import fields_passport
from pages.widgets.downloads import download_workbook
from pages.widgets.empty_state import empty_state
from pages.widgets.links import link_to
from pages.widgets.passport import show_passport
from pages.widgets.session import read
from pages.widgets.tables import Column, Row, Table, show_table
from pages.widgets.texts import plain

_SCREEN_COLUMNS = (
    Column("work", "Работа", width=190), Column("key", "Элемент содержания", width=190), Column("said", "Выполнение"),
    Column("status", "Что это"), Column("schools", "Школ ниже порога"), Column("bodies", "РМО и клубы", width=210),
    Column("school_bodies", "ШМО этих школ", "integer"),
)
_FILE_COLUMNS = (
    Column("work", "Работа"), Column("key", "Элемент содержания"), Column("facility", "Выполнение", "percent"),
    Column("low", "Интервал от", "percent"), Column("high", "Интервал до", "percent"),
    Column("n", "Участников", "integer"), Column("threshold", "Порог", "percent"), Column("status", "Что это"),
    Column("below", "Школ ниже порога", "integer"), Column("of", "Школ всего", "integer"),
    Column("bodies", "РМО и клубы"), Column("school_bodies", "ШМО этих школ", "integer"),
)


def show_fields(choice: Choice, results_year: int | None) -> None:
    """Show the systemic fields of the latest year of the cycle with results."""
    if results_year is None:
        empty_state(
            "Результатов пока нет", "Системные поля видны, когда загружены работы нескольких школ с планами.",
            path="upload", label="Загрузить результаты",
        )
        return
    found: tuple[FieldAcross, ...] = read(fields_across, choice.organisation_id, (results_year,))
    year = year_name(results_year)
    if not found:
        st.success(f"По работам {year} учебного года ни один элемент не ниже порога в нескольких школах сразу.")
        link_to("problem-fields", "Все проблемные поля")
        return
    passport = fields_passport(f"{choice.organisation.name}, {year} учебный год")
    rows = [_row(one) for one in found]
    table = Table(f"Системные проблемные поля, {year}", _SCREEN_COLUMNS, rows)
    chosen = show_table(f"{SCREEN}_fields", table, choose=True, lines=2, download=False)
    with st.container(horizontal=True):
        file = Table(table.title, _FILE_COLUMNS, rows)
        download_workbook(f"{SCREEN}_fields_xlsx", table.title, [file.sheet(passport.notes())])
        show_passport(passport)
    one = next((field for field, row in zip(found, rows, strict=True) if row is chosen), None)
    if one is None:
        st.caption("Щёлкните в начале строки: откроются двери к полю и к тому же элементу по школам.")
    else:
        _show_doors(one)


def _show_doors(one: FieldAcross) -> None:
    work = one.field.work
    st.markdown(f"**{plain(one.field.key)}** · {plain(work.name)}")
    with st.container(horizontal=True):
        link_to("problem-fields", "Открыть поле", {"fields_key": one.field.address})
        query = {"fields_subject": work.subject, "fields_year": str(work.year), "fields_where": "Школы"}
        if work.grade is not None:
            query["fields_grade"] = str(work.grade)
        link_to("problem-fields", "Поля по школам", query)
        link_to("recommendations", "Рекомендации")


def _row(one: FieldAcross) -> Row:
    field = one.field
    return {
        "work": field.work.name, "key": field.key, "facility": field.facility, "low": field.low, "high": field.high,
        "n": field.participants, "threshold": field.threshold, "status": field.status.words,
        "said": f"{percent(field.facility, 0)} ({interval(field.low, field.high, 0)}), n = {field.participants}",
        "schools": f"{len(field.schools_below)} из {field.schools}", "below": len(field.schools_below),
        "of": field.schools, "bodies": ", ".join(one.associations), "school_bodies": one.school_associations,
    }
