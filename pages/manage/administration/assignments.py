"""Who teaches which class which subject: the grid of a school and year, the list, the step into the next year."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from core.people.academic_year import year_name, year_on
from core.people.assignments import AssignmentRow, copy_assignments, list_assignments
from core.people.class_list import ClassListPreview, preview_classes, store_classes
from core.people.list_files import class_template
from core.people.people_grids import save_assignments
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.words import plural
from pages.manage.administration.list_upload import ListKind, show_list_upload
from pages.widgets.acting import act, drawer
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.organisations import choose_organisation, organisations_for
from pages.widgets.session import look, read, write
from pages.widgets.teacher_cells import teacher_names, with_ids, with_names

_SCHOOLS = frozenset({OrganisationKind.SCHOOL})


def show_assignments(scope: Scope) -> None:
    """Edit «кто кого учит» of a chosen school and academic year."""
    this_year = year_on(date.today())
    place, when = st.columns([3, 1])
    with place:
        school = choose_organisation(
            "assignments_school", "Школа", organisations_for(scope, Action.MANAGE_TEACHERS, _SCHOOLS)
        )
    with when:
        years = list(range(this_year + 1, this_year - 4, -1))
        year = st.selectbox("Учебный год", years, index=1, format_func=year_name, key="assignments_year")
    if school is None or school.id is None or year is None:
        return
    names = teacher_names(school.id)
    grid = Grid(
        f"teaching_assignment:{school.id}:{year}",
        (
            GridColumn("teacher_id", "Педагог", "choice", options=tuple(names.values()), required=True, width="large"),
            GridColumn("grade", "Параллель", "integer", required=True, width="small"),
            GridColumn("letter", "Буква", width="small"),
            GridColumn("subject", "Предмет", required=True),
        ),
        may_add=True,
        may_delete=True,
        label="teacher_id",
    )
    grid_editor(grid, partial(_rows, school.id, year), partial(_save, school.id, year))
    with st.container(horizontal=True):
        with drawer(f"classes_{school.id}_{year}_list", "Загрузить список", ":material/upload_file:"):
            show_list_upload(
                ListKind(
                    key=f"classes_{school.id}_{year}",
                    template_title="Кто кого учит",
                    template=lambda: class_template(tuple(names.values()), year),
                    preview=lambda rows: look(preview_classes, rows, school.id or 0, year=year),
                    say=_say,
                    store=lambda preview: write(store_classes, preview),
                    done=lambda stored: f"Записано классов: {stored}.",
                )
            )
        st.button(
            f"Начать {year_name(year + 1)} по образцу этого года",
            key="assignments_copy",
            icon=":material/content_copy:",
            help="Классы станут на год старше, педагоги останутся; 4, 9 и 11 классы не переносятся.",
            on_click=act,
            args=(partial(write, copy_assignments, school.id, year), lambda made: f"Перенесено классов: {made}."),
        )


def _rows(school_id: int, year: int) -> list[GridRow]:
    names = teacher_names(school_id)
    rows: list[AssignmentRow] = read(list_assignments, school_id, year)
    return [
        GridRow(
            row.id,
            row.version,
            {
                "teacher_id": names.get(row.teacher_id, row.teacher_name),
                "grade": row.grade,
                "letter": row.letter,
                "subject": row.subject,
            },
        )
        for row in rows
    ]


def _save(school_id: int, year: int, changes: GridChanges) -> EditOutcome:
    """Save the grid, in which teachers stand by name; conflicts come back with names."""
    names = teacher_names(school_id)
    return with_names(write(save_assignments, school_id, year, with_ids(changes, names)), names)


def _say(preview: ClassListPreview) -> str:
    new = plural(len(preview.new), "новый класс", "новых класса", "новых классов")
    return f"{new}, уже записано: {preview.unchanged}."
