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
from core.planning.recommendation_tables import (
    AddresseeKind,
    BasisKind,
    Recommendation,
    RecommendationBasis,
    RecommendationEvidence,
    RecommendationState,
    RecommendationText,
)
from core.planning.roadmap_tables import (
    Evidence,
    IndicatorKind,
    Measure,
    MeasureField,
    MeasureKind,
    Remark,
    Roadmap,
    RoadmapState,
)
from core.planning.statuses import MeasureStatus
from core.store.evidence import EvidenceKind

__all__ = [
    "AddresseeKind",
    "AgendaItem",
    "AgendaKind",
    "ApprovalKind",
    "ApprovalStep",
    "Attendance",
    "BasisKind",
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
    "Recommendation",
    "RecommendationBasis",
    "RecommendationEvidence",
    "RecommendationState",
    "RecommendationText",
    "Remark",
    "Roadmap",
    "RoadmapSnapshot",
    "RoadmapState",
    "SnapshotReason",
    "Task",
]
