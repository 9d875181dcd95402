"""All tables of the room."""

from core.planning.approval_tables import ApprovalKind, ApprovalStep, RoadmapSnapshot, SnapshotReason
from core.planning.meeting_tables import (
    AgendaItem,
    AgendaKind,
    Attendance,
    Decision,
    Meeting,
    MeetingState,
    Presence,
    Task,
)
from core.planning.roadmap_tables import (
    Evidence,
    EvidenceKind,
    IndicatorKind,
    Measure,
    MeasureField,
    MeasureKind,
    Remark,
    Roadmap,
    RoadmapState,
)
from core.planning.statuses import MeasureStatus

__all__ = [
    "AgendaItem",
    "AgendaKind",
    "ApprovalKind",
    "ApprovalStep",
    "Attendance",
    "Decision",
    "Evidence",
    "EvidenceKind",
    "IndicatorKind",
    "Measure",
    "MeasureField",
    "MeasureKind",
    "MeasureStatus",
    "Meeting",
    "MeetingState",
    "Presence",
    "Remark",
    "Roadmap",
    "RoadmapSnapshot",
    "RoadmapState",
    "SnapshotReason",
    "Task",
]
