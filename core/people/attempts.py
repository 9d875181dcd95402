"""Attempts to sign in, kept in the database: throttled in every process, and after a restart as before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from core.people.keys import InstallationKey
from core.people.logins import normal_login
from core.people.scope import Action, Scope
from core.people.session_tables import AttemptOutcome, LoginAttempt
from core.people.throttling import ALARM_LIMIT, DAY, WINDOW, account_free_at, address_free_at
from core.store.audit import record_event

KEPT = timedelta(days=90)
KNOWN_ADDRESS = timedelta(days=30)
"""From an address with a successful sign-in so recently a person is judged by the failures of that address alone, so
that strangers elsewhere cannot keep the person out."""
_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """The attempt was not looked at; the next one is from `until` on."""

    until: datetime


def login_fingerprint(key: InstallationKey, login: str) -> str:
    """Return under what an attempt is kept: a keyed hash, because passwords end up in the field of the login."""
    return key.fingerprint("login", normal_login(login))


def reserve_attempt(
    session: Session, key: InstallationKey, login: str, account_id: int | None, address: str, now: datetime
) -> LoginAttempt | Wait:
    """Return the attempt, noted as a failure until it turns out otherwise, or until when to wait.

    Writers work one after the other, so however many attempts come at once, no more than the limit are looked at.
    """
    login_hash = login_fingerprint(key, login)
    until = max(
        account_free_at(_account_failures(session, login_hash, address, now), now),
        address_free_at(_failures(session, LoginAttempt.address == address, now), now),
    )
    if until > now:
        _note_refusal(session, login_hash, account_id, address, now, until)
        return Wait(until)
    return note_attempt(session, key, login, account_id, address, now)


def note_attempt(
    session: Session, key: InstallationKey, login: str, account_id: int | None, address: str, now: datetime
) -> LoginAttempt:
    """Return a new attempt, noted as a failure until it turns out otherwise."""
    attempt = LoginAttempt(
        at=now,
        login_hash=login_fingerprint(key, login),
        account_id=account_id,
        address=address,
        outcome=AttemptOutcome.WRONG,
    )
    session.add(attempt)
    session.flush()
    return attempt


def failures_in_window(session: Session, scope: Scope, now: datetime) -> int:
    """Return how many attempts of everybody failed in the last 15 minutes."""
    scope.require_everywhere(Action.MANAGE)
    query = select(func.count()).select_from(LoginAttempt)
    return session.exec(query.where(LoginAttempt.outcome == AttemptOutcome.WRONG, LoginAttempt.at > now - WINDOW)).one()


def is_alarming(failures: int) -> bool:
    """Say whether so many failures in 15 minutes are an attack on the whole installation."""
    return failures >= ALARM_LIMIT


@dataclass(frozen=True, slots=True)
class ThrottledAddress:
    """An address from which nobody can sign in for now."""

    address: str
    failures: int
    """In the last day."""
    until: datetime


def throttled_addresses(session: Session, scope: Scope, now: datetime) -> list[ThrottledAddress]:
    """Return the addresses that are blocked now, the longest block first."""
    scope.require_everywhere(Action.MANAGE)
    rows = session.exec(
        select(LoginAttempt.address, LoginAttempt.at)
        .where(LoginAttempt.outcome == AttemptOutcome.WRONG, LoginAttempt.at > now - DAY, LoginAttempt.at <= now)
        .order_by(col(LoginAttempt.at), col(LoginAttempt.id))
    )
    failures: dict[str, list[datetime]] = {}
    for address, at in rows:
        failures.setdefault(address, []).append(at)
    found = [
        ThrottledAddress(address, len(times), until)
        for address, times in failures.items()
        if (until := address_free_at(times, now)) > now
    ]
    return sorted(found, key=lambda row: row.until, reverse=True)


def forgive_address(session: Session, scope: Scope, address: str, now: datetime) -> int:
    """Let people sign in from the address again at once; return how many failures no longer count."""
    scope.require_everywhere(Action.MANAGE)
    found = _forgive(session, LoginAttempt.address == address, now)
    record_event(session, "снята задержка входа с адреса", "login_attempt", new=address)
    return found


def forgive_account(session: Session, account_id: int, now: datetime) -> int:
    """Let the person of the account try again at once; return how many failures no longer count.

    The caller has checked that the actor manages the account.
    """
    return _forgive(session, LoginAttempt.account_id == account_id, now)


def forget_old_attempts(session: Session, now: datetime) -> int:
    """Remove attempts older than 90 days; return how many."""
    result = session.exec(delete(LoginAttempt).where(col(LoginAttempt.at) < now - KEPT))
    return int(result.rowcount)


def _forgive(session: Session, condition: bool, now: datetime) -> int:
    rows = session.exec(
        select(LoginAttempt).where(condition, LoginAttempt.outcome == AttemptOutcome.WRONG, LoginAttempt.at > now - DAY)
    ).all()
    for row in rows:
        row.outcome = AttemptOutcome.FORGIVEN
        session.add(row)
    return len(rows)


def _account_failures(session: Session, login_hash: str, address: str, now: datetime) -> list[datetime]:
    """Return the failures by which this account is judged at this address."""
    last_accepted = session.exec(
        select(func.max(LoginAttempt.at)).where(
            LoginAttempt.login_hash == login_hash,
            LoginAttempt.address == address,
            LoginAttempt.outcome == AttemptOutcome.ACCEPTED,
            LoginAttempt.at > now - KNOWN_ADDRESS,
        )
    ).one()
    if last_accepted is None:
        return _failures(session, LoginAttempt.login_hash == login_hash, now)
    mine = (LoginAttempt.login_hash == login_hash) & (LoginAttempt.address == address)
    return [at for at in _failures(session, mine, now) if at > last_accepted]


def _failures(session: Session, condition: bool, now: datetime) -> list[datetime]:
    """Return the times of failures of the last day, in order."""
    query = select(LoginAttempt.at).where(
        condition, LoginAttempt.outcome == AttemptOutcome.WRONG, LoginAttempt.at > now - DAY, LoginAttempt.at <= now
    )
    return list(session.exec(query.order_by(col(LoginAttempt.at), col(LoginAttempt.id))))


def _note_refusal(
    session: Session, login_hash: str, account_id: int | None, address: str, now: datetime, until: datetime
) -> None:
    """Keep that an attempt was refused, at most once a minute for an address: a flood must not fill the disk."""
    noted = session.exec(
        select(LoginAttempt.id).where(
            LoginAttempt.address == address,
            LoginAttempt.outcome == AttemptOutcome.THROTTLED,
            LoginAttempt.at > now - _NOTED_EVERY,
        )
    ).first()
    if noted is not None:
        return
    session.add(
        LoginAttempt(
            at=now, login_hash=login_hash, account_id=account_id, address=address, outcome=AttemptOutcome.THROTTLED
        )
    )
    record_event(
        session,
        "вход приостановлен",
        "account",
        account_id,
        field="адрес",
        new=address,
        reason=f"слишком много неудачных попыток; следующая – после {until:%d.%m.%Y %H:%M} UTC",
    )
