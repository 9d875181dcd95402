"""Tables of the store itself: audit trail, operations already done, unsaved drafts of grids, data version.

None of these is itself written to the audit trail (`info={"audited": False}`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Column, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core.store.base import UtcDateTime, utc_now


class AuditEntry(SQLModel, table=True):
    """One change of one field (or the making, deleting, restoring of a row): who, when, object, old → new.

    Rows are only ever added: triggers in the database refuse to change or delete them.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object", "object_type", "object_id"),
        # Changes of the trail are counted, so that what was read from it may be kept until it grows.
        {"info": {"audited": False, "counted": True}},
    )

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    actor: str = Field(max_length=120)
    actor_id: int | None = Field(default=None)
    action: str = Field(max_length=40)
    """создано, изменено, удалено, восстановлено, or an event such as «загрузка отменена»."""
    object_type: str = Field(max_length=60)
    """Name of the table."""
    object_id: int | None = Field(default=None)
    organisation_id: int | None = Field(default=None, index=True)
    field: str | None = Field(default=None, max_length=60)
    old: str | None = Field(default=None)
    new: str | None = Field(default=None)
    reason: str = Field(default="", max_length=600)
    operation_id: str | None = Field(default=None, max_length=64)


class Operation(SQLModel, table=True):
    """A save that was carried out: the same operation id a second time gives back the first result."""

    __table_args__ = ({"info": {"audited": False}},)

    id: str = Field(primary_key=True, max_length=64)
    at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    actor: str = Field(max_length=120)
    result: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class GridDraft(SQLModel, table=True):
    """Unsaved edits of one person in one grid, so that a reload or a crash loses nothing."""

    __tablename__ = "grid_draft"
    __table_args__ = (UniqueConstraint("actor", "grid"), {"info": {"audited": False}})

    id: int | None = Field(default=None, primary_key=True)
    actor: str = Field(max_length=120)
    grid: str = Field(max_length=200)
    saved_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    edits: dict[str, object] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class DataVersion(SQLModel, table=True):
    """One row that grows with every committed write; caches are keyed by it."""

    __tablename__ = "data_version"
    __table_args__ = ({"info": {"audited": False}},)

    id: int = Field(default=1, primary_key=True)
    value: int = Field(default=0, sa_type=BigInteger)


class TableVersion(SQLModel, table=True):
    """How often rows of a table were changed; no row: never since changes are counted."""

    __tablename__ = "table_version"
    __table_args__ = ({"info": {"audited": False}},)

    name: str = Field(primary_key=True, max_length=63)
    """Name of the table, or «*» for the whole store."""
    value: int = Field(sa_type=BigInteger)
