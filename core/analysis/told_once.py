"""Each problem field told once: in the biggest unit in which it is as sure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import Protocol

from core.analysis.elements import Kind
from core.analysis.fields import FieldKey
from core.analysis.problem_fields import FoundField
from core.analysis.status import Status
from core.analysis.work import Unit


class Standing(Protocol):
    """What of a field says where it is told."""

    @property
    def assessment_id(self) -> int:
        """Return the id of the work."""

    @property
    def unit(self) -> Unit:
        """Return the unit."""

    @property
    def field_key(self) -> FieldKey:
        """Return what the field is recognised by."""

    @property
    def status(self) -> Status:
        """Return how surely it is below the threshold."""


_Told = dict[tuple[int, str, Kind, str], Status]


def told_once(found: Sequence[FoundField]) -> tuple[FoundField, ...]:
    """Return the fields without those that a bigger unit of the list already tells, in their order.

    A class's field is left out where its school or municipality has the same field and is at least as surely below the
    threshold; a mere weak spot is left out wherever the bigger unit has the field at all. So a class that is surely
    below stays beside a school that is only probably below.
    """
    return tuple(compress(found, are_told([one.field for one in found])))


def are_told(fields: Sequence[Standing]) -> list[bool]:
    """Say for each field whether the list of them tells it: see `told_once`."""
    told: _Told = {(field.assessment_id, *field.field_key): field.status for field in fields}
    return [not _is_told_above(field, told) for field in fields]


def _is_told_above(field: Standing, told: _Told) -> bool:
    _unit, kind, key = field.field_key
    for parent in field.unit.parents:
        status = told.get((field.assessment_id, parent, kind, key))
        if status is not None and (status >= field.status or not field.status.is_below):
            return True
    return False
