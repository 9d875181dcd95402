"""The second factor: codes of an authenticator app (TOTP, RFC 6238) and one-time recovery codes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlmodel import Session, col, delete, select

from core.errors import InvalidInput
from core.people.access import live_grants
from core.people.account_tables import Account, AccountSecret, RecoveryCode, RoleRule
from core.people.keys import InstallationKey
from core.people.logins import get_secret
from core.people.role_names import Role
from core.people.scope import Action, Scope
from core.people.session_tables import TicketPurpose
from core.people.sessions import end_all_sessions
from core.people.tickets import issue_ticket
from core.store.audit import record_event
from core.store.base import utc_now

ISSUER = "Цикл качества"
STEP_SECONDS = 30
DRIFT_STEPS = 1
"""A clock may differ by one step in either direction."""
RECOVERY_CODES = 10
_CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a person enters into the authenticator app."""

    secret: str
    """For typing by hand."""
    address: str
    """«otpauth://…», to be shown as a QR code."""


@dataclass(frozen=True, slots=True)
class SwitchedOn:
    """The second factor is on: codes to be shown once, and a ticket with which the person stays signed in."""

    recovery_codes: tuple[str, ...]
    ticket: str


def begin_second_factor(session: Session, key: InstallationKey, account: Account) -> Enrolment:
    """Give the person a new secret; nothing is required yet until `switch_on` proves that the app works."""
    secret = get_secret(session, account.id or 0)
    if secret.totp_enabled:
        raise InvalidInput("Второй фактор уже включён.", "Чтобы сменить приложение, сначала выключите его.")
    shared = pyotp.random_base32()
    secret.totp_secret = key.encrypt(shared)
    secret.totp_last_step = 0
    session.add(secret)
    address = pyotp.TOTP(shared).provisioning_uri(name=account.login, issuer_name=ISSUER)
    return Enrolment(shared, address)


def switch_on(
    session: Session, key: InstallationKey, account: Account, code: str, now: datetime | None = None
) -> SwitchedOn:
    """Switch the second factor on after the app showed a right code; all sessions of the person end."""
    now = now or utc_now()
    secret = get_secret(session, account.id or 0)
    if secret.totp_enabled or secret.totp_secret is None:
        raise InvalidInput("Настройка второго фактора не начата.", "Откройте её заново и отсканируйте код.")
    if not _totp_fits(session, key, secret, code, now):
        raise wrong_code()
    secret.totp_enabled = True
    codes = new_recovery_codes(session, key, secret.account_id)
    end_all_sessions(session, secret.account_id, "включён второй фактор", now)
    record_event(session, "второй фактор включён", "account", account.id, organisation_id=account.organisation_id)
    return SwitchedOn(codes, issue_ticket(session, key, TicketPurpose.SESSION, secret, now, second_factor=True))


def fits_second_factor(session: Session, key: InstallationKey, secret: AccountSecret, code: str, now: datetime) -> bool:
    """Say whether the code of the app or a recovery code is right; either is used up by this."""
    if not secret.totp_enabled:
        return False
    return _totp_fits(session, key, secret, code, now) or _use_recovery_code(session, key, secret.account_id, code)


def remove_second_factor(session: Session, account: Account, reason: str, now: datetime) -> None:
    """Forget the secret and the recovery codes; all sessions end. The caller has checked the right."""
    secret = get_secret(session, account.id or 0)
    secret.totp_secret, secret.totp_enabled = None, False
    session.add(secret)
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account.id))
    end_all_sessions(session, secret.account_id, "второй фактор выключен", now)
    record_event(
        session,
        "второй фактор выключен",
        "account",
        account.id,
        organisation_id=account.organisation_id,
        reason=reason,
    )


def is_second_factor_required(session: Session, account_id: int, now: datetime) -> bool:
    """Say whether a role that the person holds requires a second factor."""
    roles = {grant.role for grant in live_grants(session, account_id, now.astimezone().date())}
    query = select(RoleRule).where(col(RoleRule.role).in_(roles), col(RoleRule.second_factor).is_(True))
    return bool(roles) and session.exec(query).first() is not None


def require_second_factor(session: Session, scope: Scope, role: Role, required: bool) -> None:
    """Require a second factor of everybody who holds the role, or no longer.

    Who has none yet is led to switching it on at the next run and sees nothing before.
    """
    scope.require_everywhere(Action.MANAGE)
    rule = session.exec(select(RoleRule).where(RoleRule.role == role)).first() or RoleRule(role=role)
    rule.second_factor = required
    session.add(rule)


def roles_with_second_factor(session: Session) -> frozenset[Role]:
    """Return the roles of which a second factor is required."""
    return frozenset(rule.role for rule in session.exec(select(RoleRule).where(col(RoleRule.second_factor).is_(True))))


def recovery_codes_left(session: Session, account_id: int) -> int:
    """Return how many recovery codes the person has not used yet."""
    return len(session.exec(select(RecoveryCode.id).where(RecoveryCode.account_id == account_id)).all())


def _totp_fits(session: Session, key: InstallationKey, secret: AccountSecret, code: str, now: datetime) -> bool:
    """Say whether the code belongs to the present step or a neighbour that was not used yet; note the step."""
    typed = "".join(code.split())
    shared = key.decrypt(secret.totp_secret) if secret.totp_secret is not None else None
    if shared is None or not (typed.isascii() and typed.isdigit()):
        return False
    app = pyotp.TOTP(shared, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    fitting = [
        step
        for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1)
        if secrets.compare_digest(app.at(step * STEP_SECONDS), typed) and step > secret.totp_last_step
    ]
    if not fitting:
        return False
    secret.totp_last_step = fitting[-1]
    session.add(secret)
    return True


def _use_recovery_code(session: Session, key: InstallationKey, account_id: int, code: str) -> bool:
    code_hash = key.fingerprint("recovery code", _plain(code))
    row = session.exec(
        select(RecoveryCode).where(RecoveryCode.account_id == account_id, RecoveryCode.code_hash == code_hash)
    ).first()
    if row is None:
        return False
    session.delete(row)
    session.flush()
    record_event(session, "использован запасной код", "account", account_id)
    return True


def new_recovery_codes(session: Session, key: InstallationKey, account_id: int) -> tuple[str, ...]:
    """Return new codes «xxxxx-xxxxx» (49 bits each) and keep their keyed hashes."""
    session.exec(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    codes = ["".join(secrets.choice(_CODE_ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        session.add(RecoveryCode(account_id=account_id, code_hash=key.fingerprint("recovery code", code)))
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def _plain(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def wrong_code() -> InvalidInput:
    """Return the refusal of a wrong code."""
    return InvalidInput("Код не подошёл.", "Введите новый код из приложения и проверьте, что часы телефона идут верно.")
