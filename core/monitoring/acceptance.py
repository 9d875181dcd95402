"""What the organisations below have handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.monitoring.access import may_accept, seen_unit
from core.monitoring.value_tables import IndicatorValue, ValueState
from core.people.organisations import load_tree, natural_key
from core.people.scope import Scope


@dataclass(frozen=True, slots=True)
class Handed:
    """How many values of an organisation are in which state."""

    organisation_id: int
    name: str
    counts: Mapping[ValueState, int]

    @property
    def decided(self) -> int:
        """Return how many can be returned or opened."""
        return sum(self.counts.get(one, 0) for one in (ValueState.SUBMITTED, ValueState.ACCEPTED, ValueState.LOCKED))

    @property
    def word(self) -> str:
        """Return what is to be done, with a sign."""
        if self.counts.get(ValueState.SUBMITTED):
            return "● принять или вернуть"
        if not self.counts:
            return "○ ещё не начинала"
        if self.counts.get(ValueState.DRAFT) or self.counts.get(ValueState.RETURNED):
            return "○ ждём"
        return "✓ готово"


def handed_in(session: Session, scope: Scope, organisation_id: int, year: int) -> tuple[Handed, ...]:
    """Return the organisations below the unit whose values the actor accepts, those that wait for an answer first."""
    seen_unit(session, scope, organisation_id)
    tree = load_tree(session, Scope.local_administrator())
    below = [
        key for key in tree.below(organisation_id) if key in tree.organisations and may_accept(session, scope, key)
    ]
    counts: dict[int, dict[ValueState, int]] = {key: {} for key in below}
    query = (
        select(IndicatorValue.organisation_id, IndicatorValue.state, func.count())
        .where(IndicatorValue.year == year, col(IndicatorValue.organisation_id).in_(below))
        .group_by(col(IndicatorValue.organisation_id), col(IndicatorValue.state))
    )
    for key, state, count in session.exec(query):
        counts[key][ValueState(state)] = int(count)
    found = [Handed(key, tree.organisations[key].name, states) for key, states in counts.items()]
    return tuple(
        sorted(found, key=lambda one: (not one.counts.get(ValueState.SUBMITTED), natural_key(one.name)))
    )
