"""The whole content of a roadmap at one moment as JSON, with a checksum: what was approved, what a meeting saw."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlmodel import Session, col, select

from core.errors import NotFound, StoreUnavailable
from core.people.scope import Scope
from core.planning.access import id_of, visible_roadmap
from core.planning.measures import tree_of
from core.planning.rollup import roll_up
from core.planning.tables import Measure, Roadmap, RoadmapSnapshot, SnapshotReason
from core.planning.tree import Branch, flat
from core.store.checksums import json_checksum

_FORMAT = 1


class SnapshotRow(BaseModel):
    """One row as it stood. Persons are ids only: their names can be erased."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    number: str
    depth: int
    kind: str
    title: str
    deadline: str
    indicator: str
    indicator_kind: str
    target: float | None
    unit: str
    value: float | None
    expected_result: str
    owner: str
    owner_teacher_id: int | None
    owner_account_id: int | None
    co_owners: str
    weight: float
    status: str
    status_note: str
    progress: int
    done_on: date | None


class SnapshotContent(BaseModel):
    """A roadmap as it stood."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int = _FORMAT
    edition: int
    title: str
    goal: str
    subject: str
    starts_on: date
    ends_on: date
    progress: float | None
    rows: tuple[SnapshotRow, ...]


def content_of(session: Session, roadmap: Roadmap) -> SnapshotContent:
    """Return the content of a roadmap as it stands now."""
    branches = tree_of(session, id_of(roadmap))
    return SnapshotContent(
        edition=roadmap.edition, title=roadmap.title, goal=roadmap.goal, subject=roadmap.subject,
        starts_on=roadmap.starts_on, ends_on=roadmap.ends_on, progress=roll_up(branches).progress,
        rows=tuple(_row(branch) for branch in flat(branches)),
    )


def keep_snapshot(
    session: Session, scope: Scope, roadmap: Roadmap, reason: SnapshotReason, meeting_id: int | None = None
) -> RoadmapSnapshot:
    """Store the content of a roadmap as it stands now; return the row."""
    session.flush()
    plain = content_of(session, roadmap).model_dump(mode="json")
    row = RoadmapSnapshot(
        organisation_id=roadmap.organisation_id, roadmap_id=id_of(roadmap), edition=roadmap.edition, reason=reason,
        meeting_id=meeting_id, content=plain, sha256=checksum(plain), taken_by=scope.actor_name,
    )
    session.add(row)
    session.flush()
    return row


def approved_editions(session: Session, scope: Scope, roadmap_id: int) -> list[RoadmapSnapshot]:
    """Return the approved states of a roadmap, the first one first."""
    visible_roadmap(session, scope, roadmap_id)
    query = select(RoadmapSnapshot).where(
        RoadmapSnapshot.roadmap_id == roadmap_id, RoadmapSnapshot.reason == SnapshotReason.APPROVAL
    )
    return list(session.exec(query.order_by(col(RoadmapSnapshot.edition), col(RoadmapSnapshot.id))))


def read_edition(session: Session, scope: Scope, roadmap_id: int, edition: int) -> SnapshotContent:
    """Return an approved edition as it was approved; NotFound when that edition was never approved."""
    rows = [row for row in approved_editions(session, scope, roadmap_id) if row.edition == edition]
    if not rows:
        raise NotFound("Утверждённая редакция")
    return read_content(rows[-1])


def read_content(row: RoadmapSnapshot) -> SnapshotContent:
    """Return the content of a stored state; raise StoreUnavailable when it is not what was stored."""
    if checksum(row.content) != row.sha256:
        raise _damaged(row)
    try:
        return SnapshotContent.model_validate(row.content)
    except ValidationError as error:
        raise _damaged(row) from error


def checksum(content: dict[str, object]) -> str:
    """Return the SHA-256 of the content's JSON with sorted keys and no blanks."""
    return json_checksum(content)


def _damaged(row: RoadmapSnapshot) -> StoreUnavailable:
    return StoreUnavailable(
        f"Сохранённая редакция {row.edition} дорожной карты изменена или повреждена: контрольная сумма не совпадает.",
        "Восстановите базу данных из резервной копии.",
    )


def _row(branch: Branch[Measure]) -> SnapshotRow:
    row = branch.row
    return SnapshotRow(
        id=id_of(row), number=branch.official_number, depth=branch.depth, kind=row.kind.value, title=row.title,
        deadline=row.deadline_text, indicator=row.indicator, indicator_kind=row.indicator_kind.value,
        target=row.target, unit=row.unit, value=row.value, expected_result=row.expected_result, owner=row.owner_post,
        owner_teacher_id=row.owner_teacher_id, owner_account_id=row.owner_account_id, co_owners=row.co_owners,
        weight=row.weight, status=row.status.value, status_note=row.status_note, progress=row.progress,
        done_on=row.done_on,
    )
