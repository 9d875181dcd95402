"""Approved editions of roadmaps: which there are, and one of them as the official table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.people.scope import Scope
from core.planning.official_table import RoadmapTable, TableRow
from core.planning.roadmaps import list_roadmaps
from core.planning.snapshots import read_edition
from core.planning.tables import Roadmap, RoadmapSnapshot, SnapshotReason
from core.planning.workbook import write_table


@dataclass(frozen=True, slots=True)
class Edition:
    """An approved edition of a roadmap; `approved_at` is in UTC."""

    roadmap: Roadmap
    number: int
    approved_at: datetime


def list_editions(session: Session, scope: Scope) -> list[Edition]:
    """Return the approved editions of all roadmaps that the actor sees, the newest of each roadmap first."""
    roadmaps = {row.id or 0: row for row in list_roadmaps(session, scope)}
    rows = session.exec(
        select(RoadmapSnapshot.roadmap_id, RoadmapSnapshot.edition, RoadmapSnapshot.taken_at)
        .where(col(RoadmapSnapshot.roadmap_id).in_(roadmaps), RoadmapSnapshot.reason == SnapshotReason.APPROVAL)
        .order_by(col(RoadmapSnapshot.id))
    )
    # An edition that was approved twice counts as it was approved last, as `read_edition` reads it.
    newest = {(roadmap_id, edition): taken_at for roadmap_id, edition, taken_at in rows}
    return [
        Edition(roadmap, edition, newest[roadmap_id, edition])
        for roadmap_id, roadmap in roadmaps.items()
        for edition in sorted((one for owner, one in newest if owner == roadmap_id), reverse=True)
    ]


def export_edition(session: Session, scope: Scope, roadmap_id: int, edition: int) -> bytes:
    """Return an approved edition as .xlsx in the official columns, as it was approved.

    Raises NotFound out of scope and for an edition that was never approved.
    """
    content = read_edition(session, scope, roadmap_id, edition)
    rows = tuple(
        TableRow(row.number.rstrip("."), row.title, row.deadline, row.indicator, row.owner)
        for row in content.rows
    )
    return write_table(RoadmapTable(f"{content.title}, редакция {edition}", rows), with_control=False)
