"""Problem fields of classes: of those that a teacher teaches, and those confirmed that a lesson visit may be about.

They say what pupils need help with. They never rate a teacher.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.problem_fields import FieldFilter, FoundField, problem_fields
from core.analysis.tables import FieldReview, ReviewState
from core.analysis.work import UnitLevel
from core.intake.class_names import split_class
from core.intake.tables import Assessment
from core.people.academic_year import year_name, year_on
from core.people.assignments import normal_letter
from core.people.grants import TaughtClass
from core.people.scope import Action, Scope
from core.people.subject_parts import with_parts
from core.people.teacher_tables import TeachingAssignment
from core.support.access import require_teacher
from core.support.visits import FieldOfVisit

_YEARS_BACK = 2


@dataclass(frozen=True, slots=True)
class VisitField:
    """A confirmed problem field that a visit may be about, and the class or school in which it was confirmed."""

    field: FieldOfVisit
    where: str
    year: int

    @property
    def words(self) -> str:
        """Return «обыкновенные дроби – 5А, 2025/2026»."""
        return f"{self.field.words} – {self.where}, {year_name(self.year)}"


def taught_classes(session: Session, scope: Scope, teacher_id: int, on: date | None = None) -> list[TaughtClass]:
    """Return the classes that the teacher teaches in the academic year of the day; raise NotFound for one elsewhere."""
    require_teacher(session, scope, teacher_id)
    query = select(TeachingAssignment).where(
        TeachingAssignment.teacher_id == teacher_id, col(TeachingAssignment.deleted_at).is_(None),
        TeachingAssignment.year == year_on(on or date.today()),
    )
    return sorted(
        TaughtClass(row.school_id, row.grade, row.letter, row.subject, row.year) for row in session.exec(query)
    )


def fields_of_teacher(
    session: Session, scope: Scope, teacher_id: int, on: date | None = None
) -> tuple[FoundField, ...]:
    """Return problem fields of the present classes of a teacher in their latest works, as far as the actor sees them.

    A class of today is the same class of an earlier year, as many grades lower.
    """
    taught = taught_classes(session, scope, teacher_id, on)
    if not taught or not scope.allows(Action.VIEW):
        return ()
    wanted = {
        (one.school_id, one.grade - back, one.letter, subject, one.year - back)
        for one in taught
        for subject in with_parts([one.subject])
        for back in range(_YEARS_BACK)
    }
    found = problem_fields(session, scope, FieldFilter(
        subjects=tuple(sorted({one[3] for one in wanted})), grades=tuple(sorted({one[1] for one in wanted})),
        years=tuple(sorted({one[4] for one in wanted})), levels=(UnitLevel.CLASS,),
    ))
    return tuple(one for one in found.fields if _place(one) in wanted)


def fields_for_visit(
    session: Session, scope: Scope, school_id: int, grade: int, letter: str, subject: str, on: date | None = None
) -> tuple[VisitField, ...]:
    """Return the confirmed fields of a class, and of its school in the subject and grade, the latest first.

    Only those that the actor may see; the class is followed through the years.
    """
    if not scope.allows(Action.VIEW):
        return ()
    viewing, year, name = scope.require(Action.VIEW), year_on(on or date.today()), normal_letter(letter)
    rows = session.exec(
        select(FieldReview, Assessment)
        .join(Assessment, col(Assessment.id) == FieldReview.assessment_id)
        .where(
            FieldReview.state == ReviewState.CONFIRMED, col(FieldReview.deleted_at).is_(None),
            col(Assessment.deleted_at).is_(None), FieldReview.organisation_id == school_id,
            col(Assessment.subject).in_(sorted(with_parts([subject]))),
        )
        .order_by(col(Assessment.year).desc(), col(FieldReview.id).desc())
    )
    found: list[VisitField] = []
    for review, work in rows:
        if work.grade is None or not 0 <= year - work.year <= _YEARS_BACK:
            continue
        is_class = review.unit.startswith("class:")
        written = _letter(review.unit) if is_class else ""
        is_same_class = is_class and written == name and work.grade == grade - (year - work.year)
        is_school = not is_class and work.grade in (grade, grade - (year - work.year))
        place = TaughtClass(school_id, work.grade, written, work.subject, work.year)
        may_see = viewing.sees_class(place) if is_class else viewing.sees_results(school_id, work.subject)
        if (is_same_class or is_school) and may_see:
            where = f"{work.grade}{written}" if is_class else f"вся параллель {work.grade}-х классов"
            words = review.key if review.kind != Kind.ITEM else f"задание {review.key}"
            found.append(
                VisitField(FieldOfVisit(work.id or 0, review.unit, review.kind, review.key, words), where, work.year)
            )
    return tuple(found)


def _place(one: FoundField) -> tuple[int, int | None, str, str, int]:
    field, work = one.field, one.work
    return field.unit.organisation_id, work.grade, _letter(field.unit.key), work.subject, work.year


def _letter(unit: str) -> str:
    """Return the letter of a class's key «class:<school>:<name>»; the name may carry the grade."""
    return split_class(unit.split(":", 2)[2], ordinal=True)[1]
