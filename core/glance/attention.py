"""What needs the director most: three things at most, each with one action. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.analysis.problem_fields import FoundField
from core.analysis.status import Status
from core.intake.history import WorkSummary
from core.intake.missing import MissingResults
from core.planning.reminders import Reminder

SHOWN = 3


class Alarm(StrEnum):
    """What is wrong."""

    NO_PLAN = "работа без плана"
    FIELD = "проблемное поле"
    OVERDUE = "просрочено"
    NOT_COME = "результаты не пришли"


@dataclass(frozen=True, slots=True)
class RedItem:
    """One urgent thing: the first of its kind, and how many more there are. `found` is what `alarm` says."""

    alarm: Alarm
    found: FoundField | WorkSummary | Reminder | MissingResults
    more: int = 0


def red_items(
    without_plan: Sequence[WorkSummary], fields: Sequence[FoundField], reminders: Sequence[Reminder],
    missing: Sequence[MissingResults],
) -> tuple[RedItem, ...]:
    """Return the most urgent things.

    First works that cannot be analysed, then the surest field, what is overdue the longest, results that did not come;
    further fields fill the rest. Fields with a decision step back, and each element of a work is told once.
    """
    urgent = _each_once(sorted(fields, key=_urgency))
    late = [one for one in reminders if one.is_overdue]
    first = [
        *_first(Alarm.NO_PLAN, without_plan), *(RedItem(Alarm.FIELD, one) for one in urgent[:1]),
        *_first(Alarm.OVERDUE, late), *_first(Alarm.NOT_COME, missing),
    ]
    return (*first, *(RedItem(Alarm.FIELD, one) for one in urgent[1:]))[:SHOWN]


def _first(
    alarm: Alarm, found: Sequence[WorkSummary] | Sequence[Reminder] | Sequence[MissingResults]
) -> list[RedItem]:
    return [RedItem(alarm, found[0], len(found) - 1)] if found else []


def _urgency(one: FoundField) -> tuple[bool, bool, float]:
    return one.review is not None, one.field.status is not Status.SURELY_BELOW, -one.field.severity.total


def _each_once(fields: Sequence[FoundField]) -> list[FoundField]:
    """Return the first field of each element of each work, so that different things are shown."""
    first: dict[tuple[int, str], FoundField] = {}
    for one in fields:
        first.setdefault((one.work.assessment_id, one.field.key), one)
    return list(first.values())
