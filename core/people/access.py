"""From the roles that a person holds on a day to their Scope."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from core.people.academic_year import year_on
from core.people.account_tables import Account, RoleGrant
from core.people.actions import Action
from core.people.association_tables import Association, AssociationMember
from core.people.grants import Grant, TaughtClass
from core.people.role_names import Role
from core.people.roles import ACCESS, Reach
from core.people.scope import Scope
from core.people.subject_parts import with_parts
from core.people.tables import Organisation, OrganisationKind, OrganisationMembership
from core.people.teacher_tables import TeachingAssignment


def scope_for(session: Session, account: Account, on: date | None = None) -> Scope:
    """Return what the person may see and do on a day, today by default.

    Roles, the tree of organisations, associations and assignments are all taken as of that day. A disabled or deleted
    account has an empty scope, which permits and shows nothing.
    """
    day = on or date.today()
    if account.id is None or account.disabled_at is not None or account.deleted_at is not None:
        return Scope.of(account.id, account.display_name, ())
    grants = [grant for held in live_grants(session, account.id, day) for grant in _grants(session, account, held, day)]
    return Scope.of(account.id, account.display_name, tuple(grants))


def live_grants(session: Session, account_id: int, day: date) -> list[RoleGrant]:
    """Return the roles that the account holds on the day."""
    query = (
        select(RoleGrant)
        .where(
            RoleGrant.account_id == account_id,
            col(RoleGrant.deleted_at).is_(None),
            RoleGrant.valid_from <= day,
            (col(RoleGrant.valid_to).is_(None)) | (col(RoleGrant.valid_to) > day),
        )
        .order_by(col(RoleGrant.id))
    )
    return list(session.exec(query))


def organisations_below(session: Session, organisation_id: int, day: date) -> frozenset[int]:
    """Return the ids of an organisation and of everything below it on the day; none when it does not exist.

    A school that was merged into another one is below it, so that its past reports stay visible.
    """
    members = (
        select(OrganisationMembership.organisation_id, OrganisationMembership.parent_id)
        .join(Organisation, col(Organisation.id) == OrganisationMembership.organisation_id)
        .where(
            OrganisationMembership.valid_from <= day,
            (col(OrganisationMembership.valid_to).is_(None)) | (col(OrganisationMembership.valid_to) > day),
            col(Organisation.deleted_at).is_(None),
        )
        .subquery()
    )
    start = select(Organisation.id).where(Organisation.id == organisation_id, col(Organisation.deleted_at).is_(None))
    tree = start.cte("tree", recursive=True)
    tree = tree.union(select(members.c.organisation_id).join(tree, members.c.parent_id == tree.c.id))
    return frozenset(session.exec(select(tree.c.id)))


def organisations_below_each(
    session: Session, organisation_ids: Collection[int], day: date
) -> dict[int, frozenset[int]]:
    """Return `organisations_below` of many organisations, read once."""
    units = set(session.exec(select(Organisation.id).where(col(Organisation.deleted_at).is_(None))))
    links = select(OrganisationMembership.parent_id, OrganisationMembership.organisation_id).where(
        OrganisationMembership.valid_from <= day,
        (col(OrganisationMembership.valid_to).is_(None)) | (col(OrganisationMembership.valid_to) > day),
    )
    children: dict[int | None, set[int]] = {}
    for parent, child in session.exec(links):
        if child in units:
            children.setdefault(parent, set()).add(child)
    found: dict[int, frozenset[int]] = {}
    for one in organisation_ids:
        below: set[int] = set()
        more = {one} & units
        while more:
            below |= more
            more = {child for unit in more for child in children.get(unit, ())} - below
        found[one] = frozenset(below)
    return found


@dataclass(frozen=True, slots=True)
class _Limits:
    """Everything but the actions of one grant."""

    organisations: frozenset[int] | None
    subjects: frozenset[str] | None = None
    classes: frozenset[TaughtClass] | None = None
    persons: frozenset[int] | None = None
    associations: frozenset[int] | None = None


def _grants(session: Session, account: Account, held: RoleGrant, day: date) -> list[Grant]:
    """Return one grant for each reach of the role; reaches that come to nothing are left out."""
    actions: dict[Reach, set[Action]] = {}
    for action, reach in ACCESS[held.role].items():
        actions.setdefault(reach, set()).add(action)
    above = actions.pop(Reach.ABOVE_SCHOOLS, set())
    if above and (held.organisation_id is None or not _is_school(session, held.organisation_id)):
        actions.setdefault(Reach.SUBTREE, set()).update(above)
    limits = {reach: _limits(session, account, held, reach, day) for reach in actions}
    pupils = limits.get(ACCESS[held.role].get(Action.VIEW_PUPILS, Reach.SELF))
    own_schools = _schools(session, held, pupils) if pupils is not None else frozenset[int]()
    return [
        Grant(
            frozenset(actions[reach]),
            found.organisations,
            own_schools,
            found.subjects,
            found.classes,
            found.persons,
            found.associations,
        )
        for reach, found in limits.items()
        if found is not None
    ]


def _limits(session: Session, account: Account, held: RoleGrant, reach: Reach, day: date) -> _Limits | None:
    """Return how far the reach goes for this person; None when it goes nowhere."""
    subjects = with_parts(held.subjects) or None
    match reach:
        case Reach.SUBTREE | Reach.ABOVE_SCHOOLS:
            if held.organisation_id is None:
                return _Limits(None, subjects) if held.role is Role.ADMINISTRATOR else None
            return _Limits(organisations_below(session, held.organisation_id, day), subjects)
        case Reach.MUNICIPALITY:
            return _Limits(frozenset(), frozenset(), None, frozenset(), frozenset())
        case Reach.OWN_SCHOOL:
            if held.organisation_id is None or not _is_school(session, held.organisation_id):
                return None
            return _Limits(organisations_below(session, held.organisation_id, day), subjects)
        case Reach.ASSOCIATION:
            return _association_limits(session, held, subjects, day)
        case Reach.OWN_CLASSES:
            return _class_limits(session, account, held, subjects, day)
        case Reach.SELF:
            if account.teacher_id is None:
                return None
            mine = session.exec(
                select(AssociationMember.association_id).where(
                    AssociationMember.teacher_id == account.teacher_id, _members_on(day)
                )
            )
            return _Limits(frozenset(), frozenset(), None, frozenset({account.teacher_id}), frozenset(mine))


def _association_limits(
    session: Session, held: RoleGrant, subjects: frozenset[str] | None, day: date
) -> _Limits | None:
    association = session.get(Association, held.association_id) if held.association_id is not None else None
    if association is None or association.deleted_at is not None:
        return None
    own = with_parts(association.subjects)
    if own and subjects:
        subjects = own & subjects
    members = session.exec(
        select(AssociationMember.teacher_id).where(
            AssociationMember.association_id == held.association_id, _members_on(day)
        )
    )
    return _Limits(
        organisations_below(session, association.organisation_id, day),
        subjects if subjects is not None else own or None,
        None,
        frozenset(members),
        frozenset({held.association_id or 0}),
    )


def _class_limits(
    session: Session, account: Account, held: RoleGrant, subjects: frozenset[str] | None, day: date
) -> _Limits | None:
    """Return the classes that the person teaches or taught here, and what this year's classes were a year before."""
    if account.teacher_id is None or held.organisation_id is None:
        return None
    schools = organisations_below(session, held.organisation_id, day)
    this_year = year_on(day)
    rows = session.exec(
        select(TeachingAssignment).where(
            TeachingAssignment.teacher_id == account.teacher_id,
            col(TeachingAssignment.school_id).in_(schools),
            col(TeachingAssignment.deleted_at).is_(None),
            TeachingAssignment.year <= this_year,
        )
    )
    classes: set[TaughtClass] = set()
    for row in rows:
        if subjects is None or row.subject in subjects:
            for subject in with_parts([row.subject]):
                taught = TaughtClass(row.school_id, row.grade, row.letter, subject, row.year)
                classes.add(taught)
                if row.year == this_year:
                    classes.add(taught._replace(grade=row.grade - 1, year=row.year - 1))
    taught_subjects = frozenset(part.subject for part in classes)
    return _Limits(schools, taught_subjects, frozenset(classes), frozenset({account.teacher_id}), frozenset())


def _schools(session: Session, held: RoleGrant, pupils: _Limits) -> frozenset[int]:
    """Return the schools in which the role shows single participants: only where it is held in a school."""
    holder = held.organisation_id
    if held.association_id is not None:
        association = session.get(Association, held.association_id)
        holder = association.organisation_id if association is not None else None
    if holder is None or not _is_school(session, holder):
        return frozenset()
    return pupils.organisations or frozenset()


def _is_school(session: Session, organisation_id: int) -> bool:
    unit = session.get(Organisation, organisation_id)
    return unit is not None and unit.kind is OrganisationKind.SCHOOL


def _members_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a membership of an association holds on the day."""
    return and_(
        col(AssociationMember.valid_from) <= day,
        or_(col(AssociationMember.valid_to).is_(None), col(AssociationMember.valid_to) > day),
    )
