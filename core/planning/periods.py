"""From a roadmap to the period against which its deadlines are worked out."""

from __future__ import annotations

from datetime import date

from core.planning.deadlines import Deadline, PlanPeriod, read_deadline
from core.planning.tables import Measure, Roadmap


def period_of(roadmap: Roadmap) -> PlanPeriod:
    """Return the plan period of a roadmap."""
    return PlanPeriod(roadmap.starts_on, roadmap.ends_on, roadmap.year_kind, roadmap.next_assessment)


def deadline_of(measure: Measure) -> Deadline:
    """Return the deadline of a measure, understood."""
    return read_deadline(measure.deadline_text, measure.deadline_written_on)


def lateness(roadmap: Roadmap, measure: Measure, on: date) -> date | None:
    """Return since when the measure is overdue on the day; None when it is not."""
    return deadline_of(measure).overdue_since(on, measure.status, measure.done_on, period_of(roadmap))
