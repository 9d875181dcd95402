"""Associations: creating, changing, members with their days, heads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.people.access import organisations_below
from core.people.association_tables import Association, AssociationKind, AssociationMember
from core.people.organisations import get_organisation, natural_key, normal_name
from core.people.scope import Action, Scope
from core.people.tables import OrganisationKind
from core.people.teacher_tables import Employment, Teacher
from core.people.teachers import clean_subjects, jobs_of, shown_name
from core.store.base import utc_now

SCHOOL_KINDS = frozenset({AssociationKind.SCHOOL_ASSOCIATION, AssociationKind.SCHOOL_COUNCIL})
COMMUNITIES = frozenset({AssociationKind.SUBJECT_CLUB, AssociationKind.YOUNG_COUNCIL, AssociationKind.NETWORK})
"""Kinds that exist in schools and above them alike."""
"""Kinds that exist in a school only; the others, but for clubs, exist above schools only."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an association, by the name under which the actor may see them."""

    membership_id: int
    teacher_id: int
    name: str
    is_head: bool
    valid_from: date
    valid_to: date | None


def association_name(association: Association) -> str:
    """Return «РМО учителей физики»: kind and name, the kind once where the name begins with it."""
    kind = association.kind.value
    begins = association.name.casefold().startswith(kind.casefold())
    return association.name if begins else f"{kind} {association.name}"


def list_associations(
    session: Session, scope: Scope, organisation_id: int | None = None, subject: str | None = None
) -> list[Association]:
    """Return the associations of the scope, by name; those of one organisation or about one subject if given."""
    scope = scope.require(Action.VIEW_PEOPLE)
    query = select(Association).where(col(Association.deleted_at).is_(None))
    if organisation_id is not None:
        query = query.where(Association.organisation_id == organisation_id)
    rows = session.exec(scope.within_associations(query, col(Association.id), col(Association.organisation_id)))
    found = [row for row in rows if subject is None or not row.subjects or subject in row.subjects]
    return sorted(found, key=lambda row: natural_key(f"{row.kind} {row.name}"))


def get_association(session: Session, scope: Scope, association_id: int) -> Association:
    """Return the association; raise NotFound when there is none or the scope does not see it."""
    return _find(session, scope.require(Action.VIEW_PEOPLE), association_id)


def create_association(
    session: Session,
    scope: Scope,
    organisation_id: int,
    *,
    kind: AssociationKind,
    name: str,
    subjects: Iterable[str] = (),
) -> Association:
    """Create an association of the organisation. Raises InvalidInput when its kind or name cannot be there."""
    scope = scope.require(Action.MANAGE_ASSOCIATIONS)
    if not scope.sees_all_associations(organisation_id):
        raise NotFound("Организация")
    unit = get_organisation(session, scope, organisation_id)
    name = name.strip()
    if not name:
        raise InvalidInput("У объединения должно быть название.", "Впишите, например: учителей математики и физики.")
    require_fitting_kind(kind, unit.kind)
    _require_free_name(session, organisation_id, kind, name)
    row = Association(organisation_id=organisation_id, kind=kind, name=name[:200], subjects=clean_subjects(subjects))
    session.add(row)
    session.flush()
    return row


def require_fitting_kind(kind: AssociationKind, organisation: OrganisationKind) -> None:
    """Raise InvalidInput for a school's kind of association above schools, and the other way round; communities fit."""
    in_school = organisation is OrganisationKind.SCHOOL
    if kind not in COMMUNITIES and (kind in SCHOOL_KINDS) != in_school:
        place = "школе" if kind in SCHOOL_KINDS else "муниципалитете или регионе"
        raise InvalidInput(f"{kind} создаётся в {place}.", "Выберите другую организацию или другой вид.")


def change_association(
    session: Session, scope: Scope, association_id: int, *, name: str, subjects: Iterable[str]
) -> Association:
    """Change the name and the subjects. Subjects decide what the head sees: only managers of the organisation may."""
    row = _managed(session, scope, association_id)
    wanted = clean_subjects(subjects)
    from_above = scope.require(Action.MANAGE_ASSOCIATIONS).sees_all_associations(row.organisation_id)
    if wanted != row.subjects and not from_above:
        raise InvalidInput("Предметы объединения меняет администрация.", "Обратитесь к администрации организации.")
    name = name.strip() or row.name
    if normal_name(name) != normal_name(row.name):
        _require_free_name(session, row.organisation_id, row.kind, name)
    row.name, row.subjects = name[:200], wanted
    session.add(row)
    return row


def delete_association(session: Session, scope: Scope, association_id: int) -> None:
    """Delete an association; it can be undone from the журнал. Roles of its heads stop working with it."""
    row = _managed(session, scope, association_id)
    row.deleted_at, row.deleted_by = utc_now(), scope.actor_name
    session.add(row)


def list_members(session: Session, scope: Scope, association_id: int, on: date | None = None) -> list[Member]:
    """Return who belonged to the association on the day (today): heads first, then by name."""
    get_association(session, scope, association_id)
    day = on or date.today()
    rows = session.exec(
        select(AssociationMember, Teacher)
        .join(Teacher, col(Teacher.id) == AssociationMember.teacher_id)
        .where(
            AssociationMember.association_id == association_id,
            AssociationMember.valid_from <= day,
            col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > day),
            col(Teacher.deleted_at).is_(None),
        )
    ).all()
    members = [
        Member(
            membership_id=row.id or 0,
            teacher_id=row.teacher_id,
            name=shown_name(scope, teacher, (job.organisation_id for job in jobs_of(session, row.teacher_id))),
            is_head=row.is_head,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row, teacher in rows
    ]
    return sorted(members, key=lambda member: (not member.is_head, natural_key(member.name)))


def list_candidates(
    session: Session, scope: Scope, association_id: int, on: date | None = None
) -> list[tuple[int, str]]:
    """Return (id, shown name) of the teachers who could join: of the organisation, with one of the subjects."""
    row = _managed(session, scope, association_id)
    day = on or date.today()
    members = {member.teacher_id for member in list_members(session, scope, association_id, day)}
    found = [
        (
            teacher.id or 0,
            shown_name(scope, teacher, (job.organisation_id for job in jobs_of(session, teacher.id or 0))),
        )
        for teacher in _works_below(session, row, day)
        if teacher.id not in members and (not row.subjects or set(row.subjects) & set(teacher.subjects))
    ]
    return sorted(found, key=lambda pair: natural_key(pair[1]))


def add_member(
    session: Session,
    scope: Scope,
    association_id: int,
    teacher_id: int,
    *,
    is_head: bool = False,
    on: date | None = None,
) -> AssociationMember:
    """Let a teacher belong to the association from a day on (today); who belongs already stays.

    Who manages the associations of the organisation adds any teacher who works there or below; a head, who sees the
    deficits of members, those who teach one of the association's subjects.
    """
    row = _managed(session, scope, association_id)
    day = on or date.today()
    found = next((one for one in _works_below(session, row, day) if one.id == teacher_id), None)
    if found is None:
        raise NotFound("Педагог")
    from_above = scope.require(Action.MANAGE_ASSOCIATIONS).sees_all_associations(row.organisation_id)
    if not from_above and row.subjects and not set(row.subjects) & set(found.subjects):
        raise InvalidInput(
            f"Этот педагог не ведёт предметы объединения: {', '.join(row.subjects)}.",
            "Обратитесь к администрации организации: она принимает и педагогов других предметов.",
        )
    present = session.exec(
        select(AssociationMember).where(
            AssociationMember.association_id == association_id,
            AssociationMember.teacher_id == teacher_id,
            col(AssociationMember.valid_to).is_(None) | (col(AssociationMember.valid_to) > day),
        )
    ).first()
    member = present or AssociationMember(association_id=association_id, teacher_id=teacher_id, valid_from=day)
    member.is_head = is_head
    session.add(member)
    session.flush()
    return member


def end_membership(session: Session, scope: Scope, membership_id: int, on: date | None = None) -> None:
    """End a membership on a day (today); earlier minutes and deficits keep the member."""
    member = session.get(AssociationMember, membership_id)
    if member is None:
        raise NotFound("Участник объединения")
    _managed(session, scope, member.association_id)
    member.valid_to = on or date.today()
    session.add(member)


def _managed(session: Session, scope: Scope, association_id: int) -> Association:
    return _find(session, scope.require(Action.MANAGE_ASSOCIATIONS), association_id)


def _require_free_name(session: Session, organisation_id: int, kind: AssociationKind, name: str) -> None:
    query = select(Association).where(
        Association.organisation_id == organisation_id,
        Association.kind == kind,
        col(Association.deleted_at).is_(None),
    )
    if any(normal_name(row.name) == normal_name(name) for row in session.exec(query)):
        raise InvalidInput(f"{kind} «{name}» уже есть.", "Дайте другое название.")


def _find(session: Session, scope: Scope, association_id: int) -> Association:
    row = session.get(Association, association_id)
    if row is None or row.deleted_at is not None or not scope.sees_association(association_id, row.organisation_id):
        raise NotFound("Объединение")
    return row


def _works_below(session: Session, row: Association, day: date) -> list[Teacher]:
    """Return the teachers who work in the association's organisation or below it on the day."""
    query = (
        select(Teacher)
        .join(Employment, col(Employment.teacher_id) == Teacher.id)
        .where(
            col(Employment.organisation_id).in_(organisations_below(session, row.organisation_id, day)),
            col(Employment.deleted_at).is_(None),
            col(Employment.left_on).is_(None) | (col(Employment.left_on) > day),
            col(Teacher.deleted_at).is_(None),
        )
    )
    return list({teacher.id: teacher for teacher in session.exec(query)}.values())
