"""Signs of doubtful objectivity of a unit and of every school inside it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from core.analysis.objectivity import Marker
from core.analysis.results import cohort_jumps, work_overview
from core.analysis.work import UnitLevel
from core.errors import NotAllowed
from core.people.scope import Scope


@dataclass(frozen=True, slots=True)
class UnitSigns:
    """The signs of one unit; `name` None stands for everything that the actor sees of the work."""

    name: str | None
    markers: tuple[Marker, ...]


def signs_of_work(
    session: Session, scope: Scope, assessment_id: int, unit_key: str | None = None
) -> tuple[UnitSigns, ...]:
    """Return the units with at least one sign: the asked unit first, then its schools by name.

    Raise NotFound when the work or the unit lies outside the scope, NotAllowed when the unit is too small to be shown.
    """
    whole = work_overview(session, scope, assessment_id, unit_key)
    jumps = cohort_jumps(session, scope, assessment_id)
    own = list(whole.markers)
    if whole.unit is not None and whole.unit.key in jumps:
        own.append(jumps[whole.unit.key])
    found = [UnitSigns(whole.unit.full_name if whole.unit else None, tuple(own))]
    for summary in whole.units:
        if summary.unit.level is not UnitLevel.SCHOOL:
            continue
        try:
            markers = list(work_overview(session, scope, assessment_id, summary.unit.key).markers)
        except NotAllowed:
            continue
        if summary.unit.key in jumps:
            markers.append(jumps[summary.unit.key])
        found.append(UnitSigns(summary.unit.name, tuple(markers)))
    return tuple(one for one in found if one.markers)
