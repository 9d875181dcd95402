"""Rows of a list of teachers: from cells to what a row says about a teacher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from core.errors import InvalidInput, QualityError
from core.people.cell_values import choice_of_cell, date_of_cell, list_of_cell, number_of_cell, text_of_cell
from core.people.list_reading import Findings, ListRow
from core.people.organisations import SchoolIndex
from core.people.teacher_tables import Category, Teacher
from core.people.teachers import clean_subjects, good_name, set_experience

EXAMPLE: Final = "(пример, удалите строку)"
"""Stands behind the name in the template's example; such a row is left out."""
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "full_name": ("ФИО", "Ф.И.О.", "ФИО педагога", "ФИО учителя", "Фамилия, имя, отчество", "Педагог", "Учитель"),
    "surname": ("Фамилия",),
    "given_name": ("Имя",),
    "patronymic": ("Отчество",),
    "position": ("Должность",),
    "subjects": ("Предметы", "Предмет", "Преподаваемые предметы", "Преподаваемый предмет"),
    "experience_years": ("Стаж, лет", "Стаж", "Педагогический стаж", "Педагогический стаж, лет", "Педстаж"),
    "category": ("Категория", "Квалификационная категория"),
    "category_until": ("Категория действует до", "Срок действия категории", "Срок категории"),
    "hired_on": ("Дата приёма", "Принят", "Принят на работу", "Дата приёма на работу"),
    "consent_order": ("Согласие: номер приказа", "Номер приказа о согласии", "Согласие"),
    "consent_on": ("Согласие: дата", "Дата согласия"),
    "school": ("Код школы", "Школа", "Логин школы", "Организация"),
}
"""Headers by which a column is known, the first of each as it stands in the template."""

SubjectOf = Callable[[str], str | None]
"""The official name of a subject as people write it, None for an unknown one (`core.blueprints`)."""


@dataclass(frozen=True, slots=True)
class TeacherEntry:
    """What one row says; what it does not say is None and stays as it is."""

    row: int
    organisation_id: int
    full_name: str
    position: str | None = None
    subjects: tuple[str, ...] | None = None
    experience_years: int | None = None
    category: Category | None = None
    category_until: date | None = None
    hired_on: date | None = None
    consent_order: str | None = None
    consent_on: date | None = None


def entry_of(
    row: ListRow, schools: SchoolIndex, organisation_id: int | None, subject_of: SubjectOf, findings: Findings
) -> TeacherEntry | None:
    """Return what the row says, None when it has errors, which are noted."""
    if EXAMPLE in text_of_cell(row.cells.get("full_name")):
        findings.warn(row.place("full_name"), "Строка с примером пропущена.")
        return None
    before = len(findings.found)
    values: dict[str, object] = {}
    for name, clean in _CELLS.items():
        if row.has(name):
            try:
                values[name] = clean(row.cells[name])
            except QualityError as refusal:
                findings.error(row.place(name), refusal)
    name_cells = ("full_name",) if row.has("full_name") else ("surname", "given_name", "patronymic")
    try:
        full_name = good_name(" ".join(text_of_cell(row.cells.get(part)) for part in name_cells))
    except QualityError as refusal:
        findings.error(row.place(name_cells[0]), refusal)
        full_name = ""
    school = _school(row, schools, organisation_id, findings)
    subjects = _subjects(row, subject_of, findings) if row.has("subjects") else None
    if school is None or any(finding.is_error for finding in findings.found[before:]):
        return None
    return TeacherEntry(row=row.number, organisation_id=school, full_name=full_name, subjects=subjects, **values)  # type: ignore[arg-type]


def _school(row: ListRow, schools: SchoolIndex, organisation_id: int | None, findings: Findings) -> int | None:
    if not row.has("school"):
        if organisation_id is None:
            findings.error(row.place("school"), InvalidInput("Не указана школа.", "Впишите код школы."))
        return organisation_id
    text = text_of_cell(row.cells["school"])
    found = schools.find(text, None) or schools.find(None, text)
    if found is None:
        refusal = InvalidInput(
            f"Школа «{text}» не найдена.", "Впишите код или название школы, как в списке организаций."
        )
        findings.error(row.place("school"), refusal)
        return None
    return found.id


def _subjects(row: ListRow, subject_of: SubjectOf, findings: Findings) -> tuple[str, ...]:
    names: list[str] = []
    for written in list_of_cell(row.cells["subjects"]):
        known = subject_of(written)
        if known is None:
            findings.warn(row.place("subjects"), f"Предмет «{written}» не найден в справочнике.", "Проверьте название.")
        names.append(known or written)
    return tuple(clean_subjects(names))


def _position(value: object) -> str:
    return text_of_cell(value)[:120]


def _years(value: object) -> int | None:
    years = number_of_cell(value, "стаж")
    set_experience(Teacher(full_name=""), years, date.today())
    return years


_CELLS: Final[dict[str, Callable[[object], object]]] = {
    "position": _position,
    "experience_years": _years,
    "category": lambda value: choice_of_cell(value, Category, "категория"),
    "category_until": date_of_cell,
    "hired_on": date_of_cell,
    "consent_order": lambda value: text_of_cell(value)[:120],
    "consent_on": date_of_cell,
}
"""How a cell of each column becomes a value."""
