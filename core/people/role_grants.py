"""Giving and taking roles. All sessions of the person end with it: new rights begin with a new sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotAllowed
from core.people.account_tables import RoleGrant
from core.people.association_tables import Association
from core.people.managing import is_last_administrator, managed_account, may_give
from core.people.role_names import Role
from core.people.roles import SCHOOL_ROLES
from core.people.scope import Scope
from core.people.sessions import end_all_sessions
from core.people.tables import Organisation, OrganisationKind
from core.store.base import utc_now
from core.store.live import live_row


def grant_role(
    session: Session,
    scope: Scope,
    account_id: int,
    role: Role,
    *,
    organisation_id: int | None,
    association_id: int | None = None,
    subjects: Iterable[str] = (),
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give a role from a day (today) up to, not including, another (without limit).

    `organisation_id` is None for an administrator of the whole system only; a head of an association names it with
    `association_id`, and the organisation is the association's. Raises NotAllowed when the actor does not dispose of
    the role there, InvalidInput when the parts do not fit together.
    """
    account = managed_account(session, scope, account_id)
    begins = valid_from or date.today()
    if valid_to is not None and valid_to <= begins:
        raise InvalidInput("Роль заканчивается раньше, чем начинается.", "Исправьте даты.")
    if role is Role.ASSOCIATION_HEAD:
        organisation_id = _association(session, association_id).organisation_id
    elif association_id is not None:
        raise InvalidInput(f"Роль «{role}» не связана с объединением.", "Уберите объединение или смените роль.")
    _require_fitting(session, role, organisation_id)
    if not may_give(session, scope, role, organisation_id):
        raise NotAllowed(f"Вы не можете назначить роль «{role}» в этой организации.", "Обратитесь к администратору.")
    grant = RoleGrant(
        account_id=account_id,
        role=role,
        organisation_id=organisation_id,
        association_id=association_id,
        subjects=sorted(set(subjects)),
        valid_from=begins,
        valid_to=valid_to,
    )
    session.add(grant)
    session.flush()
    end_all_sessions(session, account.id or 0, "изменение ролей")
    return grant


def revoke_role(session: Session, scope: Scope, grant_id: int) -> RoleGrant:
    """Take a role back; it can be restored from the журнал."""
    grant = live_row(session, RoleGrant, grant_id, "Роль")
    managed_account(session, scope, grant.account_id)
    if (
        grant.role is Role.ADMINISTRATOR
        and grant.organisation_id is None
        and is_last_administrator(session, grant.account_id)
        and not _has_another(session, grant)
    ):
        raise NotAllowed("Это последний администратор системы.", "Сначала назначьте другого.")
    grant.deleted_at, grant.deleted_by = utc_now(), scope.actor_name
    session.add(grant)
    end_all_sessions(session, grant.account_id, "изменение ролей")
    return grant


def list_roles(session: Session, scope: Scope, account_id: int) -> list[RoleGrant]:
    """Return the roles of an account that the actor manages, past and future ones too; not those taken back."""
    managed_account(session, scope, account_id)
    query = select(RoleGrant).where(RoleGrant.account_id == account_id, col(RoleGrant.deleted_at).is_(None))
    return list(session.exec(query.order_by(col(RoleGrant.valid_from), col(RoleGrant.id))))


def _association(session: Session, association_id: int | None) -> Association:
    association = session.get(Association, association_id) if association_id is not None else None
    if association is None or association.deleted_at is not None:
        raise InvalidInput("Не указано, каким объединением руководит человек.", "Выберите объединение.")
    return association


def _require_fitting(session: Session, role: Role, organisation_id: int | None) -> None:
    if organisation_id is None:
        if role is not Role.ADMINISTRATOR:
            raise InvalidInput(f"Роль «{role}» даётся в организации.", "Выберите организацию.")
        return
    unit = live_row(session, Organisation, organisation_id, "Организация")
    if role in SCHOOL_ROLES and unit.kind is not OrganisationKind.SCHOOL:
        raise InvalidInput(f"Роль «{role}» бывает только в школе.", "Выберите школу.")


def _has_another(session: Session, grant: RoleGrant) -> bool:
    query = select(RoleGrant).where(
        RoleGrant.account_id == grant.account_id,
        RoleGrant.role == Role.ADMINISTRATOR,
        col(RoleGrant.organisation_id).is_(None),
        col(RoleGrant.deleted_at).is_(None),
        RoleGrant.id != grant.id,
    )
    return session.exec(query).first() is not None
