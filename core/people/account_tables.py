"""Accounts, what proves who somebody is, and the roles people hold."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.people.role_names import Role
from core.store.base import SoftDeleted, UtcDateTime, Versioned, utc_now


class Account(Versioned, SoftDeleted, table=True):
    """One person who can sign in. What proves it is kept apart (`AccountSecret`), out of the audit trail."""

    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject"),)

    id: int | None = Field(default=None, primary_key=True)
    login: str = Field(unique=True, max_length=64, sa_column_kwargs={"info": {"secret": True}})
    """Lower case, as `core.people.logins.normal_login` writes it."""
    display_name: str = Field(max_length=120, sa_column_kwargs={"info": {"secret": True}})
    """Names stay out of the audit trail, which cannot be changed: a person's data can be erased."""
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """Where the person works: who manages the accounts of this organisation manages this one."""
    teacher_id: int | None = Field(default=None, foreign_key="teacher.id", unique=True)
    """The teacher that the person is, if any."""
    email: str | None = Field(default=None, unique=True, max_length=254, sa_column_kwargs={"info": {"secret": True}})
    """Only for sign-in through an OpenID Connect provider."""
    oidc_issuer: str | None = Field(default=None, max_length=300)
    oidc_subject: str | None = Field(default=None, max_length=255, sa_column_kwargs={"info": {"secret": True}})
    """Learnt at the first sign-in through the provider."""
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    disabled_reason: str = Field(default="", max_length=300)


class AccountSecret(SQLModel, table=True):
    """What proves who somebody is. Never in the audit trail, never shown, never exported."""

    __tablename__ = "account_secret"
    __table_args__ = ({"info": {"audited": False}},)

    account_id: int = Field(primary_key=True, foreign_key="account.id", sa_column_kwargs={"autoincrement": False})
    auth_version: int = Field(default=1)
    """Grows when the password, the roles or the second factor change or the account is disabled: all sessions die."""
    password_hash: str | None = Field(default=None, max_length=100)
    """None for a person who signs in through a provider only."""
    password_set_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    must_change_password: bool = Field(default=False)
    initial_password_expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Until when a given password works; None for one that the person chose."""
    totp_secret: str | None = Field(default=None, max_length=300)
    """Encrypted with a key outside the database."""
    totp_enabled: bool = Field(default=False)
    totp_last_step: int = Field(default=0)
    """Number of the 30-second step of the last code used: no code works twice."""
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecoveryCode(SQLModel, table=True):
    """A one-time code in place of the second factor, kept as a keyed hash."""

    __tablename__ = "recovery_code"
    __table_args__ = ({"info": {"audited": False}},)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    code_hash: str = Field(max_length=64)


class RoleGrant(Versioned, SoftDeleted, table=True):
    """A person holds a role in an organisation from `valid_from` up to, not including, `valid_to`."""

    __tablename__ = "role_grant"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    role: Role = Field(max_length=40)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    """None only for an administrator of the whole system."""
    association_id: int | None = Field(default=None, foreign_key="association.id", index=True)
    """Which association a head leads."""
    subjects: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    """Limits the role to these subjects; empty: no limit."""
    valid_from: date = Field(default_factory=date.today)
    valid_to: date | None = Field(default=None)


class RoleRule(Versioned, table=True):
    """What an administrator requires of everybody who holds a role."""

    __tablename__ = "role_rule"

    id: int | None = Field(default=None, primary_key=True)
    role: Role = Field(unique=True, max_length=40)
    second_factor: bool = Field(default=False)
