"""The seven statuses of a measure and what each one asks for."""

from __future__ import annotations

from enum import StrEnum


class MeasureStatus(StrEnum):
    """How far a measure is."""

    PLANNED = "запланировано"
    IN_PROGRESS = "в работе"
    DONE = "выполнено"
    DONE_LATE = "выполнено с опозданием"
    NOT_DONE = "не выполнено"
    POSTPONED = "перенесено"
    CANCELLED = "отменено"


DONE_STATUSES = frozenset({MeasureStatus.DONE, MeasureStatus.DONE_LATE})
"""The measure was carried out; a recurring one is due again in its next period."""

OPEN_STATUSES = frozenset({MeasureStatus.PLANNED, MeasureStatus.IN_PROGRESS, MeasureStatus.POSTPONED})
"""Something is still to be done. A postponed measure follows its new deadline, which stands in place of the old one."""

NOTE_REQUIRED = frozenset(
    {MeasureStatus.DONE_LATE, MeasureStatus.NOT_DONE, MeasureStatus.POSTPONED, MeasureStatus.CANCELLED}
)
"""Statuses that need a sentence on why."""
