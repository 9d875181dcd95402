"""Content elements that are low in many schools of a unit: for the whole of it, not for comparing schools.

No school is named: how many of them are below says whether a topic needs help in the municipality as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from sqlmodel import Session

from core.analysis.elements import Kind
from core.analysis.kept import once_a_work
from core.analysis.loading import load_works
from core.analysis.measuring import judge
from core.analysis.problem_fields import WorkHeader, header_of, kinds_for
from core.analysis.status import Status
from core.analysis.sums import keyed_sums
from core.analysis.work import UnitLevel, Work
from core.errors import NotFound
from core.intake.works import live_works
from core.people.hidden_units import organisation_key
from core.people.scope import Action, Scope

_STATUSES = tuple(Status)
FEWEST_SCHOOLS = 2
"""Fewer schools below the threshold are no matter of the whole municipality."""


@dataclass(frozen=True, slots=True)
class SystemicField:
    """An element of a work in a municipality or a region. Shares are 0..1, with their 95 % interval."""

    work: WorkHeader
    unit: str
    """Key of the unit, as in addresses of fields."""
    kind: Kind
    key: str
    participants: int
    facility: float
    low: float
    high: float
    threshold: float
    status: Status
    schools_below: frozenset[int]
    """Schools that are probably or surely below the threshold, of those whose result may be shown."""
    schools: int
    """How many schools' results may be shown."""

    @property
    def address(self) -> str:
        """Return «work|unit|kind|key», by which the screen of problem fields opens it."""
        return f"{self.work.assessment_id}|{self.unit}|{self.kind.value}|{self.key}"


def systemic_fields(
    session: Session, scope: Scope, organisation_id: int, years: Iterable[int]
) -> tuple[SystemicField, ...]:
    """Return the elements that are below the threshold in two schools or more, and in the unit or half of its schools.

    The newest year first, then by subject and grade; of a work, those of most schools first. Hidden cells count
    nowhere. Raises NotFound for an organisation that the actor does not know.
    """
    visible = scope.require(Action.VIEW)
    if not visible.knows_organisation(organisation_id):
        raise NotFound("Организация")
    asked = live_works(session, lambda one: one.year in years and visible.sees_subject(one.subject))
    works = load_works(session, scope, asked)
    found = [one for work in works for one in _of_work(work, organisation_key(organisation_id))]
    return tuple(sorted(found, key=_order))


@once_a_work
def _of_work(work: Work, unit_key: str) -> tuple[SystemicField, ...]:
    sums = keyed_sums(work, kinds_for(work, (Kind.ELEMENT,)))
    judged = judge(work, sums)
    row = next((row for row, unit in enumerate(judged.units) if unit.key == unit_key), None)
    if row is None:
        return ()
    keys, header = sums.grouping.keys, header_of(work)
    inside = [
        place for place, unit in enumerate(judged.units)
        if unit.level is UnitLevel.SCHOOL and unit_key in unit.parents
    ]
    status = judged.status[inside]
    below, known = status >= Status.PROBABLY_BELOW, status != Status.UNKNOWN
    low, whole = below.sum(axis=0), known.sum(axis=0)
    is_wide = (2 * low >= whole) | (judged.status[row] >= Status.PROBABLY_BELOW)
    listed = (low >= FEWEST_SCHOOLS) & is_wide & ~judged.hidden[row]
    estimates = judged.estimates
    return tuple(
        SystemicField(
            header, unit_key, keys[column].kind, keys[column].name, int(estimates.participants[row, column]),
            float(estimates.facility[row, column]), float(estimates.low[row, column]),
            float(estimates.high[row, column]), float(sums.sufficient[column]),
            _STATUSES[int(judged.status[row, column])],
            frozenset(judged.units[inside[place]].organisation_id for place in np.flatnonzero(below[:, column])),
            int(whole[column]),
        )
        for column in np.flatnonzero(listed).tolist()
    )


def _order(one: SystemicField) -> tuple[int, str, int, int, str]:
    return -one.work.year, one.work.subject, one.work.grade or 0, -len(one.schools_below), one.key
