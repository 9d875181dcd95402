"""In whose charge a teacher is: of the organisations where they work today; when they left, of the last one.

Who employed somebody years ago still finds them in works of that time, but no longer changes, ties, takes out or
erases their data: another school does.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.errors import NotAllowed, NotFound
from core.people.scope import Action, Scope
from core.people.teacher_tables import Employment, Teacher
from core.store.live import live_row


def charge_of(session: Session, teacher_id: int, on: date | None = None) -> frozenset[int]:
    """Return the organisations where the teacher works on the day (today), or those that they left last."""
    day = on or date.today()
    query = select(Employment).where(Employment.teacher_id == teacher_id, col(Employment.deleted_at).is_(None))
    jobs = list(session.exec(query))
    present = [job for job in jobs if job.left_on is None or job.left_on > day]
    last = max((job.left_on for job in jobs if job.left_on is not None), default=None)
    return frozenset(job.organisation_id for job in present or [job for job in jobs if job.left_on == last])


def teacher_in_charge(session: Session, scope: Scope, action: Action, teacher_id: int) -> Teacher:
    """Return the teacher if the actor may take the action and the teacher is in their charge; raise NotFound if not."""
    scope = scope.require(action)
    teacher = live_row(session, Teacher, teacher_id, "Педагог")
    if not scope.sees_person(teacher_id, charge_of(session, teacher_id)):
        raise NotFound("Педагог")
    return teacher


def require_whole_charge(session: Session, scope: Scope, action: Action, teacher_id: int) -> None:
    """Raise NotFound for a teacher in the charge of others, NotAllowed for one who works elsewhere too."""
    teacher_in_charge(session, scope, action, teacher_id)
    scope = scope.require(action)
    if not all(scope.sees_person(teacher_id, frozenset({one})) for one in charge_of(session, teacher_id)):
        raise NotAllowed(
            "Этот педагог работает и в другой организации.",
            "Обратитесь к администратору, который отвечает за обе организации.",
        )
