"""Sessions on the server: begun with a ticket, checked on every run, ended by everything that changes who may enter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, delete, select

from core.errors import NotFound
from core.people.access import live_grants
from core.people.account_tables import Account, AccountSecret
from core.people.attempts import forget_old_attempts
from core.people.keys import InstallationKey, new_token
from core.people.logins import get_secret
from core.people.roles import sign_in_rule
from core.people.session_tables import AuthSession, LoginTicket, TicketPurpose
from core.people.tickets import use_ticket
from core.store.audit import record_event
from core.store.base import utc_now
from core.store.unit_of_work import writing

MOST_SESSIONS = 5
"""Sessions of one person at a time; a sixth ends the oldest."""
SEEN_EVERY = timedelta(minutes=1)
"""How often the time of the last use is written."""
KEPT = timedelta(days=30)
"""How long ended sessions are kept."""
_CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session that is valid now, with its account."""

    session_id: int
    account: Account
    secret: AccountSecret
    second_factor: bool
    is_touch_due: bool
    """Whether the last use was written so long ago that it is time again: call `touch_session`."""


def start_session(
    session: Session, key: InstallationKey, ticket: str, *, address: str, user_agent: str, now: datetime | None = None
) -> str | None:
    """Exchange a ticket for a new session; return the token for the cookie, None when the ticket is not valid.

    Runs in a writing unit of work: a ticket works once, also when two requests bring it at the same time.
    """
    now = now or utc_now()
    used = use_ticket(session, key, ticket, TicketPurpose.SESSION, now)
    account = session.get(Account, used.account_id) if used is not None else None
    if used is None or account is None or not is_open(account):
        return None
    secret = get_secret(session, used.account_id)
    if secret.auth_version != used.auth_version:
        return None
    rule = sign_in_rule(
        frozenset(grant.role for grant in live_grants(session, used.account_id, now.astimezone().date()))
    )
    _make_room(session, used.account_id, now)
    token = new_token()
    session.add(
        AuthSession(
            token_hash=_fingerprint(key, token),
            account_id=used.account_id,
            auth_version=secret.auth_version,
            created_at=now,
            last_seen_at=now,
            idle_seconds=int(rule.idle.total_seconds()),
            expires_at=now + rule.longest,
            address=address[:64],
            user_agent=user_agent[:300],
            second_factor=used.second_factor,
        )
    )
    secret.last_used_at = now
    session.add(secret)
    record_event(
        session, "вход", "account", account.id, organisation_id=account.organisation_id, field="адрес", new=address
    )
    return token


def check_session(
    session: Session, key: InstallationKey, token: str | None, now: datetime | None = None
) -> LiveSession | None:
    """Return the session that the cookie belongs to if it is valid now: one query over a unique index.

    None for an unknown, altered, ended or expired token, one of another installation, and when the account was
    disabled or its password, roles or second factor changed since the sign-in.
    """
    if not token:
        return None
    now = now or utc_now()
    found = session.exec(
        select(AuthSession, Account, AccountSecret)
        .join(Account, col(Account.id) == AuthSession.account_id)
        .join(AccountSecret, col(AccountSecret.account_id) == AuthSession.account_id)
        .where(AuthSession.token_hash == _fingerprint(key, token))
    ).first()
    if found is None:
        return None
    row, account, secret = found
    if not is_live(row, secret.auth_version, now) or not is_open(account):
        return None
    return LiveSession(row.id or 0, account, secret, row.second_factor, now - row.last_seen_at > SEEN_EVERY)


def touch_session(engine: Engine, session_id: int, now: datetime | None = None) -> None:
    """Note that the session is in use, so that it does not end for idleness."""
    with writing(engine, "сеанс") as session:
        row = session.get(AuthSession, session_id)
        if row is not None and row.revoked_at is None:
            row.last_seen_at = max(row.last_seen_at, now or utc_now())
            session.add(row)


def sign_out(session: Session, key: InstallationKey, token: str | None, now: datetime | None = None) -> None:
    """End the session of the cookie; an unknown token is no error."""
    row = session.exec(select(AuthSession).where(AuthSession.token_hash == _fingerprint(key, token or ""))).first()
    if row is not None and row.revoked_at is None:
        _revoke(session, row, "выход", now or utc_now())
        record_event(session, "выход", "account", row.account_id)


def end_all_sessions(session: Session, account_id: int, reason: str, now: datetime | None = None) -> int:
    """End every session and every started sign-in of the account at its next run; return how many sessions were live.

    The number `auth_version` grows, so that even a row forgotten here is dead. The caller has checked the right.
    """
    now = now or utc_now()
    secret = get_secret(session, account_id)
    rows = [row for row in _open_sessions(session, account_id) if is_live(row, secret.auth_version, now)]
    for row in _open_sessions(session, account_id):
        _revoke(session, row, reason, now)
    secret.auth_version += 1
    session.add(secret)
    session.exec(delete(LoginTicket).where(col(LoginTicket.account_id) == account_id))
    return len(rows)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One line of «Мои сеансы»."""

    id: int
    created_at: datetime
    last_seen_at: datetime
    address: str
    user_agent: str
    is_current: bool


def list_sessions(
    session: Session, account_id: int, current_id: int | None = None, now: datetime | None = None
) -> list[SessionRow]:
    """Return the person's live sessions, the one used last first. For the person, and for who manages the account."""
    now = now or utc_now()
    version = get_secret(session, account_id).auth_version
    rows = [row for row in _open_sessions(session, account_id) if is_live(row, version, now)]
    return [
        SessionRow(row.id or 0, row.created_at, row.last_seen_at, row.address, row.user_agent, row.id == current_id)
        for row in sorted(rows, key=lambda row: row.last_seen_at, reverse=True)
    ]


def end_session(session: Session, account_id: int, session_id: int, now: datetime | None = None) -> None:
    """End one of the person's own sessions; raise NotFound when it is somebody else's."""
    row = session.get(AuthSession, session_id)
    if row is None or row.account_id != account_id:
        raise NotFound("Сеанс")
    if row.revoked_at is None:
        _revoke(session, row, "завершён в списке сеансов", now or utc_now())
        record_event(session, "сеанс завершён", "account", account_id)


def sign_out_everywhere(session: Session, account_id: int, now: datetime | None = None) -> int:
    """End all sessions of the person, the present one too; return how many there were."""
    ended = end_all_sessions(session, account_id, "выход везде", now)
    record_event(session, "выход на всех устройствах", "account", account_id)
    return ended


def forget_old_sessions(session: Session, now: datetime | None = None) -> None:
    """Remove sessions that ended 30 days ago and attempts older than 90 days; meant for once a day."""
    now = now or utc_now()
    session.exec(delete(AuthSession).where(col(AuthSession.expires_at) < now - KEPT))
    forget_old_attempts(session, now)


def is_open(account: Account) -> bool:
    """Say whether the person of the account may enter at all."""
    return account.disabled_at is None and account.deleted_at is None


def is_live(row: AuthSession, auth_version: int, now: datetime) -> bool:
    """Say whether the session is valid; when the clock was set back far, no session is."""
    return (
        row.revoked_at is None
        and row.auth_version == auth_version
        and now < row.expires_at
        and now - row.last_seen_at < timedelta(seconds=row.idle_seconds)
        and row.last_seen_at <= now + _CLOCK_SLACK
    )


def _open_sessions(session: Session, account_id: int) -> list[AuthSession]:
    query = select(AuthSession).where(AuthSession.account_id == account_id, col(AuthSession.revoked_at).is_(None))
    return list(session.exec(query.order_by(col(AuthSession.last_seen_at))))


def _make_room(session: Session, account_id: int, now: datetime) -> None:
    rows = _open_sessions(session, account_id)
    for row in rows[: max(0, len(rows) - MOST_SESSIONS + 1)]:
        _revoke(session, row, "вытеснен новым сеансом", now)


def _revoke(session: Session, row: AuthSession, reason: str, now: datetime) -> None:
    row.revoked_at, row.reason = now, reason
    session.add(row)


def _fingerprint(key: InstallationKey, token: str) -> str:
    return key.fingerprint("session", token)
