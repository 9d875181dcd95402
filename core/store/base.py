"""What every table shares: stable constraint names, version column, soft delete, UTC times, portable types."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Enum, Integer, MetaData, Table, event
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

_ENUM_LENGTH = 40

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention


@event.listens_for(Table, "after_parent_attach")
def _make_portable(table: Table, parent: object) -> None:
    """Make a table of ours behave alike on both databases.

    Ids are never given twice on SQLite either: an edit made against a deleted row must not land on a new one.
    Enumerations are text, not a database type of their own, so that a new member needs no migration.
    """
    if parent is not SQLModel.metadata:
        return
    key = [column for column in table.primary_key.columns if isinstance(column.type, Integer)]
    if len(key) == len(table.primary_key.columns) == 1:
        table.dialect_options["sqlite"]["autoincrement"] = True
    for column in table.columns:
        if isinstance(column.type, Enum) and column.type.native_enum and column.type.enum_class is not None:
            column.type = Enum(column.type.enum_class, native_enum=False, length=_ENUM_LENGTH)


class UtcDateTime(TypeDecorator[datetime]):
    """A time stored in UTC and given back with its zone, also where the database (SQLite) drops it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: object) -> datetime | None:
        """Refuse times without a zone; store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: object) -> datetime | None:
        """Give the stored time back as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    """Return the present time with its zone (UTC)."""
    return datetime.now(UTC)


class Versioned(SQLModel):
    """Rows that people edit: `version` grows by itself with each change, so that nobody overwrites silently.

    An update or delete of a row that somebody else changed meanwhile fails (`EditConflict` at the end of the
    unit of work). Grids give the version that the user saw to `core.store.edits`.
    """

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Column[int]]:
        """Tell SQLAlchemy to check and raise the version with each change."""
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class SoftDeleted(SQLModel):
    """Rows that are never thrown away: deleting sets a time, restoring clears it."""

    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    deleted_by: str | None = Field(default=None)
