"""Who teaches which class which subject in which academic year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput
from core.people.academic_year import year_on
from core.people.organisations import natural_key
from core.people.scope import Action, Scope
from core.people.teacher_tables import Teacher, TeachingAssignment
from core.people.teachers import get_teacher, jobs_of, list_teachers, shown_name
from core.store.base import utc_now
from core.store.live import live_row

GRADES = range(1, 12)
LAST_OF_STAGE = frozenset({4, 9, 11})
_LOOK_ALIKE = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One line of the grid «кто кого учит»."""

    id: int
    version: int
    teacher_id: int
    teacher_name: str
    school_id: int
    grade: int
    letter: str
    subject: str
    year: int


def list_assignments(
    session: Session, scope: Scope, school_id: int | None = None, year: int | None = None
) -> list[AssignmentRow]:
    """Return who teaches whom, by class and subject, in an academic year (the present one) within the scope."""
    scope = scope.require(Action.VIEW_PEOPLE)
    query = (
        select(TeachingAssignment, Teacher)
        .join(Teacher, col(Teacher.id) == TeachingAssignment.teacher_id)
        .where(
            TeachingAssignment.year == (year or year_on(date.today())),
            col(TeachingAssignment.deleted_at).is_(None),
            col(Teacher.deleted_at).is_(None),
        )
    )
    if school_id is not None:
        query = query.where(TeachingAssignment.school_id == school_id)
    narrowed = scope.within_persons(query, col(TeachingAssignment.teacher_id), col(TeachingAssignment.school_id))
    rows = [
        AssignmentRow(
            id=row.id or 0,
            version=row.version,
            teacher_id=row.teacher_id,
            teacher_name=shown_name(scope, teacher, (row.school_id,)),
            school_id=row.school_id,
            grade=row.grade,
            letter=row.letter,
            subject=row.subject,
            year=row.year,
        )
        for row, teacher in session.exec(narrowed)
    ]
    return sorted(rows, key=lambda row: (row.school_id, row.grade, natural_key(row.letter), row.subject))


def assign(
    session: Session,
    scope: Scope,
    *,
    teacher_id: int,
    school_id: int,
    grade: int,
    letter: str,
    subject: str,
    year: int | None = None,
) -> TeachingAssignment:
    """Note that the teacher teaches the class the subject in the academic year (the present one).

    What was noted already is given back; what was deleted comes back. Raises InvalidInput for a class that cannot be
    or a teacher who does not work in the school.
    """
    get_teacher(session, scope.require(Action.MANAGE_TEACHERS), teacher_id)
    scope.require(Action.MANAGE_TEACHERS).require_organisation(school_id)
    spring = year or year_on(date.today())
    require_class(grade, subject)
    if school_id not in {job.organisation_id for job in jobs_of(session, teacher_id)}:
        raise InvalidInput("Этот педагог не работает в этой школе.", "Сначала внесите его в список педагогов школы.")
    letter, subject = normal_letter(letter), subject.strip()
    query = select(TeachingAssignment).where(
        TeachingAssignment.teacher_id == teacher_id,
        TeachingAssignment.school_id == school_id,
        TeachingAssignment.grade == grade,
        TeachingAssignment.letter == letter,
        TeachingAssignment.subject == subject,
        TeachingAssignment.year == spring,
    )
    row = session.exec(query).first() or TeachingAssignment(
        teacher_id=teacher_id, school_id=school_id, grade=grade, letter=letter, subject=subject, year=spring
    )
    row.deleted_at = None
    session.add(row)
    session.flush()
    return row


def end_assignment(session: Session, scope: Scope, assignment_id: int) -> None:
    """Delete an assignment that was wrong; it can be undone from the журнал."""
    row = live_row(session, TeachingAssignment, assignment_id, "Нагрузка")
    scope.require(Action.MANAGE_TEACHERS).require_organisation(row.school_id)
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)


def copy_assignments(session: Session, scope: Scope, school_id: int, from_year: int) -> int:
    """Begin the next academic year with the classes a grade higher and the same teachers; return how many were noted.

    Classes that end a stage of the school (4, 9, 11) are left out: their teachers change. So are teachers who left.
    What is noted already stays.
    """
    scope.require(Action.MANAGE_TEACHERS).require_organisation(school_id)
    working = {card.id for card in list_teachers(session, scope, school_id)}
    noted = {_key(row) for row in list_assignments(session, scope, school_id, from_year + 1)}
    made = 0
    for row in list_assignments(session, scope, school_id, from_year):
        place = (row.teacher_id, row.grade + 1, row.letter, row.subject)
        if row.grade in LAST_OF_STAGE or place in noted or row.teacher_id not in working:
            continue
        assign(
            session,
            scope,
            teacher_id=row.teacher_id,
            school_id=school_id,
            grade=row.grade + 1,
            letter=row.letter,
            subject=row.subject,
            year=from_year + 1,
        )
        made += 1
    return made


def require_class(grade: int, subject: str) -> None:
    """Raise InvalidInput for a grade or a subject that cannot be."""
    if grade not in GRADES:
        raise InvalidInput(f"Параллели {grade} не бывает.", "Укажите класс от 1 до 11.")
    if not subject.strip():
        raise InvalidInput("Не указан предмет.", "Впишите предмет.")


def normal_letter(letter: str) -> str:
    """Return a class's letter as uploads keep it: upper case, without blanks, Cyrillic where it looks so.

    >>> normal_letter(" а "), normal_letter("B") == "В"
    ('А', True)
    """
    return letter.strip().upper().translate(_LOOK_ALIKE)[:40]


def _key(row: AssignmentRow) -> tuple[int, int, str, str]:
    return row.teacher_id, row.grade, row.letter, row.subject
