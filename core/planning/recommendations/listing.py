"""The recommendations that an actor sees, the most urgent first, and one of them with everything about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from core.people.scope import Action, Scope
from core.people.short_names import short_name
from core.people.tables import Organisation
from core.planning.access import actor_of
from core.planning.recommendations.access import (
    is_addressee,
    sees_recommendation,
    visible_recommendation,
    writes_recommendation,
)
from core.planning.recommendations.addressees import Addressee, addressees_of
from core.planning.recommendations.bases import bases_of
from core.planning.recommendations.basis_views import BasisView, views_of
from core.planning.recommendations.clock import Clock, clock_of
from core.planning.recommendations.wording import VPR_LINE
from core.planning.tables import Recommendation, RecommendationState


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation of a list, as of a day."""

    row: Recommendation
    addressee: Addressee
    bases: tuple[BasisView, ...]
    clock: Clock | None
    writer: str
    """Who writes: the organisation, short."""
    may_write: bool
    may_answer: bool
    about_place_id: int
    """The organisation that the first basis is about: whose addressees can be chosen."""

    @property
    def id(self) -> int:
        """Return the id."""
        return self.row.id or 0

    @property
    def reservation(self) -> str:
        """Return the federal line that belongs under a text about ВПР; "" for others."""
        return VPR_LINE if any(one.source.startswith("ВПР") for one in self.bases) else ""

    @property
    def is_mine_to_answer(self) -> bool:
        """Say whether the actor is expected to answer or to tell what came of it."""
        return self.may_answer and self.row.state in _EXPECTED


_EXPECTED = frozenset({RecommendationState.SENT, RecommendationState.RECEIVED, RecommendationState.ACCEPTED})


def list_recommendations(
    session: Session, scope: Scope, on: date | None = None, *, compare: bool = False
) -> list[RecommendationRow]:
    """Return what the actor sees: what is awaited soonest first, closed ones last and the latest of them first.

    With `compare` the bases say how the results have changed since.
    """
    scope.require(Action.VIEW_RECOMMENDATIONS)
    actor = actor_of(session, scope)
    query = select(Recommendation).where(col(Recommendation.deleted_at).is_(None))
    rows = [row for row in session.exec(query) if sees_recommendation(scope, actor, row)]
    found = _rows(session, scope, rows, on or date.today(), compare=compare)
    return sorted(found, key=_order)


def view_recommendation(
    session: Session, scope: Scope, recommendation_id: int, on: date | None = None
) -> RecommendationRow:
    """Return one recommendation; its bases say what has changed since. NotFound out of scope."""
    row = visible_recommendation(session, scope, recommendation_id)
    return _rows(session, scope, [row], on or date.today(), compare=True)[0]


def recommendations_on(session: Session, scope: Scope, keys: Sequence[str], on: date | None = None) -> list[
    RecommendationRow
]:
    """Return the recommendations that stand on any of these bases."""
    if not scope.allows(Action.VIEW_RECOMMENDATIONS):
        return []
    wanted = set(keys)
    return [
        one for one in list_recommendations(session, scope, on) if any(basis.key in wanted for basis in one.bases)
    ]


def unanswered(session: Session, scope: Scope, on: date | None = None) -> list[RecommendationRow]:
    """Return what was sent and not answered yet, the longest waiting first."""
    waiting = {RecommendationState.SENT, RecommendationState.RECEIVED}
    return [one for one in list_recommendations(session, scope, on) if one.row.state in waiting]


def _rows(
    session: Session, scope: Scope, rows: Sequence[Recommendation], on: date, *, compare: bool
) -> list[RecommendationRow]:
    actor = actor_of(session, scope)
    addressees = addressees_of(session, scope, rows)
    bases = bases_of(session, [row.id or 0 for row in rows])
    ids = {row.organisation_id for row in rows}
    names = {
        one.id: short_name(one.name) for one in session.exec(select(Organisation).where(col(Organisation.id).in_(ids)))
    }
    return [
        RecommendationRow(
            row=row, addressee=addressees[row.id or 0],
            bases=tuple(views_of(session, scope, bases[row.id or 0], compare=compare)), clock=clock_of(row, on),
            writer=names.get(row.organisation_id, ""), may_write=writes_recommendation(scope, row),
            may_answer=is_addressee(scope, actor, row),
            about_place_id=next((one.place_id for one in bases[row.id or 0] if one.place_id), row.place_id),
        )
        for row in rows
    ]


def _order(one: RecommendationRow) -> tuple[bool, date, int]:
    if one.clock is not None:
        return False, one.clock.until, one.id
    return True, date.max, -one.id
