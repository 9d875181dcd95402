"""What screens of one work show: items, marks, classes and schools side by side, signs of doubtful objectivity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from core.analysis.elements import Kind, group_items
from core.analysis.groups import GroupResults, group_results
from core.analysis.items import ItemStatistics, item_statistics, without_items
from core.analysis.loading import load_work
from core.analysis.marks import (
    JournalComparison,
    MarkIndices,
    Mean,
    ScoreDistribution,
    Share,
    has_marks,
    journal_comparison,
    mark_indices,
    nobody_compared,
    score_distribution,
)
from core.analysis.measuring import Measures, measure
from core.analysis.objectivity import Marker, against_journal, heaping, high_mean
from core.analysis.partition import Partition
from core.analysis.sums import item_group_sums, work_sums
from core.analysis.work import Unit, UnitLevel, Work
from core.errors import NotAllowed, NotFound
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN, Hidden

DEFAULT_KINDS = (Kind.ELEMENT, Kind.TASK_TYPE, Kind.LEVEL)
_REFUSALS = {
    Hidden.SMALL: f"Участников меньше {SMALLEST_SHOWN}: вне своей школы такие результаты не показываются.",
    Hidden.PROTECTING: "Эти результаты скрыты: из них вычитанием получились бы результаты малой группы.",
}
_INSTEAD = "Посмотрите результаты школы или муниципалитета в целом."


@dataclass(frozen=True, slots=True)
class ItemsOfWork:
    """Item statistics of a work in one unit; `unit` None means everything that the actor sees."""

    work: Work
    unit: Unit | None
    statistics: ItemStatistics
    groups: GroupResults
    """Items by groups of marks or bands: 1 × groups × items, columns in the order of the items."""
    hidden: tuple[Hidden, ...]
    """Of each item why it is not shown; its statistics are empty then."""


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """One row of «классы и школы»: how a unit did on the whole; None where it is hidden."""

    unit: Unit
    participants: int | None
    share: Mean | None
    """Mean share of all points, 0..1."""
    marks: MarkIndices | None
    """None also where those who have a mark are hidden."""
    hidden: Hidden = Hidden.NO
    """Why the unit is not shown."""


@dataclass(frozen=True, slots=True)
class WorkOverview:
    """A work in one unit at a glance."""

    work: Work
    unit: Unit | None
    participants: int
    absent: int
    marks: MarkIndices
    journal: JournalComparison
    distribution: ScoreDistribution
    passed_minimum: Share | None
    """ЕГЭ: share at or above the least test score that counts; None without test scores."""
    test_scores: Mean | None
    units: tuple[UnitSummary, ...]
    """Units one step down and below, schools first."""
    markers: tuple[Marker, ...]
    above: Unit | None
    """The widest shown unit above, to be compared with."""
    marks_hidden: Hidden = Hidden.NO
    """Why the marks are not shown: few have one. They are empty then; so are the others."""
    journal_hidden: Hidden = Hidden.NO
    tests_hidden: Hidden = Hidden.NO


@dataclass(frozen=True, slots=True)
class MeasuredWork:
    """A work with its units measured against its keys: the ground of heat maps and lists."""

    work: Work
    measures: Measures


def items_of_work(
    session: Session, scope: Scope, assessment_id: int, unit_key: str | None = None, preset: str | None = None,
    absent_as_zero: bool = True,
) -> ItemsOfWork:
    """Return the item statistics of a work in a unit (everything visible by default).

    Raise NotFound when the work or the unit lies outside the scope, NotAllowed when the unit is too small to be shown.
    """
    work = load_work(session, scope, assessment_id, preset, absent_as_zero)
    unit, classes = _unit(work, unit_key)
    rows = work.rows(classes)
    part = part_of(work, classes)
    groups, sufficient = item_group_sums(part)
    everything = Partition([range(len(part.classes))])
    hidden = work.suppression.items(unit)
    statistics = item_statistics(work.scores[rows], work.maxima, work.absent_as_zero)
    keys = group_items(work.items, (Kind.ITEM,)).keys
    return ItemsOfWork(
        work, unit, without_items(statistics, hidden > 0) if hidden.any() else statistics,
        group_results(
            groups.combine(everything), work.group_labels, sufficient, work.suppression.groups([unit], keys)
        ),
        tuple(Hidden(int(code)) for code in hidden),
    )


def measured_work(
    session: Session, scope: Scope, assessment_id: int, kinds: Sequence[Kind] = DEFAULT_KINDS,
    levels: Sequence[UnitLevel] = tuple(UnitLevel), preset: str | None = None, absent_as_zero: bool = True,
) -> MeasuredWork:
    """Return every visible unit of the work measured against the keys of these kinds."""
    work = load_work(session, scope, assessment_id, preset, absent_as_zero)
    return MeasuredWork(work, measure(work, work_sums(work, kinds), levels))


def work_overview(
    session: Session, scope: Scope, assessment_id: int, unit_key: str | None = None, preset: str | None = None
) -> WorkOverview:
    """Return the work at a glance; errors as in `items_of_work`."""
    work = load_work(session, scope, assessment_id, preset)
    unit, classes = _unit(work, unit_key)
    rows = work.rows(classes)
    totals, marks, journal = work.totals[rows], work.marks[rows], work.journal_marks[rows]
    has_mark, has_both = has_marks(work.marks), has_marks(work.marks) & has_marks(work.journal_marks)
    marks_hidden = work.suppression.of_counted(unit, has_mark)
    journal_hidden = max(marks_hidden, work.suppression.of_counted(unit, has_both))
    tests_hidden = work.suppression.of_counted(unit, work.test_scores >= 0)
    test_scores = work.test_scores[rows]
    tested = test_scores[(test_scores >= 0) & (tests_hidden is Hidden.NO)]
    passed = None
    if work.minimum_test_score is not None and tested.size:
        passed = Share.of(int((tested >= work.minimum_test_score).sum()), int(tested.size))
    distribution = score_distribution(totals, int(work.maxima.sum()))
    return WorkOverview(
        work=work, unit=unit, participants=int(totals.size),
        absent=sum(work.classes[place].absent for place in classes),
        marks=mark_indices(marks if marks_hidden is Hidden.NO else marks[:0]),
        journal=journal_comparison(marks, journal) if journal_hidden is Hidden.NO else nobody_compared(),
        distribution=distribution,
        passed_minimum=passed, test_scores=Mean.of(tested) if tested.size else None,
        units=tuple(_summary(work, one) for one in _below(work, unit)),
        markers=unit_markers(work, unit, distribution), above=shown_above(work, unit), marks_hidden=marks_hidden,
        journal_hidden=journal_hidden, tests_hidden=tests_hidden,
    )


def part_of(work: Work, classes: Sequence[int]) -> Work:
    """Return the work with these classes only."""
    if len(classes) == len(work.classes):
        return work
    rows = work.rows(classes)
    return replace(
        work, classes=tuple(work.classes[place] for place in sorted(classes)), scores=work.scores[rows],
        totals=work.totals[rows], marks=work.marks[rows], journal_marks=work.journal_marks[rows],
        test_scores=work.test_scores[rows],
    )


def _unit(work: Work, unit_key: str | None) -> tuple[Unit | None, tuple[int, ...]]:
    """Return the unit and its classes; refuse an unknown unit and one that is too small to be shown."""
    unit = None if unit_key is None else work.unit(unit_key)
    if unit_key is not None and unit is None:
        raise NotFound("Класс или организация")
    classes = tuple(range(len(work.classes))) if unit is None else unit.classes
    hidden = work.suppression.of(unit)
    if hidden is not Hidden.NO:
        raise NotAllowed(_REFUSALS[hidden], _INSTEAD)
    return unit, classes


def shown_above(work: Work, unit: Unit | None) -> Unit | None:
    """Return the widest unit above that the actor may see."""
    above = [work.unit(key) for key in reversed(unit.parents)] if unit is not None else []
    return next((one for one in above if one is not None and work.suppression.of(one) is Hidden.NO), None)


def _below(work: Work, unit: Unit | None) -> list[Unit]:
    """Return the units inside a unit, bigger ones first."""
    order = (UnitLevel.REGION, UnitLevel.MUNICIPALITY, UnitLevel.SCHOOL, UnitLevel.CLASS)
    inside = [one for one in work.units if unit is None or unit.key in one.parents]
    return sorted(inside, key=lambda one: order.index(one.level))


def _summary(work: Work, unit: Unit) -> UnitSummary:
    hidden = work.suppression.of(unit)
    if hidden is not Hidden.NO:
        return UnitSummary(unit, None, None, None, hidden)
    rows = work.rows(unit.classes)
    are_marks_shown = work.suppression.of_counted(unit, has_marks(work.marks)) is Hidden.NO
    return UnitSummary(
        unit, int(work.totals[rows].size), Mean.of(point_shares(work, rows)),
        mark_indices(work.marks[rows]) if are_marks_shown else None,
    )


def point_shares(work: Work, rows: slice | NDArray[np.intp]) -> NDArray[np.float64]:
    """Return each participant's share of all points."""
    most = max(int(work.maxima.sum()), 1)
    return work.totals[rows].astype(np.float64) / most


def unit_markers(work: Work, unit: Unit | None, distribution: ScoreDistribution) -> tuple[Marker, ...]:
    """Return the signs of a unit with this distribution of scores, None for the whole work.

    The mean of a school is compared with that of the widest shown unit above it.
    """
    rows = slice(None) if unit is None else work.rows(unit.classes)
    found: list[Marker | None] = [*heaping(distribution.counts, work.cut_scores)]
    if work.suppression.of_counted(unit, has_marks(work.journal_marks)) is Hidden.NO:
        found.append(against_journal(work.totals[rows], work.journal_marks[rows]))
    above = shown_above(work, unit)
    if unit is not None and unit.level is UnitLevel.SCHOOL and above is not None:
        found.append(high_mean(distribution.mean, Mean.of(work.totals[work.rows(above.classes)]), above.name))
    return tuple(marker for marker in found if marker is not None)
