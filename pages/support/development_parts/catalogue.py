"""The catalogue of courses: what is offered, and which competences it develops."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from core.support.course_catalogue import COURSE_FIELDS, list_courses, save_courses
from core.support.course_tables import Course
from core.words import listing
from pages.support.development_parts.competence_cells import competence_names
from pages.support.development_parts.viewer import Viewer
from pages.support.development_parts.wording import hours_words
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write
from pages.widgets.teacher_cells import with_ids, with_names
from pages.widgets.texts import plain

_FIELD = "competence_ids"
_FORMS = ("очно", "очно-заочно", "дистанционно", "стажировка", "профпереподготовка")


def show_catalogue(viewer: Viewer) -> None:
    """Show the catalogue: to change for who manages the chosen organisation, to read for everybody else."""
    courses: list[Course] = read(list_courses)
    names = competence_names(key for row in courses for key in row.competence_ids)
    if not viewer.manages or viewer.unit is None:
        st.markdown(_list(courses, names) or "Курсов пока нет.")
        return
    unit = viewer.unit.id or 0
    st.caption(
        f"Курсы, которые предлагает {viewer.unit.name}; видны и те, что предлагают другие организации. Назовите "
        "компетенции программы: по ним заявки и пройденные курсы видны на вкладке «Покрытие», а в заявке курсы "
        "предлагаются первыми."
    )
    _show_grid(unit, names)
    others = [row for row in courses if row.organisation_id != unit]
    if others:
        st.markdown(f"**Предлагают другие:**\n{_list(others, names)}")


def _show_grid(unit: int, names: Mapping[int, str]) -> None:
    grid = Grid(
        f"course:{unit}",
        (
            GridColumn("title", "Программа", required=True, width=280),
            GridColumn(
                _FIELD, "Какие компетенции развивает", "choices", tuple(names.values()), width=300,
                help="Можно несколько. По ним курсы считаются помощью с дефицитом на вкладке «Покрытие».",
            ),
            GridColumn("subject", "Предмет", width=120),
            GridColumn("hours", "Часов всего", "integer", required=True, width=120),
            GridColumn("module_hours", "Предметный модуль, ч", "integer", width=180),
            GridColumn("provider", "Кто проводит", width=210),
            GridColumn("form", "Форма", "choice", _FORMS, width=160),
            GridColumn("in_federal_register", "В федеральном реестре", "flag"),
            GridColumn("url", "Страница"),
        ),
        may_add=True, may_delete=True, label="title", defaults={"hours": 72, "module_hours": 48, "form": "очно-заочно"},
    )

    def save(changes: GridChanges) -> EditOutcome:
        return with_names(write(save_courses, unit, with_ids(changes, names, _FIELD)), names, _FIELD)

    grid_editor(grid, partial(_rows, unit, names), save, lines=2)


def _rows(unit: int, names: Mapping[int, str]) -> list[GridRow]:
    return [
        GridRow(
            row.id or 0, row.version,
            {field: getattr(row, field) for field in COURSE_FIELDS}
            | {_FIELD: [names.get(key, f"компетенция № {key}") for key in row.competence_ids]},
        )
        for row in read(list_courses, frozenset({unit}))
    ]


def _list(courses: list[Course], names: Mapping[int, str]) -> str:
    return "\n".join(f"- {plain(_words(row, names))}" for row in courses)


def _words(row: Course, names: Mapping[int, str]) -> str:
    parts = (row.title, row.provider, row.subject, hours_words(row.hours, row.module_hours), row.form)
    said = ", ".join(part for part in parts if part)
    develops = listing([f"«{names[key]}»" for key in row.competence_ids if key in names])
    return f"{said}; развивает: {develops}" if develops else said
