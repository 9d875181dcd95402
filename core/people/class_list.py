"""A list «кто кого учит», pasted or from a workbook: looked over first, then stored as a whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlmodel import Session

from core.errors import InvalidInput, QualityError
from core.people.academic_year import parse_year, year_on
from core.people.assignments import assign, list_assignments, normal_letter, require_class
from core.people.cell_values import text_of_cell
from core.people.list_reading import Findings, ListFinding, ListRow, read_rows
from core.people.organisations import normal_name
from core.people.scope import Action, Scope
from core.people.teacher_entries import SubjectOf
from core.people.teachers import get_teacher, list_teachers

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "teacher": ("ФИО педагога", "ФИО", "Ф.И.О.", "Педагог", "Учитель", "ФИО учителя"),
    "subject": ("Предмет", "Учебный предмет"),
    "class_name": ("Класс", "Классы"),
    "year": ("Учебный год",),
}
_CLASS: Final = re.compile(r"(\d{1,2})\s*[-–—]?\s*[«\"']?([^\W\d_]{0,6}\d?)[»\"']?")


@dataclass(frozen=True, slots=True)
class AssignmentEntry:
    """One class that somebody teaches."""

    row: int
    teacher_id: int
    teacher_name: str
    grade: int
    letter: str
    subject: str
    year: int


@dataclass(frozen=True, slots=True)
class ClassListPreview:
    """What storing the list would do: what is new, how much is noted already, and what is wrong."""

    school_id: int
    new: tuple[AssignmentEntry, ...]
    unchanged: int
    findings: tuple[ListFinding, ...]

    @property
    def can_be_stored(self) -> bool:
        """Say whether nothing speaks against storing."""
        return not any(finding.is_error for finding in self.findings)


def preview_classes(
    session: Session,
    scope: Scope,
    rows: Sequence[Sequence[object]],
    school_id: int,
    year: int | None = None,
    subject_of: SubjectOf = str,
) -> ClassListPreview:
    """Look a list over; `year` is the academic year of rows that do not name one (the present one by default).

    A cell may name several classes: «7А, 7Б». Teachers are found by name among those who work in the school.
    """
    scope = scope.require(Action.MANAGE_TEACHERS)
    scope.require_organisation(school_id)
    findings = Findings()
    names: dict[str, list[int]] = {}
    for card in list_teachers(session, scope, school_id):
        teacher = get_teacher(session, scope, card.id)
        names.setdefault(normal_name(teacher.full_name), []).append(card.id)
    entries: dict[tuple[int, int, str, str, int], AssignmentEntry] = {}
    for row in read_rows(rows, COLUMNS, [("teacher",), ("subject",), ("class_name",)]):
        for entry in _entries(row, names, year or year_on(date.today()), subject_of, findings):
            entries.setdefault(_key(entry), entry)
    noted = {
        (known.teacher_id, known.grade, known.letter, known.subject, known.year)
        for spring in {entry.year for entry in entries.values()}
        for known in list_assignments(session, scope, school_id, spring)
    }
    new = tuple(entry for key, entry in entries.items() if key not in noted)
    return ClassListPreview(school_id, new, len(entries) - len(new), tuple(findings.found))


def store_classes(session: Session, scope: Scope, preview: ClassListPreview) -> int:
    """Store a list that was looked over; return how many classes are new. Raises InvalidInput while it has errors."""
    scope.require(Action.MANAGE_TEACHERS).require_organisation(preview.school_id)
    if not preview.can_be_stored:
        raise InvalidInput("В списке есть ошибки, ничего не сохранено.", "Исправьте отмеченные ячейки и повторите.")
    for entry in preview.new:
        assign(
            session,
            scope,
            teacher_id=entry.teacher_id,
            school_id=preview.school_id,
            grade=entry.grade,
            letter=entry.letter,
            subject=entry.subject,
            year=entry.year,
        )
    return len(preview.new)


def split_classes(text: str) -> list[tuple[int, str]]:
    """Return (grade, letter) of each class that a cell names; raise InvalidInput for what is no class.

    >>> split_classes("7А, 7Б"), split_classes("11 «а»"), split_classes("9")
    ([(7, 'А'), (7, 'Б')], [(11, 'А')], [(9, '')])
    """
    found: list[tuple[int, str]] = []
    for part in re.split(r"[,;]", text):
        match = _CLASS.fullmatch(part.strip())
        if match is None:
            raise InvalidInput(
                f"«{part.strip()}» не похоже на класс.", "Напишите класс так: 7А; несколько – через запятую."
            )
        found.append((int(match[1]), normal_letter(match[2])))
    return found


def _entries(
    row: ListRow, names: dict[str, list[int]], year: int, subject_of: SubjectOf, findings: Findings
) -> list[AssignmentEntry]:
    """Return what the row says; nothing for a name of the template without classes, or with errors, which are noted."""
    if not row.has("subject") and not row.has("class_name"):
        return []
    teacher_id = _teacher(row, names, findings)
    written = text_of_cell(row.cells["subject"])
    subject = subject_of(written) if written else None
    if written and subject is None:
        findings.warn(row.place("subject"), f"Предмет «{written}» не найден в справочнике.", "Проверьте название.")
    try:
        place = row.place("class_name")
        classes = split_classes(text_of_cell(row.cells["class_name"]))
        for grade, _letter in classes:
            require_class(grade, "предмет")
        place = row.place("subject")
        require_class(1, written)
        place = row.place("year")
        spring = parse_year(text_of_cell(row.cells["year"])) if row.has("year") else year
    except QualityError as refusal:
        findings.error(place, refusal)
        return []
    if teacher_id is None:
        return []
    name = text_of_cell(row.cells["teacher"])
    return [
        AssignmentEntry(row.number, teacher_id, name, grade, letter, subject or written, spring)
        for grade, letter in classes
    ]


def _teacher(row: ListRow, names: dict[str, list[int]], findings: Findings) -> int | None:
    name = text_of_cell(row.cells["teacher"])
    found = names.get(normal_name(name), [])
    if len(found) == 1:
        return found[0]
    if found:
        refusal = InvalidInput(
            f"В школе несколько педагогов с именем «{name}».", "Внесите их классы в таблице нагрузки."
        )
    else:
        refusal = InvalidInput(
            f"Педагога «{name}» нет в списке школы.", "Проверьте написание или сначала внесите педагога в список."
        )
    findings.error(row.place("teacher"), refusal)
    return None


def _key(entry: AssignmentEntry) -> tuple[int, int, str, str, int]:
    return entry.teacher_id, entry.grade, entry.letter, entry.subject, entry.year
