"""Accounts: making, renaming, disabling. A first password is given by the program, never chosen by somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, select

from core.errors import InvalidInput, NotAllowed
from core.people.account_tables import Account, AccountSecret
from core.people.account_teacher import require_free_teacher
from core.people.attempts import forgive_account
from core.people.identities import normal_email
from core.people.logins import get_secret, require_good_login
from core.people.managing import is_last_administrator, managed_account
from core.people.passwords import NewPassword, new_password
from core.people.scope import Action, Scope
from core.people.second_factor import remove_second_factor
from core.people.sessions import end_all_sessions
from core.people.tables import Organisation
from core.store.audit import record_event
from core.store.base import utc_now
from core.store.live import live_row

INITIAL_PASSWORD_LIVES = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class GivenPassword:
    """An account with a password that is shown once and must be changed at the first sign-in."""

    account_id: int
    login: str
    password: str
    expires_at: datetime


def create_account(
    session: Session,
    scope: Scope,
    *,
    login: str,
    display_name: str,
    organisation_id: int | None,
    teacher_id: int | None = None,
    email: str = "",
    password: NewPassword | None = None,
    now: datetime | None = None,
) -> GivenPassword:
    """Create an account without roles, with a random password that works for 72 hours.

    `password` is made before the unit of work, by `new_password()`, where many accounts are created at once: hashing
    takes a quarter of a second each, and writers wait for each other.
    `organisation_id` None (an account of no organisation) is for administrators of the whole system only. Raises
    InvalidInput when the login, the e-mail or the teacher already has an account.
    """
    scope = scope.require(Action.MANAGE_ACCOUNTS)
    _require_home(session, scope, organisation_id)
    name = display_name.strip()
    if not name:
        raise InvalidInput("У учётной записи должно быть имя.", "Впишите фамилию и инициалы.")
    if teacher_id is not None:
        require_free_teacher(session, scope, teacher_id)
    account = Account(
        login=require_good_login(session, login),
        display_name=name[:120],
        organisation_id=organisation_id,
        teacher_id=teacher_id,
        email=_free_email(session, email),
    )
    session.add(account)
    session.flush()
    session.add(AccountSecret(account_id=account.id or 0))
    session.flush()
    return _give_password(session, account, password or new_password(), now or utc_now())


def reset_password(
    session: Session, scope: Scope, account_id: int, password: NewPassword | None = None, now: datetime | None = None
) -> GivenPassword:
    """Give a new random password for 72 hours; all sessions of the person end, delays after failures are lifted."""
    account = managed_account(session, scope, account_id)
    now = now or utc_now()
    given = _give_password(session, account, password or new_password(), now)
    end_all_sessions(session, account_id, "выдан новый пароль", now)
    forgive_account(session, account_id, now)
    record_event(session, "выдан новый пароль", "account", account_id, organisation_id=account.organisation_id)
    return given


def disable_account(
    session: Session, scope: Scope, account_id: int, reason: str, now: datetime | None = None
) -> Account:
    """Shut the account: sessions end at their next run, signing in is impossible. Nothing else changes."""
    account = managed_account(session, scope, account_id)
    if account_id == scope.actor_id:
        raise NotAllowed("Свою учётную запись отключить нельзя.", "Попросите другого администратора.")
    if is_last_administrator(session, account_id):
        raise NotAllowed("Это последний администратор системы.", "Сначала назначьте другого.")
    now = now or utc_now()
    account.disabled_at, account.disabled_reason = now, reason.strip()[:300]
    session.add(account)
    end_all_sessions(session, account_id, "отключение", now)
    return account


def enable_account(session: Session, scope: Scope, account_id: int) -> Account:
    """Open a disabled account again."""
    account = managed_account(session, scope, account_id)
    account.disabled_at, account.disabled_reason = None, ""
    session.add(account)
    return account


def rename_account(
    session: Session, scope: Scope, account_id: int, *, login: str, display_name: str, email: str = ""
) -> Account:
    """Change login, name and e-mail. A new e-mail looses the tie to the provider's person."""
    account = managed_account(session, scope, account_id)
    account.login = require_good_login(session, login, owner_id=account_id)
    account.display_name = display_name.strip()[:120] or account.display_name
    new_email = normal_email(email)
    if new_email != account.email:
        account.email = _free_email(session, email)
        account.oidc_issuer = account.oidc_subject = None
        end_all_sessions(session, account_id, "сменён адрес электронной почты")
    session.add(account)
    return account


def reset_second_factor(session: Session, scope: Scope, account_id: int, reason: str) -> None:
    """Remove the second factor of somebody who lost the telephone; all their sessions end."""
    account = managed_account(session, scope, account_id)
    remove_second_factor(session, account, reason, utc_now())


def end_sessions_of(session: Session, scope: Scope, account_id: int) -> int:
    """End all sessions of a person; return how many there were."""
    account = managed_account(session, scope, account_id)
    ended = end_all_sessions(session, account_id, "завершены администратором")
    record_event(session, "сеансы завершены", "account", account_id, organisation_id=account.organisation_id)
    return ended


def lift_delay(session: Session, scope: Scope, account_id: int, now: datetime | None = None) -> int:
    """Let a person who mistyped the password too often try again at once; return how many failures were lifted."""
    account = managed_account(session, scope, account_id)
    record_event(session, "снята задержка входа", "account", account_id, organisation_id=account.organisation_id)
    return forgive_account(session, account_id, now or utc_now())


def _give_password(session: Session, account: Account, password: NewPassword, now: datetime) -> GivenPassword:
    secret = get_secret(session, account.id or 0)
    secret.password_hash = password.hashed
    secret.password_set_at = now
    secret.must_change_password = True
    secret.initial_password_expires_at = now + INITIAL_PASSWORD_LIVES
    session.add(secret)
    return GivenPassword(account.id or 0, account.login, password.text, secret.initial_password_expires_at)


def _require_home(session: Session, scope: Scope, organisation_id: int | None) -> None:
    if organisation_id is None:
        scope.require_everywhere(Action.MANAGE_ACCOUNTS)
        return
    scope.require_organisation(organisation_id)
    live_row(session, Organisation, organisation_id, "Организация")


def _free_email(session: Session, text: str) -> str | None:
    email = normal_email(text)
    if email is None:
        return None
    if "@" not in email[1:-1] or len(email) > 254:
        raise InvalidInput(f"«{text.strip()}» не похоже на адрес электронной почты.", "Проверьте адрес.")
    if session.exec(select(Account).where(Account.email == email)).first() is not None:
        raise InvalidInput(f"Адрес {email} уже указан в другой учётной записи.", "Укажите другой адрес.")
    return email
