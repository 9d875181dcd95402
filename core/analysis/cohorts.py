"""Cohorts of schools that rose or fell far more than others between two years."""

from __future__ import annotations

import numpy as np
from sqlmodel import Session, col, select

from core.analysis.loading import load_work, load_works
from core.analysis.objectivity import Marker, grade_jumps
from core.analysis.results import point_shares
from core.analysis.work import UnitLevel, Work
from core.intake.tables import Assessment
from core.people.scope import Scope
from core.people.suppression import Hidden


def cohort_jumps(session: Session, scope: Scope, assessment_id: int) -> dict[str, Marker]:
    """Return unit key of a school → sign that its cohort rose or fell far more than others since the year before.

    Compares with the work of the grade below, a year earlier, in the same procedure and subject (algorithm 3).
    """
    work = load_work(session, scope, assessment_id)
    if work.grade is None:
        return {}
    query = select(Assessment).where(
        Assessment.procedure == work.procedure, Assessment.subject == work.subject, Assessment.grade == work.grade - 1,
        Assessment.year == work.year - 1, col(Assessment.deleted_at).is_(None),
    )
    before: dict[str, float] = {}
    for one in load_works(session, scope, session.exec(query).all()):
        before |= _school_shares(one)
    now = _school_shares(work)
    schools = [key for key in now if key in before]
    found = grade_jumps(np.array([before[key] for key in schools]), np.array([now[key] for key in schools]))
    return {key: marker for key, marker in zip(schools, found, strict=True) if marker is not None}


def _school_shares(work: Work) -> dict[str, float]:
    """Return the mean share of all points of each school that may be shown."""
    schools = (
        unit
        for unit in work.units
        if unit.level is UnitLevel.SCHOOL and work.suppression.of(unit) is Hidden.NO
    )
    return {unit.key: float(point_shares(work, work.rows(unit.classes)).mean()) for unit in schools}
