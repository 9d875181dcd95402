"""The catalogue of courses of an organisation, and which competences each develops."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.diagnostics.competence_choice import competence_values
from core.errors import InvalidInput
from core.people.cell_values import number_of_cell, text_of_cell
from core.people.scope import Action, Scope
from core.people.text_length import require_length
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from core.support.access import require_managed
from core.support.course_tables import Course
from core.support.development_rules import require_hours

COURSE_FIELDS = (
    "title", "provider", "subject", "competence_ids", "hours", "module_hours", "form", "in_federal_register", "url",
)
_LONGEST = {"title": 300, "provider": 300, "subject": 120, "form": 60, "url": 2000}


def list_courses(session: Session, scope: Scope, organisation_ids: frozenset[int] | None = None) -> list[Course]:
    """Return the catalogue of courses, by title; of some organisations if given. Courses are no secret."""
    scope.require(Action.VIEW_HELP)
    query = select(Course).where(col(Course.deleted_at).is_(None))
    if organisation_ids is not None:
        query = query.where(col(Course.organisation_id).in_(organisation_ids))
    return list(session.exec(query.order_by(col(Course.title), col(Course.id))))


def courses_for(session: Session, scope: Scope, competence_id: int) -> list[Course]:
    """Return the courses of the catalogue that develop the competence, by title."""
    return [row for row in list_courses(session, scope) if competence_id in row.competence_ids]


def save_courses(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save the catalogue of an organisation, new and deleted rows too; conflicts and refusals as in every grid."""
    require_managed(scope, organisation_id)

    def validate(row: Course, field: str, value: object) -> object:
        if field == "competence_ids":
            return competence_values(session, scope, value, row.competence_ids or ())
        return _course_value(row, field, value)

    here = col(Course.organisation_id) == organisation_id
    return save_changes(session, Course, changes, COURSE_FIELDS, validate, {"organisation_id": organisation_id}, here)


def _course_value(row: Course, field: str, value: object) -> object:
    if field in ("hours", "module_hours"):
        number = number_of_cell(value, "число часов")
        if field == "hours":
            require_hours(number, None)
            return number
        if row.hours is not None:
            require_hours(row.hours, number or 0)
        return number or 0
    if field == "in_federal_register":
        return bool(value) if value == value else False
    text = text_of_cell(value)
    if field == "title" and not text:
        raise InvalidInput("Не указано название программы.", "Впишите его.")
    if field == "url" and text and not text.lower().startswith(("http://", "https://")):
        raise InvalidInput(f"«{text[:80]}» не похоже на адрес страницы.", "Вставьте адрес, который начинается с https://.")
    return require_length(text, _LONGEST[field])
