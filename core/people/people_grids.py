"""Grids of people: what a user changed in a grid of teachers, work places, associations or classes, saved together.

What a browser sends is not trusted: fields are allow-listed, values checked, rows looked up again inside the scope.
Cells that somebody else changed meanwhile come back as conflicts (`core.store.edits`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound, QualityError
from core.people.assignments import assign, normal_letter, require_class
from core.people.association_tables import Association, AssociationKind
from core.people.associations import require_fitting_kind
from core.people.cell_values import choice_of_cell, date_of_cell, list_of_cell, number_of_cell, text_of_cell
from core.people.charge import require_whole_charge
from core.people.organisations import get_organisation
from core.people.scope import Action, Scope
from core.people.tables import Organisation
from core.people.teacher_tables import Category, Employment, Teacher, TeachingAssignment
from core.people.teachers import clean_subjects, good_name, set_experience
from core.store.edit_outcome import CellRefusal, EditOutcome
from core.store.grid_changes import GridChanges, save_changes

TEACHER_FIELDS = ("full_name", "subjects", "category", "category_until", "experience_years")
EMPLOYMENT_FIELDS = ("position", "hired_on", "left_on")
ASSOCIATION_FIELDS = ("kind", "name", "subjects")
ASSIGNMENT_FIELDS = ("teacher_id", "grade", "letter", "subject")
ORGANISATION_FIELDS = ("name", "code")
_Clean = Callable[[object], object]


def save_teachers(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save the grid of the teachers of an organisation; new rows are new teachers who work there from now on.

    Names of people that are shown to the actor as «Педагог-07» cannot be changed.
    """
    scope = scope.require(Action.MANAGE_TEACHERS)
    scope.require_organisation(organisation_id)
    is_own = scope.owns(organisation_id)

    def validate(row: Teacher, field: str, value: object) -> object:
        if field == "full_name" and row.id is not None and not (is_own or row.consent_given):
            raise InvalidInput("Имя этого педагога изменяет его школа.", "Обратитесь в школу.")
        return _TEACHER_CELLS[field](value)

    for one in changes.deleted:
        require_whole_charge(session, scope, Action.MANAGE_TEACHERS, one.row_id)
    here = select(Employment.teacher_id).where(
        Employment.organisation_id == organisation_id,
        col(Employment.deleted_at).is_(None),
        col(Employment.left_on).is_(None) | (col(Employment.left_on) > date.today()),
    )
    outcome = save_changes(session, Teacher, changes, TEACHER_FIELDS, validate, {}, col(Teacher.id).in_(here))
    known = {edit.row_id for edit in changes.edits} | {one.row_id for one in changes.deleted}
    for teacher_id in outcome.versions.keys() - known:
        session.add(Employment(teacher_id=teacher_id, organisation_id=organisation_id))
    counted = {edit.row_id for edit in outcome.saved if edit.field == "experience_years"}
    for teacher_id in counted | (outcome.versions.keys() - known):
        teacher = session.get(Teacher, teacher_id)
        if teacher is not None:
            set_experience(teacher, teacher.experience_years, date.today())
            session.add(teacher)
    session.flush()
    return outcome


def save_employments(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save positions and days of work in an organisation. Rows are made and ended elsewhere."""
    scope = scope.require(Action.MANAGE_TEACHERS)
    scope.require_organisation(organisation_id)
    _no_new_rows(changes)

    def validate(row: Employment, field: str, value: object) -> object:
        if field == "position":
            return text_of_cell(value)[:120] or "учитель"
        day = date_of_cell(value)
        begins, ends = (day, row.left_on) if field == "hired_on" else (row.hired_on, day)
        if begins is not None and ends is not None and ends <= begins:
            raise InvalidInput("Уволен раньше, чем принят.", "Исправьте даты.")
        return day

    here = col(Employment.organisation_id) == organisation_id
    return save_changes(session, Employment, changes, EMPLOYMENT_FIELDS, validate, {}, here)


def save_associations(session: Session, scope: Scope, organisation_id: int, changes: GridChanges) -> EditOutcome:
    """Save the grid of the associations of an organisation, new and deleted ones too."""
    scope = scope.require(Action.MANAGE_ASSOCIATIONS)
    if not scope.sees_all_associations(organisation_id):
        raise NotFound("Организация")
    unit = get_organisation(session, scope, organisation_id)

    def validate(_row: Association, field: str, value: object) -> object:
        if field == "kind":
            kind = choice_of_cell(value, AssociationKind, "вид объединения")
            require_fitting_kind(kind, unit.kind)
            return kind
        if field == "subjects":
            return clean_subjects(list_of_cell(value))
        return _required(value, 200, "У объединения должно быть название.")

    fixed = {"organisation_id": organisation_id}
    here = col(Association.organisation_id) == organisation_id
    return save_changes(session, Association, changes, ASSOCIATION_FIELDS, validate, fixed, here)


def save_assignments(session: Session, scope: Scope, school_id: int, year: int, changes: GridChanges) -> EditOutcome:
    """Save the grid «кто кого учит» of a school in an academic year, new and deleted rows too."""
    scope.require(Action.MANAGE_TEACHERS).require_organisation(school_id)

    def validate(row: TeachingAssignment, field: str, value: object) -> object:
        if field == "teacher_id":
            return _teacher_here(session, school_id, value)
        if field == "grade":
            grade = number_of_cell(value, "параллель") or 0
            require_class(grade, "предмет")
            return grade
        if field == "letter":
            return normal_letter(text_of_cell(value))
        del row
        return _required(value, 120, "Не указан предмет.")

    here: ColumnElement[bool] = (col(TeachingAssignment.school_id) == school_id) & (
        col(TeachingAssignment.year) == year
    )
    attempt = session.begin_nested()
    added = _assign_rows(session, scope, school_id, year, changes.added)
    outcome = save_changes(
        session, TeachingAssignment, replace(changes, added=[]), ASSIGNMENT_FIELDS, validate, {}, here
    )
    if added.refused or outcome.refused:
        attempt.rollback()
        return EditOutcome(refused=[*outcome.refused, *added.refused])
    attempt.commit()
    outcome.versions.update(added.versions)
    return outcome


def save_organisations(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    """Correct names and codes of organisations; a new name from a day on is `rename_organisation`."""
    scope = scope.require(Action.MANAGE_ORGANISATIONS)
    _no_new_rows(changes)

    def validate(row: Organisation, field: str, value: object) -> object:
        text = _required(value, 64 if field == "code" else 300, "У организации должны быть код и название.")
        if field == "code":
            taken = session.exec(select(Organisation).where(Organisation.code == text)).first()
            if taken is not None and taken.id != row.id:
                raise InvalidInput(f"Код «{text}» уже занят: {taken.name}.", "Укажите другой код.")
        return text

    here = None if scope.organisations is None else col(Organisation.id).in_(scope.organisations)
    return save_changes(session, Organisation, changes, ORGANISATION_FIELDS, validate, {}, here)


def _years(value: object) -> int | None:
    years = number_of_cell(value, "стаж")
    set_experience(Teacher(full_name=""), years, date.today())
    return years


_TEACHER_CELLS: dict[str, _Clean] = {
    "full_name": lambda value: good_name(text_of_cell(value)),
    "subjects": lambda value: clean_subjects(list_of_cell(value)),
    "category": lambda value: choice_of_cell(value, Category, "категория") if text_of_cell(value) else Category.NONE,
    "category_until": date_of_cell,
    "experience_years": _years,
}


def _required(value: object, longest: int, message: str) -> str:
    text = text_of_cell(value)
    if not text:
        raise InvalidInput(message, "Заполните ячейку.")
    return text[:longest]


def _no_new_rows(changes: GridChanges) -> None:
    if changes.added or changes.deleted:
        raise InvalidInput("В этой таблице строки не добавляют и не удаляют.", "Обновите страницу.")


def _teacher_here(session: Session, school_id: int, value: object) -> int:
    query = select(Employment.teacher_id).where(
        Employment.organisation_id == school_id,
        Employment.teacher_id == (number_of_cell(value, "педагог") or 0),
        col(Employment.deleted_at).is_(None),
    )
    found = session.exec(query).first()
    if found is None:
        raise InvalidInput("Этот педагог не работает в этой школе.", "Сначала внесите его в список педагогов школы.")
    return found


def _assign_rows(
    session: Session, scope: Scope, school_id: int, year: int, added: list[dict[str, object]]
) -> EditOutcome:
    """Note new rows one by one; a row that was deleted earlier comes back."""
    outcome = EditOutcome()
    for number, cells in enumerate(added, start=1):
        try:
            row = assign(
                session,
                scope,
                teacher_id=_teacher_here(session, school_id, cells.get("teacher_id")),
                school_id=school_id,
                grade=number_of_cell(cells.get("grade"), "параллель") or 0,
                letter=text_of_cell(cells.get("letter")),
                subject=text_of_cell(cells.get("subject")),
                year=year,
            )
        except QualityError as error:
            outcome.refused.append(CellRefusal(-number, "grade", cells.get("grade"), error))
        else:
            outcome.versions[row.id or 0] = row.version
    return outcome
