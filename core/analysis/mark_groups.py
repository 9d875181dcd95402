"""Distributions of a unit beside those of the units above it and of imported reports."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from core.analysis.background import background_of
from core.analysis.loading import load_work
from core.analysis.marks import MarkIndices, has_marks, mark_indices
from core.analysis.reports import shown_reports
from core.analysis.work import Unit, Work
from core.errors import NotFound
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN, Hidden

MARKS = ("2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class MarkGroup:
    """The marks of one unit or report: shares 0..1 of the marks 2, 3, 4, 5."""

    name: str
    participants: int | None
    shares: tuple[float, float, float, float]
    counts: tuple[int, int, int, int] | None = None
    """None where only a report's shares are known."""
    hidden: Hidden = Hidden.NO
    """Why the marks are not shown; the shares are not numbers then."""


def mark_groups(
    session: Session, scope: Scope, assessment_id: int, unit_key: str | None = None
) -> tuple[MarkGroup, ...]:
    """Return the marks of the unit (everything visible by default), of the units above it, and of reports.

    For somebody who sees single classes of a school: the other classes together instead of the units above. Groups
    without a mark are left out. Raise NotFound when the work or the unit lies outside the scope.
    """
    work = load_work(session, scope, assessment_id)
    unit = None if unit_key is None else work.unit(unit_key)
    if unit_key is not None and unit is None:
        raise NotFound("Класс или организация")
    above = [found for key in (unit.parents if unit else ()) if (found := work.unit(key)) is not None]
    own = [_of_unit(work, one) for one in ([unit, *above] if unit else [None])]
    others = [
        MarkGroup(one.name, marks.n, _shares(marks), marks.counts)
        for one in background_of(session, scope, work)
        if (unit is None or unit.organisation_id in one.of_schools)
        and (marks := mark_indices(one.work.marks)).n >= SMALLEST_SHOWN
    ]
    named = [
        MarkGroup(
            f"{row.group_name} (сводный отчёт)", row.participants,
            (row.values["2"] / 100, row.values["3"] / 100, row.values["4"] / 100, row.values["5"] / 100),
        )
        for row in shown_reports(session, scope, work, "marks")
        if all(mark in row.values for mark in MARKS)
    ]
    return (*(group for group in own if group is not None), *others, *named)


def _of_unit(work: Work, unit: Unit | None) -> MarkGroup | None:
    """Return the marks of a unit; None when nobody has a mark."""
    classes = tuple(range(len(work.classes))) if unit is None else unit.classes
    found = mark_indices(work.marks[work.rows(classes)])
    if not found.n:
        return None
    hidden = work.suppression.of_counted(unit, has_marks(work.marks))
    if hidden is not Hidden.NO:
        nothing = float("nan")
        return MarkGroup(_name(work, unit), None, (nothing, nothing, nothing, nothing), None, hidden)
    return MarkGroup(_name(work, unit), found.n, _shares(found), found.counts)


def _name(work: Work, unit: Unit | None) -> str:
    if unit is not None:
        return unit.full_name
    widest = [one for one in work.units if not one.parents]
    if len(widest) == 1:
        return widest[0].full_name
    return "Вся работа" if any(part.is_school_seen for part in work.classes) else "Мои классы"


def _shares(found: MarkIndices) -> tuple[float, float, float, float]:
    two, three, four, five = (count / found.n for count in found.counts)
    return two, three, four, five
