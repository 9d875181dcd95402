"""Sessions, one-time tickets and links, attempts to sign in. None of them goes into the audit trail by itself."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from core.store.base import UtcDateTime, utc_now


class AuthSession(SQLModel, table=True):
    """One sign-in of one browser. The token itself is only in the browser's cookie; here is its keyed hash."""

    __tablename__ = "auth_session"
    __table_args__ = ({"info": {"audited": False}},)

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    auth_version: int
    """The account's at the time of the sign-in; when the account's grows, the session is dead."""
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    last_seen_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    idle_seconds: int
    """The session dies when it is not used for so long."""
    expires_at: datetime = Field(sa_type=UtcDateTime)
    """The session dies at this time in any case."""
    address: str = Field(default="", max_length=64)
    user_agent: str = Field(default="", max_length=300)
    second_factor: bool = Field(default=False)
    """Whether a second factor was given at the sign-in."""
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=60)


class TicketPurpose(StrEnum):
    """What a one-time ticket can be exchanged for."""

    SESSION = "сеанс"
    SECOND_FACTOR = "второй шаг входа"


class LoginTicket(SQLModel, table=True):
    """A one-time proof that a step of the sign-in was passed, kept as a keyed hash and deleted when used."""

    __tablename__ = "login_ticket"
    __table_args__ = ({"info": {"audited": False}},)

    ticket_hash: str = Field(primary_key=True, max_length=64)
    purpose: TicketPurpose = Field(max_length=40)
    account_id: int = Field(foreign_key="account.id", index=True)
    auth_version: int
    second_factor: bool = Field(default=False)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class SetupLink(SQLModel, table=True):
    """The one-time link of the first start, behind which the first administrator is created."""

    __tablename__ = "setup_link"
    __table_args__ = ({"info": {"audited": False}},)

    token_hash: str = Field(primary_key=True, max_length=64)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class AttemptOutcome(StrEnum):
    """What became of an attempt to sign in."""

    WRONG = "неверные данные"
    """Also while the answer is being worked out: a crash in between counts as a failure."""
    FIRST_STEP = "пароль принят, ждём код"
    ACCEPTED = "вход выполнен"
    THROTTLED = "отклонено: слишком много попыток"
    FORGIVEN = "снято администратором"


class LoginAttempt(SQLModel, table=True):
    """One attempt to sign in. Logins are kept as a keyed hash: people type passwords into the field of the login."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("ix_login_attempt_login", "login_hash", "outcome", "at"),
        Index("ix_login_attempt_address", "address", "outcome", "at"),
        {"info": {"audited": False}},
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, index=True)
    login_hash: str = Field(max_length=64)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    """None when no account has this login."""
    address: str = Field(default="", max_length=64)
    outcome: AttemptOutcome = Field(max_length=40)
