"""Who accepted the values that stand in the sum of a unit, and when: the path of a number above the schools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from core.monitoring.access import seen_unit
from core.monitoring.reporting_year import reporting_year
from core.monitoring.value_tables import IndicatorValue
from core.people.organisations import load_tree
from core.people.scope import Scope


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The last acceptance of a value."""

    at: datetime
    by: str
    is_changed_since: bool
    """Whether the unit has entered something else since; the sum does not know of it."""


def acceptances(
    session: Session, scope: Scope, organisation_id: int, code: str, year: int, today: date | None = None
) -> dict[int, Acceptance]:
    """Return by organisation what was accepted of a unit with everything below it, as of the year.

    Raises NotAllowed or NotFound for a unit whose figures the actor does not see.
    """
    seen_unit(session, scope, organisation_id)
    tree = load_tree(session, Scope.local_administrator(), reporting_year(year, today).day)
    query = select(IndicatorValue).where(
        IndicatorValue.code == code, IndicatorValue.year == year, col(IndicatorValue.accepted_at).is_not(None),
        col(IndicatorValue.organisation_id).in_(tree.below(organisation_id)),
    )
    return {
        row.organisation_id: Acceptance(row.accepted_at, row.accepted_by, _entered(row) != _accepted(row))
        for row in session.exec(query)
        if row.accepted_at is not None
    }


def _entered(row: IndicatorValue) -> tuple[float | None, ...]:
    return row.numerator, row.denominator, row.fact


def _accepted(row: IndicatorValue) -> tuple[float | None, ...]:
    return row.accepted_numerator, row.accepted_denominator, row.accepted_fact
