"""Teachers of a school: the grid, the list from a workbook or the clipboard, and the card of one person."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.people.list_files import teacher_template
from core.people.people_grids import save_employments, save_teachers
from core.people.scope import Action, Scope
from core.people.teacher_list import TeacherListPreview, preview_teachers, store_teachers
from core.people.teacher_tables import Category
from core.people.teachers import TeacherCard, list_teachers
from core.words import plural
from pages.manage.administration.list_upload import ListKind, show_list_upload
from pages.manage.administration.teacher_card import show_teacher
from pages.widgets.acting import drawer
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.organisations import choose_organisation, organisations_for
from pages.widgets.session import look, read, write

_COLUMNS = (
    GridColumn("full_name", "Фамилия, имя, отчество", required=True, width="large"),
    GridColumn("subjects", "Предметы", help="Через запятую"),
    GridColumn("experience_years", "Стаж, лет", "integer", width="small"),
    GridColumn("category", "Категория", "choice", options=tuple(category.value for category in Category), width=240),
    GridColumn("category_until", "Категория до", "date"),
)
_JOBS = (
    GridColumn("name", "Педагог", editable=False, width="large"),
    GridColumn("position", "Должность"),
    GridColumn("hired_on", "Принят", "date"),
    GridColumn("left_on", "Уволен", "date"),
)


def show_teachers(scope: Scope) -> None:
    """Edit the teachers of a chosen organisation."""
    unit = choose_organisation("teachers_place", "Организация", organisations_for(scope, Action.MANAGE_TEACHERS))
    if unit is None or unit.id is None:
        return
    place = unit.id
    grid = Grid(f"teacher:{place}", _COLUMNS, may_add=True, label="full_name")
    grid_editor(grid, partial(_teacher_rows, place), lambda changes: write(save_teachers, place, changes))
    with st.container(horizontal=True):
        with drawer(f"teachers_{place}_list", "Загрузить список", ":material/upload_file:"):
            show_list_upload(
                ListKind(
                    key=f"teachers_{place}",
                    template_title="Список педагогов",
                    template=teacher_template,
                    preview=lambda rows: look(preview_teachers, rows, place),
                    say=_say,
                    store=lambda preview: write(store_teachers, preview),
                    done=lambda stored: f"Новых педагогов: {stored[0]}, изменено: {stored[1]}.",
                )
            )
        with drawer("teachers_jobs", "Должности и даты работы", ":material/work:"):
            jobs = Grid(f"employment:{place}", _JOBS, label="name")
            grid_editor(jobs, partial(_job_rows, place), lambda changes: write(save_employments, place, changes))
    show_teacher(scope, place, read(list_teachers, place))


def _teacher_rows(place: int) -> list[GridRow]:
    return [
        GridRow(
            card.id,
            card.version,
            {
                "full_name": card.name,
                "subjects": ", ".join(card.subjects),
                "experience_years": card.experience,
                "category": card.category.value,
                "category_until": card.category_until,
            },
        )
        for card in read(list_teachers, place)
    ]


def _job_rows(place: int) -> list[GridRow]:
    cards: list[TeacherCard] = read(list_teachers, place)
    return [
        GridRow(
            card.employment_id,
            card.employment_version,
            {"name": card.name, "position": card.position, "hired_on": card.hired_on, "left_on": None},
        )
        for card in cards
    ]


def _say(preview: TeacherListPreview) -> str:
    new = plural(len(preview.new), "новый педагог", "новых педагога", "новых педагогов")
    return f"{new}, изменится: {len(preview.changed)}, без изменений: {preview.unchanged}."
