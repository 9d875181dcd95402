"""Progress of groups and whole roadmaps from the progress of their measures, weighted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.planning.roadmap_tables import Measure, MeasureKind
from core.planning.statuses import DONE_STATUSES, MeasureStatus
from core.planning.tree import Branch


@dataclass(frozen=True, slots=True)
class Rollup:
    """What a branch, or a whole roadmap, has reached. `progress` is per cent 0..100, None when nothing counts.

    `measures` are those that count; `cancelled` ones stand beside them.
    """

    progress: float | None
    weight: float
    measures: int
    done: int
    cancelled: int = 0


def own_progress(measure: Measure) -> int | None:
    """Return the progress of one measure: 100 when done; None when cancelled, which counts nowhere."""
    if measure.status is MeasureStatus.CANCELLED:
        return None
    return 100 if measure.status in DONE_STATUSES else measure.progress


def roll_up(branches: Sequence[Branch[Measure]]) -> Rollup:
    """Return the weighted mean of the measures: Σ weight·progress / Σ weight over what is carried out.

    A measure with sub-measures stands for them: they count, it does not. A group's own weight multiplies nothing.
    """
    total = weight = 0.0
    measures = done = cancelled = 0
    for branch in branches:
        if branch.children:
            part = roll_up(branch.children)
            measures, done, weight = measures + part.measures, done + part.done, weight + part.weight
            cancelled += part.cancelled
            total += (part.progress or 0.0) * part.weight
            continue
        own = own_progress(branch.row)
        if branch.row.kind is MeasureKind.GROUP:
            continue
        if own is None:
            cancelled += 1
            continue
        measures, done = measures + 1, done + (branch.row.status in DONE_STATUSES)
        weight += branch.row.weight
        total += own * branch.row.weight
    return Rollup(total / weight if weight > 0 else None, weight, measures, done, cancelled)
