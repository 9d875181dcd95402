"""Which teachers are due to study, by the three-year rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.people.scope import Action, Scope
from core.people.teachers import list_teachers
from core.support.access import require_managed
from core.support.course_tables import CourseEnrolment, EnrolmentState
from core.support.development_rules import due_on


@dataclass(frozen=True, slots=True)
class DueTeacher:
    """A teacher and the day by which the next course is due; None: nothing is known of past ones."""

    teacher_id: int
    name: str
    last_on: date | None
    due_on: date | None
    is_enrolled: bool
    """A course is requested, approved or under way."""

    def is_overdue(self, on: date) -> bool:
        """Say whether the term has passed."""
        return self.due_on is not None and self.due_on < on


def due_teachers(session: Session, scope: Scope, organisation_id: int, on: date | None = None) -> list[DueTeacher]:
    """Return the teachers of an organisation by the day on which a course is due, the unknown and overdue first."""
    require_managed(scope, organisation_id, Action.VIEW_HELP)
    last: dict[int, date] = {}
    enrolled: set[int] = set()
    for row in session.exec(select(CourseEnrolment).where(col(CourseEnrolment.deleted_at).is_(None))):
        if row.state is EnrolmentState.FINISHED:
            ended = row.document_on or row.ends_on
            if ended is not None:
                last[row.teacher_id] = max(ended, last.get(row.teacher_id, ended))
        elif row.state in (EnrolmentState.REQUESTED, EnrolmentState.APPROVED, EnrolmentState.STUDYING):
            enrolled.add(row.teacher_id)
    today = on or date.today()
    found = [
        DueTeacher(
            card.id, card.name, last.get(card.id), _due(last.get(card.id), card.hired_on, today), card.id in enrolled
        )
        for card in list_teachers(session, scope, organisation_id, on)
    ]
    return sorted(found, key=lambda one: (one.due_on or date.min, one.name))


def _due(last_on: date | None, hired_on: date | None, today: date) -> date | None:
    """Return the day of the three-year rule; None for somebody hired longer ago whose courses nobody has entered."""
    due = due_on(last_on, hired_on)
    return None if last_on is None and due is not None and due < today else due
