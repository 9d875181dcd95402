"""Works in memory, kept by what they were put together from; who sees the same of a work shares it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from core.analysis.kept import Kept
from core.analysis.references import WorkReferences
from core.analysis.work import Work
from core.intake.class_heads import ClassHead
from core.intake.tables import Assessment

_MOST_BYTES = 128 * 2**20
_OF_CLASS = 4096
"""What objects of a class (its row, its unit, its fields) take beside its columns, roughly."""
_works = Kept(_MOST_BYTES)


class Placed(NamedTuple):
    """A school, its municipality and its region; "" and None where the actor's tree does not show them."""

    school_id: int
    school_name: str
    municipality_id: int | None
    municipality_name: str
    region_id: int | None
    region_name: str


class Source(NamedTuple):
    """Everything from which a work is put together: equal sources make equal works."""

    store: tuple[str, int]
    """Which store, and at which data version it was last replaced as a whole."""
    assessment: tuple[object, ...]
    classes: tuple[ClassHead, ...]
    owned: tuple[bool, ...]
    """Of each class, whether its small groups may be shown to who asks."""
    places: tuple[Placed, ...]
    """Where the schools of the classes stood, as far as who asks may know."""
    seen: tuple[bool, ...]
    """Of each place, whether who asks sees the whole school."""
    references: WorkReferences
    absent_as_zero: bool


def work_from(source: Source, make: Callable[[], Work]) -> Work:
    """Return the work of a source; nobody changes it, its columns cannot be written to."""
    return _works.of(source, lambda: _closed(make()), _weight)


def traits_of(assessment: Assessment) -> tuple[object, ...]:
    """Return what a work takes from its stored assessment."""
    return (
        assessment.id, assessment.procedure, assessment.subject, assessment.grade, assessment.year, assessment.title,
        assessment.items_key, tuple(assessment.item_codes), tuple(assessment.item_maxima),
        tuple(assessment.item_levels or ()),
    )


def _closed(work: Work) -> Work:
    for column in (work.scores, work.totals, work.marks, work.journal_marks, work.test_scores):
        column.setflags(write=False)
    return work


def _weight(work: Work) -> int:
    columns = (work.scores, work.totals, work.marks, work.journal_marks, work.test_scores)
    return sum(column.nbytes for column in columns) + _OF_CLASS * len(work.classes)
