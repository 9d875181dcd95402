"""Signing in: a login and a password, or an identity from a provider, then a code where it is on; out comes a ticket.

These functions take the engine, because the hashing of a password must not hold up other writers: the attempt is
noted as failed in one transaction, the password is checked outside, and a second transaction says what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TypeAlias

from sqlalchemy import Engine
from sqlmodel import Session

from core.people.account_tables import Account, AccountSecret
from core.people.attempts import Wait, note_attempt, reserve_attempt
from core.people.keys import InstallationKey
from core.people.logins import find_by_login, get_secret
from core.people.passwords import check_password, hash_password, needs_rehash
from core.people.second_factor import fits_second_factor
from core.people.session_tables import AttemptOutcome, LoginAttempt, TicketPurpose
from core.people.sessions import is_open
from core.people.tickets import find_ticket, issue_ticket, use_ticket
from core.store.audit import record_event
from core.store.base import utc_now
from core.store.unit_of_work import writing
from core.words import plural

ACTOR = "вход в систему"
WRONG = "Неверный логин или пароль. Проверьте раскладку клавиатуры и клавишу Caps Lock."


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody was signed in; `message` is a Russian sentence that tells strangers nothing."""

    message: str
    wait: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class CodeNeeded:
    """The password was right; `pending` together with a code goes to `confirm_code` within five minutes."""

    pending: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """The person is who they say; `ticket` goes to `sessions.start_session` within 30 seconds."""

    ticket: str
    account_id: int


Answer: TypeAlias = Refused | CodeNeeded | Accepted


def sign_in(
    engine: Engine, key: InstallationKey, login: str, password: str, *, address: str, now: datetime | None = None
) -> Answer:
    """Check a login and a password; the answer and the time it takes do not tell which of them was wrong."""
    now = now or utc_now()
    with writing(engine, ACTOR) as session:
        found = find_by_login(session, login)
        account, secret = found if found is not None else (None, None)
        reserved = reserve_attempt(session, key, login, account.id if account else None, address, now)
        stored = secret.password_hash if account is not None and secret is not None and is_open(account) else None
    if isinstance(reserved, Wait):
        return too_many(reserved, now)
    fits = check_password(password, stored)
    better = hash_password(password) if fits and stored is not None and needs_rehash(stored) else None
    with writing(engine, ACTOR) as session:
        attempt = session.merge(reserved, load=True)
        found = find_by_login(session, login)
        if not fits or found is None or not is_open(found[0]) or found[1].password_hash != stored:
            return _refuse(session, attempt, found[0] if found else None)
        account, secret = found
        expires = secret.initial_password_expires_at
        if expires is not None and expires <= now:
            _settle(session, attempt, AttemptOutcome.FIRST_STEP)
            return Refused("Срок выданного пароля истёк. Попросите администратора выдать новый.")
        if better is not None:
            secret.password_hash = better
            session.add(secret)
        return _pass_on(session, key, attempt, account, secret, now)


def confirm_code(
    engine: Engine, key: InstallationKey, pending: str, code: str, *, address: str, now: datetime | None = None
) -> Answer:
    """Check the second factor after `sign_in` asked for it. Wrong codes count as wrong passwords do."""
    now = now or utc_now()
    with writing(engine, ACTOR) as session:
        ticket = find_ticket(session, key, pending, TicketPurpose.SECOND_FACTOR, now)
        account = session.get(Account, ticket.account_id) if ticket is not None else None
        if ticket is None or account is None or not is_open(account):
            return Refused("Время на ввод кода истекло. Войдите ещё раз.")
        secret = get_secret(session, ticket.account_id)
        if secret.auth_version != ticket.auth_version:
            return Refused("Данные для входа изменились. Войдите ещё раз.")
        attempt = reserve_attempt(session, key, account.login, account.id, address, now)
        if isinstance(attempt, Wait):
            return too_many(attempt, now)
        if not fits_second_factor(session, key, secret, code, now):
            record_event(session, "неверный код входа", "account", account.id, field="адрес", new=address)
            return Refused("Код не подошёл. Дождитесь следующего кода в приложении и введите его.")
        use_ticket(session, key, pending, TicketPurpose.SECOND_FACTOR, now)
        _settle(session, attempt, AttemptOutcome.ACCEPTED)
        token = issue_ticket(session, key, TicketPurpose.SESSION, secret, now, second_factor=True)
        return Accepted(token, account.id or 0)


def accept_identity(session: Session, key: InstallationKey, account: Account, *, address: str, now: datetime) -> Answer:
    """Go on with the sign-in of a person whose identity a provider has proved (`core.people.identities`).

    Wrong passwords that strangers tried do not hold it up. A given password that was never changed is void from then
    on: its owner need not know it to change it, and nobody else may use it.
    """
    secret = get_secret(session, account.id or 0)
    if secret.must_change_password:
        secret.password_hash = secret.initial_password_expires_at = None
        secret.must_change_password = False
        session.add(secret)
        record_event(session, "выданный пароль погашен", "account", account.id, organisation_id=account.organisation_id)
    attempt = note_attempt(session, key, account.login, account.id, address, now)
    return _pass_on(session, key, attempt, account, secret, now)


def too_many(wait: Wait, now: datetime) -> Refused:
    """Say how long to wait; the same for every login, known or not."""
    left = wait.until - now
    seconds = ceil(left.total_seconds())
    minutes = ceil(seconds / 60)
    after = (
        plural(minutes, "минуту", "минуты", "минут")
        if seconds > 60
        else plural(seconds, "секунду", "секунды", "секунд")
    )
    return Refused(f"Слишком много неудачных попыток входа. Повторите через {after}.", left)


def _pass_on(
    session: Session,
    key: InstallationKey,
    attempt: LoginAttempt,
    account: Account,
    secret: AccountSecret,
    now: datetime,
) -> Answer:
    """Ask for the second factor where it is on, else give the ticket."""
    if secret.totp_enabled:
        _settle(session, attempt, AttemptOutcome.FIRST_STEP)
        return CodeNeeded(issue_ticket(session, key, TicketPurpose.SECOND_FACTOR, secret, now))
    _settle(session, attempt, AttemptOutcome.ACCEPTED)
    return Accepted(issue_ticket(session, key, TicketPurpose.SESSION, secret, now), account.id or 0)


def _refuse(session: Session, attempt: LoginAttempt, account: Account | None) -> Refused:
    record_event(
        session,
        "неудачный вход",
        "account",
        account.id if account else None,
        organisation_id=account.organisation_id if account else None,
        field="адрес",
        new=attempt.address,
    )
    return Refused(WRONG)


def _settle(session: Session, attempt: LoginAttempt, outcome: AttemptOutcome) -> None:
    attempt.outcome = outcome
    session.add(attempt)
