"""Each problem field told once: in the biggest unit in which it is as sure."""

from __future__ import annotations

from collections.abc import Sequence

from core.analysis.elements import Kind
from core.analysis.fields import ProblemField
from core.analysis.problem_fields import FoundField
from core.analysis.status import Status

_Told = dict[tuple[int, str, Kind, str], Status]


def told_once(found: Sequence[FoundField]) -> tuple[FoundField, ...]:
    """Return the fields without those that a bigger unit of the list already tells, in their order.

    A class's field is left out where its school or municipality has the same field and is at least as surely below the
    threshold; a mere weak spot is left out wherever the bigger unit has the field at all. So a class that is surely
    below stays beside a school that is only probably below.
    """
    told: _Told = {(one.work.assessment_id, *one.field.field_key): one.field.status for one in found}
    return tuple(one for one in found if not _is_told_above(one.work.assessment_id, one.field, told))


def _is_told_above(assessment_id: int, field: ProblemField, told: _Told) -> bool:
    for parent in field.unit.parents:
        status = told.get((assessment_id, parent, field.kind, field.key))
        if status is not None and (status >= field.status or not field.status.is_below):
            return True
    return False
