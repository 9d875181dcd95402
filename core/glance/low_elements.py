"""How many content elements are surely below the threshold, and whether that is more than a year ago. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from core.analysis.problem_fields import FieldList, WorkHeader
from core.analysis.status import Status
from core.glance.portion import Number, Portion

_Element: TypeAlias = tuple[str, str, int | None, str]
"""Procedure, subject, grade and name: the same element in the works of two years."""


def of_year(found: FieldList, year: int) -> FieldList:
    """Return the part of a list that speaks of the works of one year; both years are measured in one pass."""
    return replace(
        found, fields=tuple(one for one in found.fields if one.work.year == year),
        works=tuple(work for work in found.works if work.year == year),
    )


def low_elements(now: FieldList, before: FieldList) -> Number:
    """Return the examined elements that are surely below in some unit; works without a plan have no elements.

    Compared are equal elements only: those that stood in a work of the same procedure, subject and grade in both years.
    """
    examined, surely = _examined(now), _surely(now)
    equal = set(examined) & set(_examined(before))
    compared = (Portion(len(_surely(before) & equal), len(equal)), Portion(len(surely & equal), len(equal)))
    return Number(Portion(len(surely), len(examined)), compared if equal else None)


def _examined(found: FieldList) -> set[_Element]:
    return {_element(work, name) for work in found.works if work.has_plan for name in work.examined}


def _surely(found: FieldList) -> set[_Element]:
    return {
        _element(one.work, one.field.key)
        for one in found.fields if one.work.has_plan and one.field.status is Status.SURELY_BELOW
    }


def _element(work: WorkHeader, name: str) -> _Element:
    return work.procedure, work.subject, work.grade, name
