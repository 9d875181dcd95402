"""The way of a roadmap to its approval, and the frozen states of its content."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from core.store.base import UtcDateTime, utc_now
from core.store.checksums import CHECKSUM_OF


class ApprovalKind(StrEnum):
    """What happened on the way to approval."""

    AGREED_BY_ASSOCIATION = "согласовано объединением"
    AGREED_BY_COUNCIL = "согласовано советом"
    APPROVED = "утверждено приказом"
    RETURNED = "возвращено с замечаниями"
    CHANGED = "содержание изменено"
    """Somebody changed the content after it was agreed or approved: the way begins anew."""


class SnapshotReason(StrEnum):
    """Why a state was kept."""

    APPROVAL = "утверждение"
    MEETING = "заседание"
    """What the meeting left behind: kept at its closing."""
    MEETING_BEGUN = "начало заседания"
    """What the meeting found: kept when it began, or before the first thing that it changed."""


class RoadmapSnapshot(SQLModel, table=True):
    """The whole content of a roadmap at one moment. Never changed: `sha256` is of the content's canonical JSON and is
    checked whenever the content is read. Only the erasure of a person puts an alias and a new checksum into it.
    """

    __tablename__ = "roadmap_snapshot"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    roadmap_id: int = Field(foreign_key="roadmap.id", index=True)
    edition: int
    reason: SnapshotReason
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    content: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    sha256: str = Field(max_length=64, sa_column_kwargs={"info": {CHECKSUM_OF: "content"}})
    taken_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    taken_by: str = Field(default="", max_length=120)


class ApprovalStep(SQLModel, table=True):
    """One step on the way to approval, as the approval sheet shows it."""

    __tablename__ = "approval_step"

    id: int | None = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    roadmap_id: int = Field(foreign_key="roadmap.id", index=True)
    edition: int
    kind: ApprovalKind
    body: str = Field(default="", max_length=300)
    """Which association, council or organisation."""
    post: str = Field(default="", max_length=300)
    person: str = Field(default="", max_length=200, sa_column_kwargs={"info": {"secret": True, "person": True}})
    protocol_number: str = Field(default="", max_length=60)
    protocol_date: date | None = Field(default=None)
    order_number: str = Field(default="", max_length=60)
    order_date: date | None = Field(default=None)
    remark: str = Field(default="", max_length=2000)
    snapshot_id: int | None = Field(default=None, foreign_key="roadmap_snapshot.id")
    taken_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    actor: str = Field(default="", max_length=120)
    actor_id: int | None = Field(default=None)
