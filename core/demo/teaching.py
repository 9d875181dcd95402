"""Who teaches whom in the demo: the classes of the last year's works, one grade higher, among the school's teachers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from core.demo.teachers import DemoTeacher
from core.intake.tables import Assessment, ClassWork
from core.people.teacher_tables import TeachingAssignment

_YEAR = 2026
"""Of the works; they are taught in the academic year after it."""
_LAST_PRIMARY, _LAST_GRADE = 4, 11
_PRIMARY = "Начальные классы"


def add_teaching(session: Session, units: Mapping[str, int], teachers: Sequence[DemoTeacher]) -> int:
    """Add the assignments of this academic year; return their number. Classes without a teacher of the subject wait."""
    rows = session.exec(
        select(ClassWork.school_id, Assessment.grade, ClassWork.class_name, Assessment.subject)
        .join(Assessment, col(Assessment.id) == ClassWork.assessment_id)
        .where(Assessment.year == _YEAR)
        .distinct()
    )
    here: dict[tuple[int, str], list[DemoTeacher]] = {}
    for one in teachers:
        here.setdefault((units[one.school], one.subject), []).append(one)
    made = 0
    for school, grade, letter, subject in sorted(rows, key=lambda row: (row[0], row[1] or 0, row[2], row[3])):
        if grade is None or grade >= _LAST_GRADE:
            continue
        found = here.get((school, _PRIMARY if grade < _LAST_PRIMARY else subject), [])
        if found:
            session.add(
                TeachingAssignment(
                    teacher_id=found[made % len(found)].id, school_id=school, grade=grade + 1, letter=letter,
                    subject=subject, year=_YEAR + 1,
                )
            )
            made += 1
    session.flush()
    return made
