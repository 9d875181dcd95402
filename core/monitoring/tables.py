"""All tables of the room."""

from core.monitoring.passport_tables import Direction, IndicatorKind, IndicatorPassport, Level
from core.monitoring.plan_tables import CollectionStep, IndicatorTarget, Reporting, TargetLevel
from core.monitoring.value_tables import (
    Campaign,
    ExpectedResult,
    IndicatorEvidence,
    IndicatorValue,
    TypicalCluster,
    ValueState,
)

__all__ = [
    "Campaign",
    "CollectionStep",
    "Direction",
    "ExpectedResult",
    "IndicatorEvidence",
    "IndicatorKind",
    "IndicatorPassport",
    "IndicatorTarget",
    "IndicatorValue",
    "Level",
    "Reporting",
    "TargetLevel",
    "TypicalCluster",
    "ValueState",
]
