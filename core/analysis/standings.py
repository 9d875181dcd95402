"""Which fields of many organisations are surely low, and on which people have decided: without the numbers of lists.

What a list shows beside a field (mark groups, severity, earlier years) costs most of its time; whether a field is
there follows from its status alone, unless people have decided on one that is only a weak spot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session, col, select

from core.analysis.elements import Key, Kind
from core.analysis.fields import FieldKey, field_cells, without_repeated
from core.analysis.kept import once_a_work
from core.analysis.loading import load_works
from core.analysis.measuring import Judged, judge, measure
from core.analysis.problem_fields import kinds_for
from core.analysis.status import Status
from core.analysis.sums import keyed_sums, work_sums
from core.analysis.tables import FieldReview
from core.analysis.work import Unit, Work
from core.intake.works import live_works
from core.people.scope import Action, Scope

_STATUSES = tuple(Status)


class FieldStanding(NamedTuple):
    """A problem field without its numbers, and whether people have decided on it."""

    assessment_id: int
    unit: Unit
    kind: Kind
    key: str
    status: Status
    is_decided: bool

    @property
    def field_key(self) -> FieldKey:
        """Return what the field is recognised by."""
        return self.unit.key, self.kind, self.key


def field_standings(
    session: Session, scope: Scope, years: Sequence[int], kinds: Sequence[Kind] = (Kind.ELEMENT,)
) -> tuple[FieldStanding, ...]:
    """Return the surely low fields of the visible works of these years and those that people decided on.

    They are those of `problem_fields`; of works with decisions the other fields stand beside them, because the
    bigger unit may tell a field that people decided on.
    """
    visible = scope.require(Action.VIEW)
    asked = live_works(session, lambda one: one.year in years and visible.sees_subject(one.subject))
    works = load_works(session, scope, asked)
    decided = _decided(session, [work.assessment_id for work in works])
    return tuple(one for work in works for one in _of_work(work, tuple(kinds), frozenset(decided[work.assessment_id])))


def _decided(session: Session, assessment_ids: Sequence[int]) -> dict[int, set[FieldKey]]:
    query = select(FieldReview.assessment_id, FieldReview.unit, FieldReview.kind, FieldReview.key).where(
        col(FieldReview.assessment_id).in_(assessment_ids), col(FieldReview.deleted_at).is_(None)
    )
    found: dict[int, set[FieldKey]] = defaultdict(set)
    for assessment_id, unit, kind, key in session.exec(query):
        found[assessment_id].add((unit, Kind(kind), key))
    return found


@once_a_work
def _of_work(work: Work, kinds: tuple[Kind, ...], decided: frozenset[FieldKey]) -> tuple[FieldStanding, ...]:
    asked = kinds_for(work, kinds)
    sums = keyed_sums(work, asked)
    judged = judge(work, sums)
    keys = sums.grouping.keys
    if not decided:
        cells = without_repeated(judged.units, judged.status >= Status.SURELY_BELOW)
    elif _are_low(judged, keys, decided):
        cells = without_repeated(judged.units, judged.status >= Status.PROBABLY_BELOW)
    else:
        cells = field_cells(measure(work, work_sums(work, asked)))
    rows, columns = np.nonzero(cells)
    statuses = judged.status[rows, columns].tolist()
    return tuple(
        FieldStanding(
            work.assessment_id, judged.units[row], keys[column].kind, keys[column].name, _STATUSES[status],
            (judged.units[row].key, keys[column].kind, keys[column].name) in decided,
        )
        for row, column, status in zip(rows.tolist(), columns.tolist(), statuses, strict=True)
    )


def _are_low(judged: Judged, keys: Sequence[Key], decided: frozenset[FieldKey]) -> bool:
    """Say whether every cell that people decided on is below the threshold: then no weak spot matters."""
    low: NDArray[np.bool_] = judged.status >= Status.PROBABLY_BELOW
    place = {(key.kind, key.name): column for column, key in enumerate(keys)}
    row_of = {unit.key: row for row, unit in enumerate(judged.units)}
    return all(
        bool(low[row_of[unit], place[kind, key]])
        for unit, kind, key in decided
        if unit in row_of and (kind, key) in place
    )
