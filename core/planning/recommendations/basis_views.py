"""Bases of recommendations as an actor may see them: the numbers of their day, and how today's differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from core.errors import NotFound
from core.people.scope import Action, Scope
from core.planning.recommendations.bases import FieldKey, cell_of, numbers_in_words
from core.planning.recommendations.deficits import sees_deficit
from core.planning.tables import BasisKind, RecommendationBasis
from core.words import share

_SAME = 5e-4
"""Shares that differ by less look the same on the screen."""


@dataclass(frozen=True, slots=True)
class BasisView:
    """A stored basis as the actor may see it."""

    id: int
    kind: BasisKind
    key: str
    label: str
    source: str
    unit_name: str
    finding: str
    cause: str
    numbers: str
    """The frozen numbers in words; for fewer than five participants outside their school why there are none."""
    difference: str
    """What has changed since, a whole sentence; "": nothing, or it cannot be seen."""
    stored_on: date
    frozen_on: date


def views_of(
    session: Session, scope: Scope, bases: Sequence[RecommendationBasis], *, compare: bool = True
) -> list[BasisView]:
    """Return bases as the actor may see them; with `compare` today's numbers are asked for."""
    return [
        BasisView(
            id=one.id or 0, kind=one.kind, key=one.key, label=one.label, source=one.source, unit_name=one.unit_name,
            finding=one.finding, cause=one.cause, numbers=numbers_in_words(one, inside=_is_told(session, scope, one)),
            difference=_difference(session, scope, one) if compare and one.kind is BasisKind.FIELD else "",
            stored_on=one.stored_on, frozen_on=one.frozen_at.date(),
        )
        for one in bases
    ]


def _is_told(session: Session, scope: Scope, one: RecommendationBasis) -> bool:
    """Say whether the actor may know numbers that are not for everybody: pupils' of their school, teachers' by right.

    A school is no closed circle for its teachers' answers: colleagues read a recommendation to their association.
    """
    if one.kind is BasisKind.FIELD:
        return one.place_id is not None and scope.owns(one.place_id)
    return one.kind is BasisKind.DEFICIT and one.inside_only and sees_deficit(session, scope, one.key)


def _difference(session: Session, scope: Scope, one: RecommendationBasis) -> str:
    """Return what the results say today, when they say something else."""
    if not scope.allows(Action.VIEW) or one.facility is None:
        return ""
    try:
        measures, row, column = cell_of(session, scope.require(Action.VIEW), FieldKey.read(one.key))
    except NotFound:
        # The actor sees the recommendation but not the results, or the upload was undone.
        is_gone = scope.require(Action.VIEW).sees_organisation(one.place_id or 0)
        return "Этих результатов больше нет: загрузка отменена или исправлена." if is_gone else ""
    estimates = measures.estimates
    now, count = float(estimates.facility[row, column]), int(estimates.participants[row, column])
    if math.isnan(now) or (abs(now - one.facility) < _SAME and count == one.participants):
        return ""
    low, high = float(estimates.low[row, column]), float(estimates.high[row, column])
    return f"С тех пор результаты исправлены: сейчас {share(now, low, high, count)}."
