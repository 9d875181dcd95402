"""The states of roadmaps around a meeting: what it found when it began, and what it left behind."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.people.scope import Scope
from core.planning.snapshots import keep_snapshot
from core.planning.tables import Meeting, Roadmap, RoadmapSnapshot, SnapshotReason


def meeting_roadmaps(session: Session, meeting: Meeting) -> list[Roadmap]:
    """Return the roadmaps of a meeting that are still there."""
    found = (session.get(Roadmap, roadmap_id) for roadmap_id in meeting.roadmap_ids)
    return [row for row in found if row is not None and row.deleted_at is None]


def remember_start(session: Session, scope: Scope, meeting: Meeting) -> None:
    """Keep the state of the meeting's roadmaps before the meeting changes anything; kept once, it stays."""
    for roadmap in meeting_roadmaps(session, meeting):
        if kept_state(session, meeting, roadmap, SnapshotReason.MEETING_BEGUN) is None:
            keep_snapshot(session, scope, roadmap, SnapshotReason.MEETING_BEGUN, meeting.id)


def kept_state(
    session: Session, meeting: Meeting, roadmap: Roadmap, reason: SnapshotReason
) -> RoadmapSnapshot | None:
    """Return what the meeting kept of the roadmap for this reason, None when nothing."""
    query = select(RoadmapSnapshot).where(
        RoadmapSnapshot.roadmap_id == roadmap.id, RoadmapSnapshot.meeting_id == meeting.id,
        RoadmapSnapshot.reason == reason,
    )
    return session.exec(query.order_by(col(RoadmapSnapshot.id)).limit(1)).first()


def state_before(session: Session, meeting: Meeting, roadmap: Roadmap) -> RoadmapSnapshot | None:
    """Return what the meeting before left behind; None for a roadmap that no other meeting has seen.

    Of a meeting that is closed it is the one before its own end, whatever meetings came later.
    """
    query = select(RoadmapSnapshot).where(
        RoadmapSnapshot.roadmap_id == roadmap.id, RoadmapSnapshot.reason == SnapshotReason.MEETING,
        col(RoadmapSnapshot.meeting_id) != meeting.id,
    )
    own = kept_state(session, meeting, roadmap, SnapshotReason.MEETING)
    if own is not None:
        query = query.where(col(RoadmapSnapshot.id) < own.id)
    return session.exec(query.order_by(col(RoadmapSnapshot.id).desc()).limit(1)).first()
