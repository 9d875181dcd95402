"""Results of pupils: marks of ВПР and ОГЭ, the minimum and high results of ОГЭ and ЕГЭ, items of the basic level.

Marks are those of the file, or of the mark scale where the file brought none, as on the screen of results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from core.analysis.items import offered_points
from core.analysis.kept import once_a_work
from core.analysis.marks import LEARNING_WEIGHTS, has_marks
from core.analysis.work import Work
from core.monitoring.automatic.counted import ByOrganisation, Counted, RecordKind, ones
from core.monitoring.automatic.records import Records
from core.monitoring.automatic.registry import auto
from core.people.suppression import SMALLEST_SHOWN

Weights = NDArray[np.float64]
_Weigh = Callable[..., tuple[Weights, Weights]]
"""From a work, and what else it needs, to each participant's weight in numerator and denominator."""

_VPR, _OGE, _EGE = "ВПР", "ОГЭ", "ЕГЭ"
_HIGH_TEST_SCORE = 81
_BASIC = "Б"
_HALF = 0.5


@auto("passed_vpr", RecordKind.CLASS, of_vpr=True)
def passed_vpr(records: Records) -> ByOrganisation:
    """Count the marks 3, 4 and 5 of ВПР."""
    return _count(records, {_VPR}, _marks_from, 3)


@auto("quality_vpr", RecordKind.CLASS, of_vpr=True)
def quality_vpr(records: Records) -> ByOrganisation:
    """Count the marks 4 and 5 of ВПР."""
    return _count(records, {_VPR}, _marks_from, 4)


@auto("learning_vpr", RecordKind.CLASS, of_vpr=True)
def learning_vpr(records: Records) -> ByOrganisation:
    """Sum the weights of the marks of ВПР (СОУ, per cent)."""
    return _count(records, {_VPR}, _learning)


@auto("passed_oge", RecordKind.CLASS)
def passed_oge(records: Records) -> ByOrganisation:
    """Count the marks 3, 4 and 5 of ОГЭ."""
    return _count(records, {_OGE}, _marks_from, 3)


@auto("quality_oge", RecordKind.CLASS)
def quality_oge(records: Records) -> ByOrganisation:
    """Count the marks 4 and 5 of ОГЭ."""
    return _count(records, {_OGE}, _marks_from, 4)


@auto("below_minimum", RecordKind.CLASS)
def below_minimum(records: Records) -> ByOrganisation:
    """Count the marks 2 of ОГЭ and the test scores of ЕГЭ below the minimum."""
    return _count(records, {_OGE, _EGE}, _below_minimum)


@auto("high_results", RecordKind.CLASS)
def high_results(records: Records) -> ByOrganisation:
    """Count the marks 5 of ОГЭ and 81–100 test scores of ЕГЭ."""
    return _count(records, {_OGE, _EGE}, _high)


@auto("confirmed_marks", RecordKind.CLASS, of_vpr=True)
def confirmed_marks(records: Records) -> ByOrganisation:
    """Count those whose mark of ВПР is that of the journal."""
    return _count(records, {_VPR}, _confirmed)


@auto("weak_basic_items", RecordKind.ITEM, of_vpr=True)
def weak_basic_items(records: Records) -> ByOrganisation:
    """Count the items of the basic level with less than half of the points in a school, works of few left out."""
    weak: dict[int, list[str]] = {school: [] for school in records.schools}
    basic: dict[int, list[str]] = {school: [] for school in records.schools}
    for work in records.works:
        columns = [place for place, item in enumerate(work.items) if item.level == _BASIC]
        x, offered = offered_points(work.scores, work.absent_as_zero)
        for school, rows in _schools(work):
            if rows.size < SMALLEST_SHOWN or school not in basic:
                continue
            for column in columns:
                n = rows.size if offered is None else int(offered[rows, column].sum())
                if not n:
                    continue
                key = f"{work.assessment_id}|{work.items[column].code}"
                basic[school].append(f"{school}|{key}")
                if float(x[rows, column].sum()) < _HALF * n * work.items[column].max_score:
                    weak[school].append(f"{school}|{key}")
    return {school: ones(weak[school], keys) for school, keys in basic.items() if keys}


def _schools(work: Work) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Give each school of the work with the rows of its participants."""
    places: dict[int, list[int]] = {}
    for place, part in enumerate(work.classes):
        places.setdefault(part.school_id, []).append(place)
    everybody = np.arange(work.participants)
    for school, classes in places.items():
        yield school, everybody[work.rows(classes)]


def _count(records: Records, procedures: set[str], weigh: _Weigh, *given: int) -> ByOrganisation:
    """Return for each school the weights of its classes; a class without anybody in the denominator is left out."""
    parts: dict[int, dict[str, float]] = {}
    wholes: dict[int, dict[str, float]] = {}
    for work in records.works:
        if work.procedure not in procedures:
            continue
        for school_id, key, part, whole in _weights_of_classes(work, weigh, *given):
            wholes.setdefault(school_id, {})[key] = whole
            parts.setdefault(school_id, {})[key] = part
    return {school: Counted(parts[school], whole) for school, whole in wholes.items()}


@once_a_work
def _weights_of_classes(work: Work, weigh: _Weigh, *given: int) -> tuple[tuple[int, str, float, float], ...]:
    """Return school, key, numerator and denominator of each class with anybody in the denominator."""
    # Whole numbers, so that their sums do not depend on the order of adding.
    in_part, in_whole = (np.add.reduceat(one, work.starts).tolist() for one in weigh(work, *given))
    return tuple(
        (one.school_id, f"{work.assessment_id}|{one.class_name}", part, whole)
        for one, part, whole in zip(work.classes, in_part, in_whole, strict=True)
        if whole
    )


def _marks_from(work: Work, least: int) -> tuple[Weights, Weights]:
    known = has_marks(work.marks)
    return (known & (work.marks >= least)).astype(np.float64), known.astype(np.float64)


def _learning(work: Work) -> tuple[Weights, Weights]:
    known = has_marks(work.marks)
    weights = np.zeros(work.participants)
    weights[known] = 100 * np.array(LEARNING_WEIGHTS)[work.marks[known].astype(np.int64) - 2]
    return weights, known.astype(np.float64)


def _confirmed(work: Work) -> tuple[Weights, Weights]:
    both = has_marks(work.marks) & has_marks(work.journal_marks)
    return (both & (work.marks == work.journal_marks)).astype(np.float64), both.astype(np.float64)


def _below_minimum(work: Work) -> tuple[Weights, Weights]:
    if work.procedure == _OGE:
        known = has_marks(work.marks)
        return (known & (work.marks == 2)).astype(np.float64), known.astype(np.float64)
    if work.minimum_test_score is None:
        return np.zeros(work.participants), np.zeros(work.participants)
    tested = work.test_scores >= 0
    return (tested & (work.test_scores < work.minimum_test_score)).astype(np.float64), tested.astype(np.float64)


def _high(work: Work) -> tuple[Weights, Weights]:
    if work.procedure == _OGE:
        return _marks_from(work, 5)
    tested = work.test_scores >= 0
    return (tested & (work.test_scores >= _HIGH_TEST_SCORE)).astype(np.float64), tested.astype(np.float64)
