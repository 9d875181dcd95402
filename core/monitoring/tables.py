"""All tables of the room."""

from core.monitoring.passport_tables import Direction, IndicatorKind, IndicatorPassport, Level
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
    "Direction",
    "ExpectedResult",
    "IndicatorEvidence",
    "IndicatorKind",
    "IndicatorPassport",
    "IndicatorValue",
    "Level",
    "TypicalCluster",
    "ValueState",
]
