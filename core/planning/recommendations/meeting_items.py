"""Recommendations that await an answer, as items for the agenda of a meeting."""

from __future__ import annotations

from sqlmodel import Session

from core.people.access import organisations_below
from core.people.scope import Action, Scope
from core.planning.recommendations.listing import RecommendationRow, unanswered
from core.planning.tables import AddresseeKind, AgendaItem, AgendaKind, Meeting


def unanswered_items(session: Session, scope: Scope, meeting: Meeting) -> list[AgendaItem]:
    """Return items for what an association was recommended and has not answered; for a council, for all below it.

    What a single teacher was recommended never comes before a meeting.
    """
    if not scope.allows(Action.VIEW_RECOMMENDATIONS):
        return []
    below = organisations_below(session, meeting.organisation_id, meeting.held_on)
    return [
        _item(meeting, one)
        for one in unanswered(session, scope, meeting.held_on)
        if one.row.addressee is not AddresseeKind.TEACHER
        and (
            one.row.association_id == meeting.association_id
            if meeting.association_id is not None
            else one.row.place_id in below
        )
    ]


def _item(meeting: Meeting, one: RecommendationRow) -> AgendaItem:
    clock = f" (ответ: {one.clock.words})" if one.clock is not None else ""
    return AgendaItem(
        organisation_id=meeting.organisation_id, meeting_id=meeting.id or 0, kind=AgendaKind.RECOMMENDATION,
        recommendation_id=one.id,
        title=f"Рекомендация без ответа: {one.row.title}. Кому: {one.addressee.name}{clock}",
    )
