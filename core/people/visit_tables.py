"""When a person last looked at the first screen, so that it can say what has changed since."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from core.store.base import UtcDateTime, utc_now


class Visit(SQLModel, table=True):
    """The present visit of one person, and when the one before it ended. One row a person, not in the audit trail."""

    __table_args__ = ({"info": {"audited": False}},)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", unique=True)
    """None for the one person at a computer without signing in."""
    session_id: int | None = Field(default=None)
    """The session of the sign-in (`auth_session`) that the visit belongs to; None likewise."""
    seen_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    """When the screen was last looked at, to the minute."""
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the visit before this one ended; None for the first visit."""
