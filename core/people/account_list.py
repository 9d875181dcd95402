"""The accounts that somebody manages, as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from core.errors import NotAllowed
from core.people.access import live_grants
from core.people.account_tables import AccountSecret
from core.people.managing import list_managed, managed_account
from core.people.scope import Scope
from core.people.tables import Organisation


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account. `is_managed` is False where a role of the person lies beyond the actor."""

    id: int
    login: str
    name: str
    email: str | None
    organisation_id: int | None
    organisation: str
    teacher_id: int | None
    roles: tuple[str, ...]
    """Names of the roles that hold today, each once."""
    is_disabled: bool
    waits_for_change: bool
    """Whether a given password has not been changed yet."""
    has_second_factor: bool
    last_used_at: datetime | None
    is_managed: bool


def account_rows(session: Session, scope: Scope, on: date | None = None) -> list[AccountRow]:
    """Return the accounts of the actor's organisations, also disabled ones, by name."""
    day = on or date.today()
    accounts = list_managed(session, scope)
    ids = [account.id or 0 for account in accounts]
    secrets = {
        secret.account_id: secret
        for secret in session.exec(select(AccountSecret).where(col(AccountSecret.account_id).in_(ids)))
    }
    places = {account.organisation_id for account in accounts if account.organisation_id is not None}
    names = {unit.id: unit.name for unit in session.exec(select(Organisation).where(col(Organisation.id).in_(places)))}
    return [
        AccountRow(
            id=account.id or 0,
            login=account.login,
            name=account.display_name,
            email=account.email,
            organisation_id=account.organisation_id,
            organisation=names.get(account.organisation_id, ""),
            teacher_id=account.teacher_id,
            roles=tuple(dict.fromkeys(held.role.value for held in live_grants(session, account.id or 0, day))),
            is_disabled=account.disabled_at is not None,
            waits_for_change=secrets[account.id or 0].must_change_password,
            has_second_factor=secrets[account.id or 0].totp_enabled,
            last_used_at=secrets[account.id or 0].last_used_at,
            is_managed=_is_managed(session, scope, account.id or 0),
        )
        for account in accounts
    ]


def _is_managed(session: Session, scope: Scope, account_id: int) -> bool:
    try:
        managed_account(session, scope, account_id)
    except NotAllowed:
        return False
    return True
