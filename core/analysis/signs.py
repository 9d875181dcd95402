"""Signs of doubtful objectivity of a unit and of every school inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from core.analysis.cohorts import cohort_jumps
from core.analysis.marks import score_distribution
from core.analysis.objectivity import Marker
from core.analysis.results import unit_markers, work_overview
from core.analysis.work import Unit, UnitLevel
from core.people.scope import Scope
from core.people.suppression import Hidden


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
    work, jumps = whole.work, cohort_jumps(session, scope, assessment_id)
    found = [UnitSigns(whole.unit.full_name if whole.unit else None, _with_jump(whole.markers, whole.unit, jumps))]
    for summary in whole.units:
        unit = summary.unit
        if unit.level is not UnitLevel.SCHOOL or summary.hidden is not Hidden.NO:
            continue
        distribution = score_distribution(work.totals[work.rows(unit.classes)], int(work.maxima.sum()))
        found.append(UnitSigns(unit.name, _with_jump(unit_markers(work, unit, distribution), unit, jumps)))
    return tuple(one for one in found if one.markers)


def _with_jump(markers: tuple[Marker, ...], unit: Unit | None, jumps: Mapping[str, Marker]) -> tuple[Marker, ...]:
    return (*markers, jumps[unit.key]) if unit is not None and unit.key in jumps else markers
