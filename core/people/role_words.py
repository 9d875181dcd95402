"""Roles that people hold, in words: which role, where, about what, from when until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.people.account_tables import RoleGrant
from core.people.association_tables import Association
from core.people.role_grants import list_roles
from core.people.role_names import Role
from core.people.scope import Scope
from core.people.tables import Organisation

WHOLE_SYSTEM = "вся система"


@dataclass(frozen=True, slots=True)
class RoleInWords:
    """One role of one person. `until` is the first day without it, None: without limit."""

    id: int
    role: Role
    place: str
    subjects: tuple[str, ...]
    since: date
    until: date | None
    is_live: bool


def my_roles(session: Session, scope: Scope, on: date | None = None) -> list[RoleInWords]:
    """Return the roles that the actor holds now or will hold."""
    query = select(RoleGrant).where(RoleGrant.account_id == scope.actor_id, col(RoleGrant.deleted_at).is_(None))
    rows = _words(session, list(session.exec(query.order_by(col(RoleGrant.valid_from)))), on or date.today())
    return [row for row in rows if row.until is None or row.until > (on or date.today())]


def roles_of(session: Session, scope: Scope, account_id: int, on: date | None = None) -> list[RoleInWords]:
    """Return the roles of an account that the actor manages, past ones too."""
    return _words(session, list_roles(session, scope, account_id), on or date.today())


def _words(session: Session, grants: list[RoleGrant], day: date) -> list[RoleInWords]:
    return [
        RoleInWords(
            id=grant.id or 0,
            role=grant.role,
            place=_place(session, grant),
            subjects=tuple(grant.subjects),
            since=grant.valid_from,
            until=grant.valid_to,
            is_live=grant.valid_from <= day and (grant.valid_to is None or grant.valid_to > day),
        )
        for grant in grants
    ]


def _place(session: Session, grant: RoleGrant) -> str:
    association = session.get(Association, grant.association_id) if grant.association_id is not None else None
    if association is not None:
        return f"{association.kind} {association.name}"
    unit = session.get(Organisation, grant.organisation_id) if grant.organisation_id is not None else None
    return unit.name if unit is not None else WHOLE_SYSTEM
