"""All tables of the room."""

from core.cycle.closing_tables import CarriedItem, Decision, ItemKind, Outcome
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
from core.cycle.own_model_tables import OwnModel, OwnModelEdition

__all__ = [
    "CarriedItem",
    "Cycle",
    "CycleEvidence",
    "CycleMark",
    "CycleStage",
    "CycleState",
    "Decision",
    "HandState",
    "ItemKind",
    "Outcome",
    "OwnModel",
    "OwnModelEdition",
    "Regulation",
    "RegulationKind",
    "StageSide",
]
