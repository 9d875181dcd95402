"""Stored values as plain columns: thousands of rows stand behind one scorecard, so they pass by the session's objects.

Of everything below a unit only what was accepted is needed, in four numbers; the units that are shown are read whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import inspect, select
from sqlmodel import Session

from core.monitoring.value_tables import IndicatorValue, ValueState

Parts: TypeAlias = tuple[float | None, float | None, float | None]
"""Numerator, denominator and fact."""
AcceptedParts: TypeAlias = Mapping[tuple[int, str], Mapping[int, Parts]]
"""What was accepted last, by (year, code) and organisation."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored value of a unit that is shown, apart from the database."""

    state: ValueState
    plan: float | None
    entered: Parts
    accepted: Parts | None
    """What was accepted last; None where nothing was."""


def accepted_parts(
    session: Session, organisations: Collection[int], years: Collection[int], codes: Collection[str] = ()
) -> AcceptedParts:
    """Return what these organisations had accepted in these years (all codes by default)."""
    columns = inspect(IndicatorValue).local_table.c
    query = select(
        columns.year, columns.code, columns.organisation_id, columns.accepted_numerator, columns.accepted_denominator,
        columns.accepted_fact,
    ).where(
        columns.year.in_(years), columns.organisation_id.in_(organisations), columns.accepted_at.is_not(None)
    )
    if codes:
        query = query.where(columns.code.in_(codes))
    found: dict[tuple[int, str], dict[int, Parts]] = defaultdict(dict)
    for year, code, organisation, above, below, fact in session.connection().execute(query).all():
        found[year, code][organisation] = above, below, fact
    return dict(found)


def stored_values(
    session: Session, organisations: Collection[int], years: Collection[int], codes: Collection[str] = ()
) -> dict[tuple[int, str, int], Stored]:
    """Return the values of these organisations and years by (organisation, code, year)."""
    columns = inspect(IndicatorValue).local_table.c
    query = select(
        columns.organisation_id, columns.code, columns.year, columns.state, columns.plan,
        columns.accepted_at.is_not(None), columns.numerator, columns.denominator, columns.fact,
        columns.accepted_numerator, columns.accepted_denominator, columns.accepted_fact,
    ).where(columns.year.in_(years), columns.organisation_id.in_(organisations))
    if codes:
        query = query.where(columns.code.in_(codes))
    return {
        (key, code, year): Stored(state, plan, entered, accepted if is_accepted else None)
        for key, code, year, state, plan, is_accepted, entered, accepted in (
            (*row[:6], row[6:9], row[9:]) for row in map(tuple, session.connection().execute(query).all())
        )
    }
