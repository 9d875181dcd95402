"""One key of one unit beside its parents, other classes, reference rows of imported reports and other years."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlmodel import Session, col, select

from core.analysis.background import background_of
from core.analysis.compare import (
    Comparison,
    WorkTraits,
    comparability,
    compare_shares,
    hidden_comparison,
    reference_facility,
)
from core.analysis.elements import Key, KeyEstimates, Kind, estimate_keys
from core.analysis.loading import load_work, load_works
from core.analysis.partition import Partition
from core.analysis.reports import shown_reports
from core.analysis.sums import WorkSums, work_sums
from core.analysis.work import Unit, UnitLevel, Work
from core.errors import NotFound
from core.intake.tables import Assessment
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN

_REPORTS = ("items", "outcomes")


def compare_field(
    session: Session, scope: Scope, assessment_id: int, unit_key: str, kind: Kind, key_name: str
) -> tuple[Comparison, ...]:
    """Return the comparisons of one key of one unit: the rest of each parent, reference rows, other years.

    For somebody who sees single classes of a school: the sums of the other classes instead of parents. Differences are
    ours minus theirs; a hidden parent stands there without numbers. Raise NotFound when work, unit or key is not in
    the scope.
    """
    work = load_work(session, scope, assessment_id)
    sums = work_sums(work, (kind,))
    unit = work.unit(unit_key)
    column = next((place for place, key in enumerate(sums.grouping.keys) if key.name == key_name), None)
    if unit is None or column is None:
        raise NotFound("Проблемное поле")
    key = sums.grouping.keys[column]
    ours = _estimates(sums, unit.classes)
    if work.suppression.of_key(unit.classes, key) or ours.participants[0, column] == 0:
        raise NotFound("Проблемное поле")
    return (
        *_with_parents(work, sums, unit, ours, column),
        *_with_background(session, scope, work, unit, key, ours, column),
        *_with_references(session, scope, work, key, ours, column),
        *_with_years(session, scope, work, unit, key, ours, column),
    )


def _estimates(sums: WorkSums, classes: Sequence[int]) -> KeyEstimates:
    return estimate_keys(sums.classes.combine(Partition([classes])))


def _with_parents(work: Work, sums: WorkSums, unit: Unit, ours: KeyEstimates, column: int) -> list[Comparison]:
    """Compare with the other classes of each parent, so that the unit is not compared with itself."""
    found = []
    for parent_key in unit.parents:
        parent = work.unit(parent_key)
        others = [place for place in parent.classes if place not in unit.classes] if parent is not None else []
        if parent is None or not others:
            continue
        name = f"{parent.name} ({parent.level.words}), остальные"
        hidden = work.suppression.of_key(parent.classes, sums.grouping.keys[column])
        if hidden:
            found.append(hidden_comparison(name, hidden))
            continue
        theirs = _estimates(sums, others)
        if np.isnan(theirs.facility[0, column]):
            continue
        found.append(compare_shares(
            name,
            float(ours.facility[0, column]), float(ours.effective_n[0, column]),
            float(theirs.facility[0, column]), float(theirs.effective_n[0, column]),
            int(theirs.participants[0, column]),
        ))
    return found


def _with_background(
    session: Session, scope: Scope, work: Work, unit: Unit, key: Key, ours: KeyEstimates, column: int
) -> list[Comparison]:
    """Compare a class with the sums of the classes that the actor does not see one by one."""
    found = []
    for others in background_of(session, scope, work):
        sums = work_sums(others.work, (key.kind,))
        theirs = _estimates(sums, range(len(others.work.classes)))
        n = int(theirs.participants[0, column])
        if unit.organisation_id in others.of_schools and n >= SMALLEST_SHOWN:
            found.append(compare_shares(
                others.name, float(ours.facility[0, column]), float(ours.effective_n[0, column]),
                float(theirs.facility[0, column]), float(theirs.effective_n[0, column]), n,
            ))
    return found


def _with_references(
    session: Session, scope: Scope, work: Work, key: Key, ours: KeyEstimates, column: int
) -> list[Comparison]:
    """Compare with rows of aggregated reports that hold every item of the key."""
    codes = [work.items[item].code for item in key.items]
    maxima = [work.items[item].max_score for item in key.items]
    found: dict[str, Comparison] = {}
    for kind in _REPORTS:
        for row in shown_reports(session, scope, work, kind):
            facility = reference_facility(row.values, codes, maxima)
            if not np.isnan(facility) and row.group_name not in found:
                found[row.group_name] = compare_shares(
                    f"{row.group_name} (сводный отчёт)", float(ours.facility[0, column]),
                    float(ours.effective_n[0, column]), facility, row.participants, row.participants,
                )
    return list(found.values())


def _with_years(
    session: Session, scope: Scope, work: Work, unit: Unit, key: Key, ours: KeyEstimates, column: int
) -> list[Comparison]:
    """Compare with other years: organisations in the same grade, a class with itself a grade lower."""
    query = select(Assessment).where(
        Assessment.procedure == work.procedure, Assessment.subject == work.subject, Assessment.year != work.year,
        col(Assessment.deleted_at).is_(None),
    )
    rows = [one for one in session.exec(query).all() if _is_counterpart(one, work, unit)]
    found = []
    for other in sorted(load_works(session, scope, rows), key=lambda one: one.year):
        verdict, reason = comparability(work_traits(work), work_traits(other), key)
        counterpart, sums = other.unit(unit.key), work_sums(other, (key.kind,))
        names = [one.name for one in sums.grouping.keys]
        if counterpart is None or key.name not in names:
            continue
        place = names.index(key.name)
        name, hidden = f"{other.year} год", other.suppression.of_key(counterpart.classes, sums.grouping.keys[place])
        if hidden:
            found.append(hidden_comparison(name, hidden))
            continue
        theirs = _estimates(sums, counterpart.classes)
        if np.isnan(theirs.facility[0, place]):
            continue
        found.append(compare_shares(
            name, float(ours.facility[0, column]), float(ours.effective_n[0, column]),
            float(theirs.facility[0, place]), float(theirs.effective_n[0, place]), int(theirs.participants[0, place]),
            verdict, reason, other.year,
        ))
    return found


def _is_counterpart(other: Assessment, work: Work, unit: Unit) -> bool:
    if other.grade is None or work.grade is None:
        return False
    if unit.level is UnitLevel.CLASS:
        return work.grade - other.grade == work.year - other.year
    return other.grade == work.grade


def work_traits(work: Work) -> WorkTraits:
    """Return what decides whether the work is comparable with another one."""
    elements = frozenset(name for item in work.items if not item.is_cross_cutting for name in item.elements)
    return WorkTraits(work.procedure, work.subject, work.year, work.items_key, elements)
