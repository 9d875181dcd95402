"""Everybody's live sessions, for administrators of the whole system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.errors import NotFound
from core.people.account_tables import Account, AccountSecret
from core.people.scope import Action, Scope
from core.people.session_tables import AuthSession
from core.people.sessions import end_session, is_live, is_open
from core.store.base import utc_now


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One live session with its person's name."""

    id: int
    account_id: int
    name: str
    created_at: datetime
    last_seen_at: datetime
    address: str
    user_agent: str


def open_sessions(session: Session, scope: Scope, now: datetime | None = None) -> list[OpenSession]:
    """Return the sessions that are valid now, the one used last first."""
    scope.require_everywhere(Action.MANAGE)
    now = now or utc_now()
    rows = session.exec(
        select(AuthSession, Account, AccountSecret)
        .join(Account, col(Account.id) == AuthSession.account_id)
        .join(AccountSecret, col(AccountSecret.account_id) == AuthSession.account_id)
        .where(col(AuthSession.revoked_at).is_(None), col(AuthSession.expires_at) > now)
        .order_by(col(AuthSession.last_seen_at).desc())
    )
    return [
        OpenSession(
            id=row.id or 0,
            account_id=row.account_id,
            name=account.display_name,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            address=row.address,
            user_agent=row.user_agent,
        )
        for row, account, secret in rows
        if is_live(row, secret.auth_version, now) and is_open(account)
    ]


def end_open_session(session: Session, scope: Scope, session_id: int) -> None:
    """End anybody's session at its next run."""
    scope.require_everywhere(Action.MANAGE)
    row = session.get(AuthSession, session_id)
    if row is None:
        raise NotFound("Сеанс")
    end_session(session, row.account_id, session_id)
