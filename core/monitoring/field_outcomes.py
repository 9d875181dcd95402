"""Whether a problem field of one year is found again in the works of a later one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from core.analysis.elements import Kind
from core.analysis.fields import Flags, field_cells
from core.analysis.kept import once_a_work
from core.analysis.measuring import measure
from core.analysis.outside import Outside
from core.analysis.problem_fields import kinds_for
from core.analysis.results import DEFAULT_KINDS
from core.analysis.sums import work_sums
from core.analysis.tables import FieldReview
from core.analysis.work import Work
from core.people.hidden_units import class_key, organisation_key

_CLASS = class_key(0, "").partition(":")[0] + ":"


def outcomes_of(
    reviews: Iterable[FieldReview], before: Sequence[Work], after: Sequence[Work]
) -> Iterator[tuple[FieldReview, bool | None]]:
    """Give for each field whether the later works show it again; None where they cannot be compared.

    An organisation is compared in the same grade, a class with itself one grade higher, as repeats are
    (`core.analysis.problem_fields`). Comparable: the work of the same procedure and subject has the same element, task
    type or level, and the unit took it.
    """
    works = {work.assessment_id: work for work in before}
    found = Finder(after)
    for review in reviews:
        work = works.get(review.assessment_id)
        yield review, None if work is None else found.is_found(work, review)


class Finder:
    """The problem fields of works, worked out for each work when it is asked for, and kept with it.

    With `outside`, only what may be told outside the own school: of a class that has become too small in the later
    year, whether it still has the field is a result of few pupils, so the works are said not to be comparable.
    """

    def __init__(self, works: Sequence[Work], outside: Outside | None = None) -> None:
        self._works = works
        self._outside = outside

    def is_found_in(self, year: int, before: Work, review: FieldReview) -> bool | None:
        """Say whether the works of a year show the field; None where none of them is comparable."""
        return _any(self._in_work(work, before, review) for work in self._works if work.year == year)

    def is_found(self, before: Work, review: FieldReview) -> bool | None:
        """Say whether any comparable work shows the field; None where there is none such."""
        return _any(self._in_work(work, before, review) for work in self._works)

    def _in_work(self, work: Work, before: Work, review: FieldReview) -> bool | None:
        if (work.procedure, work.subject) != (before.procedure, before.subject):
            return None
        if work.grade is None or before.grade is None:
            return None
        is_class = review.unit.startswith(_CLASS)
        if work.grade != before.grade + (work.year - before.year if is_class else 0):
            return None
        unit = work.unit(review.unit)
        if unit is None:
            return None
        found = _found_in(work)
        column = found.columns.get((Kind(review.kind), review.key))
        # A class that is all its school has is told of once, as the school.
        told_of = organisation_key(unit.organisation_id) if unit.is_whole_school else unit.key
        row = found.rows.get(told_of)
        if column is None or row is None or not found.took_part[row, column] or not self._may_tell(work, review):
            return None
        return bool(found.fields[row, column])

    def _may_tell(self, work: Work, review: FieldReview) -> bool:
        return self._outside is None or self._outside.is_shown(
            work.assessment_id, review.unit, Kind(review.kind), review.key
        )


class _Found(NamedTuple):
    """Which cells of units × keys of a work are problem fields; where units and keys stand."""

    rows: Mapping[str, int]
    columns: Mapping[tuple[Kind, str], int]
    took_part: Flags
    fields: Flags


@once_a_work
def _found_in(work: Work) -> _Found:
    measures = measure(work, work_sums(work, kinds_for(work, (*DEFAULT_KINDS, Kind.ITEM))))
    return _Found(
        {unit.key: row for row, unit in enumerate(measures.units)},
        {(key.kind, key.name): column for column, key in enumerate(measures.sums.grouping.keys)},
        measures.estimates.participants > 0, field_cells(measures),
    )


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = [answer for answer in answers if answer is not None]
    return any(known) if known else None
