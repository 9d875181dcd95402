"""Who sees and changes methodical help: by organisation, by association, and what is about oneself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.scope import Action, Scope
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import jobs_of, shown_name
from core.planning.access import Actor, actor_of


def workplaces(session: Session, teacher_id: int, on: date | None = None) -> frozenset[int]:
    """Return the organisations where the teacher works on the day (today)."""
    return workplaces_of(session, [teacher_id], on)[teacher_id]


def workplaces_of(session: Session, teacher_ids: Iterable[int], on: date | None = None) -> dict[int, frozenset[int]]:
    """Return `workplaces` of each of the teachers, read at once."""
    day = on or date.today()
    found: dict[int, set[int]] = {one: set() for one in teacher_ids}
    query = select(Employment.teacher_id, Employment.organisation_id).where(
        col(Employment.teacher_id).in_(found), col(Employment.deleted_at).is_(None),
        col(Employment.hired_on).is_(None) | (col(Employment.hired_on) <= day),
        col(Employment.left_on).is_(None) | (col(Employment.left_on) > day),
    )
    for teacher_id, organisation_id in session.exec(query):
        found[teacher_id].add(organisation_id)
    return {teacher_id: frozenset(places) for teacher_id, places in found.items()}


def all_workplaces(session: Session) -> dict[int, frozenset[int]]:
    """Return for every teacher where they work or ever worked."""
    found: dict[int, set[int]] = {}
    rows = session.exec(
        select(Employment.teacher_id, Employment.organisation_id).where(col(Employment.deleted_at).is_(None))
    )
    for teacher_id, organisation_id in rows:
        found.setdefault(teacher_id, set()).add(organisation_id)
    return {teacher_id: frozenset(places) for teacher_id, places in found.items()}


def sees_organisation(scope: Scope, organisation_id: int) -> bool:
    """Say whether the help of the whole organisation may be seen."""
    return scope.allows(Action.VIEW_HELP) and scope.require(Action.VIEW_HELP).sees_all_associations(organisation_id)


def sees_teacher(scope: Scope, actor: Actor, teacher_id: int, places: frozenset[int]) -> bool:
    """Say whether help to the teacher may be seen: their own, of members of one's association, of one's school."""
    if actor.teacher_id == teacher_id:
        return True
    return scope.allows(Action.VIEW_HELP) and scope.require(Action.VIEW_HELP).sees_person(teacher_id, places)


def knows_deficits(scope: Scope, actor: Actor, teacher_id: int, school_id: int) -> bool:
    """Say whether what the diagnostics found out about the teacher may be told: to themselves and inside the school."""
    if actor.teacher_id == teacher_id:
        return True
    if not scope.allows(Action.VIEW_PERSONAL_DEFICITS):
        return False
    return scope.require(Action.VIEW_PERSONAL_DEFICITS).sees_inside_school(teacher_id, school_id)


def manages(scope: Scope, organisation_id: int, action: Action = Action.MANAGE_HELP) -> bool:
    """Say whether the actor keeps the help of the organisation, or with another action approves it."""
    return scope.allows(action) and scope.require(action).sees_all_associations(organisation_id)


def require_managed(scope: Scope, organisation_id: int, action: Action = Action.MANAGE_HELP) -> None:
    """Raise NotAllowed without the right, NotFound for an organisation outside of it."""
    if not scope.require(action).sees_all_associations(organisation_id):
        raise NotFound("Организация")


def require_teacher(session: Session, scope: Scope, teacher_id: int) -> Teacher:
    """Return a teacher to whom or by whom help is arranged; raise NotFound for one whom the actor must not know."""
    teacher = session.get(Teacher, teacher_id)
    places = frozenset(job.organisation_id for job in jobs_of(session, teacher_id))
    if teacher is None or teacher.deleted_at is not None:
        raise NotFound("Педагог")
    if not sees_teacher(scope, actor_of(session, scope), teacher_id, places):
        raise NotFound("Педагог")
    return teacher


def require_works_here(session: Session, teacher_id: int, organisation_id: int) -> None:
    """Raise InvalidInput for a teacher who does not work in the organisation today."""
    if organisation_id not in workplaces(session, teacher_id):
        raise InvalidInput(
            "Этот педагог не работает в этой организации.", "Выберите другого или внесите его в список педагогов."
        )


def names_of(session: Session, scope: Scope, teacher_ids: Iterable[int]) -> dict[int, str]:
    """Return the names by which these teachers are shown to the actor; one's own name is always shown."""
    wanted = set(teacher_ids)
    if not wanted:
        return {}
    own = actor_of(session, scope).teacher_id
    places = all_workplaces(session)
    rows = session.exec(select(Teacher).where(col(Teacher.id).in_(wanted)))
    return {
        row.id or 0: row.full_name if row.id == own else shown_name(scope, row, places.get(row.id or 0, frozenset()))
        for row in rows
    }
