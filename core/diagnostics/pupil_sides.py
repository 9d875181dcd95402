"""How pupils do the content elements of a subject: the latest works, each in the widest unit that the viewer sees."""

from __future__ import annotations

import numpy as np
from sqlmodel import Session, col, select

from core.analysis.elements import Kind
from core.analysis.loading import load_works
from core.analysis.measuring import measure
from core.analysis.status import Status
from core.analysis.sums import work_sums
from core.analysis.work import Unit, UnitLevel
from core.diagnostics.triangulation import PupilSide
from core.intake.history import assessment_name
from core.intake.tables import Assessment
from core.people.scope import Action, Scope

ElementKey = tuple[str, str]
"""Subject and content element."""

_WIDEST_FIRST = (UnitLevel.REGION, UnitLevel.MUNICIPALITY, UnitLevel.SCHOOL, UnitLevel.CLASS)


def pupil_sides(
    session: Session, scope: Scope, subjects: tuple[str, ...] = (), school_id: int | None = None
) -> dict[ElementKey, list[PupilSide]]:
    """Return by subject and element how the latest work of each procedure and grade went; nothing without the right.

    Works without a plan have no elements. With a school its pupils alone; else the widest unit, of several equal ones
    each apart: works and units are never averaged.
    """
    found: dict[ElementKey, list[PupilSide]] = {}
    if not scope.allows(Action.VIEW):
        return found
    for work in load_works(session, scope, _latest(session, scope.require(Action.VIEW), subjects)):
        if not any(item.elements for item in work.items):
            continue
        measures = measure(work, work_sums(work, (Kind.ELEMENT,)))
        name = assessment_name(work.procedure, "", work.grade, work.year, work.title)
        several = _units(measures.units, school_id)
        for unit in several:
            row = measures.row(unit.key) or 0
            for place, key in enumerate(measures.sums.grouping.keys):
                facility = float(measures.estimates.facility[row, place])
                if np.isnan(facility):
                    continue
                side = PupilSide(
                    work.assessment_id, f"{name}: {unit.full_name}" if len(several) > 1 else name, unit.key, facility,
                    float(measures.estimates.low[row, place]), float(measures.estimates.high[row, place]),
                    int(measures.estimates.participants[row, place]), Status(int(measures.status[row, place])),
                    float(measures.sums.sufficient[place]),
                )
                found.setdefault((work.subject, key.name), []).append(side)
    return found


def _units(units: tuple[Unit, ...], school_id: int | None) -> list[Unit]:
    if school_id is not None:
        return [unit for unit in units if unit.key == f"organisation:{school_id}"]
    for level in _WIDEST_FIRST:
        found = [unit for unit in units if unit.level is level]
        if found:
            return found
    return []


def _latest(session: Session, scope: Scope, subjects: tuple[str, ...]) -> list[Assessment]:
    """Return the latest work of each procedure, subject and grade."""
    query = select(Assessment).where(col(Assessment.deleted_at).is_(None))
    if subjects:
        query = query.where(col(Assessment.subject).in_(subjects))
    found: dict[tuple[str, str, int | None], Assessment] = {}
    for work in session.exec(query.order_by(col(Assessment.year), col(Assessment.id))):
        if scope.sees_subject(work.subject):
            found[work.procedure, work.subject, work.grade] = work
    return list(found.values())
