"""Whether measures were done by their last deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from core.people.academic_year import year_on
from core.people.scope import Scope
from core.planning.periods import deadline_of, period_of
from core.planning.roadmaps import list_roadmaps
from core.planning.statuses import MeasureStatus
from core.planning.tables import Measure, MeasureKind, Roadmap


def last_deadline(roadmap: Roadmap, measure: Measure) -> date | None:
    """Return the last day of a measure; None where it has none, or where it was cancelled."""
    if measure.status is MeasureStatus.CANCELLED:
        return None
    windows = deadline_of(measure).windows(period_of(roadmap))
    return windows[-1].last if windows else None


def is_done_by(measure: Measure, last: date) -> bool:
    """Say whether the measure was done by its last day."""
    return measure.status is MeasureStatus.DONE and (measure.done_on is None or measure.done_on <= last)


def measures_in_time(
    session: Session, scope: Scope, years: Sequence[int], today: date
) -> list[tuple[int, int]]:
    """Return for each academic year how many measures were done in time, of those whose last day came in it.

    Counted are roadmaps that the actor sees. Raises NotAllowed without the right to see roadmaps.
    """
    roadmaps = {row.id or 0: row for row in list_roadmaps(session, scope)}
    query = select(Measure).where(
        col(Measure.roadmap_id).in_(roadmaps), col(Measure.deleted_at).is_(None), Measure.kind == MeasureKind.MEASURE
    )
    counted = dict.fromkeys(years, (0, 0))
    for row in session.exec(query):
        last = last_deadline(roadmaps[row.roadmap_id], row)
        if last is None or last > today or year_on(last) not in counted:
            continue
        kept, due = counted[year_on(last)]
        counted[year_on(last)] = kept + is_done_by(row, last), due + 1
    return [counted[year] for year in years]
