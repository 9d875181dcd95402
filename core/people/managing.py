"""Whose account an actor may manage, and which roles they may give: nobody rises above what they were given."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from core.errors import NotAllowed, NotFound
from core.people.access import live_grants, organisations_below
from core.people.account_tables import Account, RoleGrant
from core.people.role_names import Role
from core.people.roles import GRANTED_BY
from core.people.scope import Action, Scope


def managed_account(session: Session, scope: Scope, account_id: int) -> Account:
    """Return the account if the actor manages it: it lies in their organisations, and so do all roles of it.

    Somebody's password is the key to all their roles, so a director cannot reset that of a person who also holds a
    role in the municipality. Raises NotFound for accounts elsewhere, NotAllowed for those with roles beyond.
    """
    scope = scope.require(Action.MANAGE_ACCOUNTS)
    account = session.get(Account, account_id)
    if account is None or account.deleted_at is not None or not _is_home(scope, account):
        raise NotFound("Учётная запись")
    for grant in _grants_from_today(session, account_id):
        if not may_give(session, scope, grant.role, grant.organisation_id):
            raise NotAllowed(
                f"У этой учётной записи есть роль «{grant.role}», которой вы не распоряжаетесь.",
                "Обратитесь к администратору вышестоящей организации.",
            )
    return account


def list_managed(session: Session, scope: Scope) -> list[Account]:
    """Return the accounts of the actor's organisations, also disabled ones, by name."""
    scope = scope.require(Action.MANAGE_ACCOUNTS)
    query = select(Account).where(col(Account.deleted_at).is_(None)).order_by(col(Account.display_name))
    return list(session.exec(scope.within(query, col(Account.organisation_id))))


def may_give(session: Session, scope: Scope, role: Role, organisation_id: int | None) -> bool:
    """Say whether the actor may give (and take) the role in the organisation; None: in the whole system."""
    if not scope.allows(Action.MANAGE_ACCOUNTS):
        return False
    if organisation_id is None:
        return scope.require(Action.MANAGE_ACCOUNTS).organisations is None
    return role in givable_roles(session, scope, organisation_id)


def givable_roles(session: Session, scope: Scope, organisation_id: int) -> frozenset[Role]:
    """Return the roles that the actor may give in the organisation, by the roles they hold there or above."""
    scope = scope.require(Action.MANAGE_ACCOUNTS)
    if scope.organisations is None:
        return frozenset(Role)
    if not scope.sees_organisation(organisation_id):
        return frozenset()
    day = date.today()
    found: set[Role] = set()
    for held in live_grants(session, scope.actor_id or 0, day):
        if held.organisation_id is not None and organisation_id in organisations_below(
            session, held.organisation_id, day
        ):
            found |= GRANTED_BY.get(held.role, frozenset())
    return frozenset(found)


def roles_to_give(session: Session, scope: Scope) -> frozenset[Role]:
    """Return the roles that the actor may give somewhere, to choose from; giving asks again about the place."""
    scope = scope.require(Action.MANAGE_ACCOUNTS)
    if scope.organisations is None:
        return frozenset(Role)
    held = live_grants(session, scope.actor_id or 0, date.today())
    return frozenset(role for grant in held for role in GRANTED_BY.get(grant.role, ()))


def is_last_administrator(session: Session, account_id: int) -> bool:
    """Say whether nobody but this account administers the whole system."""
    day = date.today()
    holders = session.exec(
        select(RoleGrant.account_id)
        .join(Account, col(Account.id) == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            col(RoleGrant.organisation_id).is_(None),
            col(RoleGrant.deleted_at).is_(None),
            RoleGrant.valid_from <= day,
            col(RoleGrant.valid_to).is_(None) | (col(RoleGrant.valid_to) > day),
            col(Account.disabled_at).is_(None),
            col(Account.deleted_at).is_(None),
        )
    )
    return set(holders) == {account_id}


def _is_home(scope: Scope, account: Account) -> bool:
    if account.organisation_id is None:
        return scope.organisations is None
    return scope.sees_organisation(account.organisation_id)


def _grants_from_today(session: Session, account_id: int) -> list[RoleGrant]:
    """Return the roles that the account holds now or will hold."""
    day = date.today()
    query = select(RoleGrant).where(
        RoleGrant.account_id == account_id,
        col(RoleGrant.deleted_at).is_(None),
        col(RoleGrant.valid_to).is_(None) | (col(RoleGrant.valid_to) > day),
    )
    return list(session.exec(query))
