"""Signs, colours and badges of the statuses of measures: no colour speaks alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.planning.statuses import MeasureStatus

Badge: TypeAlias = Literal["red", "orange", "gray", "blue", "green"]


@dataclass(frozen=True, slots=True)
class MeasureStyle:
    """Sign, colour of a bar and colour of a badge."""

    sign: str
    colour: str
    badge: Badge


MEASURE_STYLES: dict[MeasureStatus, MeasureStyle] = {
    MeasureStatus.PLANNED: MeasureStyle("○", "#B9C3CF", "gray"),
    MeasureStatus.IN_PROGRESS: MeasureStyle("◐", "#3F8FD2", "blue"),
    MeasureStatus.DONE: MeasureStyle("✓", "#0B4A8A", "blue"),
    MeasureStatus.DONE_LATE: MeasureStyle("✓!", "#5A6675", "blue"),
    MeasureStatus.NOT_DONE: MeasureStyle("✗", "#A8320A", "red"),
    MeasureStatus.POSTPONED: MeasureStyle("→", "#8A4F9E", "orange"),
    MeasureStatus.CANCELLED: MeasureStyle("—", "#DDE3EA", "gray"),
}
OVERDUE_SIGN, OVERDUE_COLOUR = "⚠", "#D97A00"
OVERDUE_BADGE: Badge = "orange"


def measure_words(status: MeasureStatus) -> str:
    """Return sign and word of a status: «◐ в работе»."""
    return f"{MEASURE_STYLES[status].sign} {status.value}"
