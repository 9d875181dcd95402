"""What every table shares: metadata with stable constraint names, version column, soft delete, UTC times."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


class UtcDateTime(TypeDecorator[datetime]):
    """A time stored in UTC and given back with its zone, also where the database (SQLite) drops it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        """Refuse times without a zone; store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        """Give the stored time back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    """Return the present time with its zone (UTC)."""
    return datetime.now(UTC)


class Versioned(SQLModel):
    """Rows that people edit: `version` grows with each change, so that nobody overwrites silently."""

    version: int = Field(default=1, nullable=False)


class SoftDeleted(SQLModel):
    """Rows that are never thrown away: deleting sets a time, restoring clears it."""

    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    deleted_by: str | None = Field(default=None)
