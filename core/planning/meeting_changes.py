"""What changed in the roadmaps of a meeting: between the meeting before and this one, and in this one, told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.people.scope import Scope
from core.planning.meeting_snapshots import kept_state, meeting_roadmaps, state_before
from core.planning.meetings import visible_meeting
from core.planning.redline import PROGRESS_LABELS, Redline, redline
from core.planning.snapshots import SnapshotContent, content_of, read_content
from core.planning.tables import Meeting, Roadmap, RoadmapSnapshot, SnapshotReason


@dataclass(frozen=True, slots=True)
class RoadmapChanges:
    """What changed in one roadmap of a meeting.

    `between` is what changed from the end of the meeting before until this one began, None when no meeting has seen
    the roadmap before; `since` is when that one ended. `within` is what changed from the beginning of this meeting
    until its end, or until now; None before it begins.
    """

    title: str
    since: datetime | None
    between: Redline | None
    within: Redline | None


def changes_of(session: Session, scope: Scope, meeting_id: int) -> list[RoadmapChanges]:
    """Return for each roadmap of the meeting what changed; of a closed meeting as it was then."""
    meeting = visible_meeting(session, scope, meeting_id)
    return [_changes(session, meeting, roadmap) for roadmap in meeting_roadmaps(session, meeting)]


def lines_of(changes: list[RoadmapChanges], *, within: bool) -> Iterator[str]:
    """Yield as short lines what changed within the meeting, or between the meetings.

    The roadmap is named where the meeting has several.
    """
    for one in changes:
        difference = one.within if within else one.between
        for line in sentences(difference) if difference is not None else ():
            yield f"«{one.title}», {line}" if len(changes) > 1 else line


def sentences(difference: Redline) -> list[str]:
    """Return differences as short lines: statuses and progress, added and deleted rows."""
    lines = [f"{one.number} {_short(one.title)}: {one.label.lower()}: {one.old or '—'} → {one.new or '—'}"
             for one in difference.changed]
    lines += [f"{row.number} {_short(row.title)}: добавлено" for row in difference.added]
    lines += [f"{row.number} {_short(row.title)}: удалено" for row in difference.removed]
    return lines


def _changes(session: Session, meeting: Meeting, roadmap: Roadmap) -> RoadmapChanges:
    before = state_before(session, meeting, roadmap)
    begun = _content(kept_state(session, meeting, roadmap, SnapshotReason.MEETING_BEGUN))
    ended = _content(kept_state(session, meeting, roadmap, SnapshotReason.MEETING)) or content_of(session, roadmap)
    return RoadmapChanges(
        roadmap.title, before.taken_at if before is not None else None,
        redline(read_content(before), begun or ended, PROGRESS_LABELS) if before is not None else None,
        redline(begun, ended, PROGRESS_LABELS) if begun is not None else None,
    )


def _content(row: RoadmapSnapshot | None) -> SnapshotContent | None:
    return None if row is None else read_content(row)


def _short(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= 100 else f"{line[:99]}…"
