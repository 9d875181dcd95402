"""All tables of the room."""

from core.cycle.cycle_tables import (
    Cycle,
    CycleEvidence,
    CycleMark,
    CycleStage,
    CycleState,
    HandState,
    Regulation,
    RegulationKind,
    StageSide,
)

__all__ = [
    "Cycle",
    "CycleEvidence",
    "CycleMark",
    "CycleStage",
    "CycleState",
    "HandState",
    "Regulation",
    "RegulationKind",
    "StageSide",
]
