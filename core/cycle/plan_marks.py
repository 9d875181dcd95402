"""Marks of plans: recommendations, roadmaps, meetings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, MarksByPlace, counted, each_marked
from core.cycle.place import Places, gathered
from core.cycle.records import Derived
from core.people.scope import Action, Scope
from core.planning.access import actor_of, sees
from core.planning.meeting_tables import Meeting, MeetingState
from core.planning.recommendation_tables import Recommendation, RecommendationState
from core.planning.recommendations.access import sees_recommendation
from core.store.columns import only
from core.words import plural

_NOT_SENT = frozenset({RecommendationState.DRAFT, RecommendationState.WITHDRAWN})
_WAITING = frozenset({RecommendationState.SENT, RecommendationState.RECEIVED})
_READ = (
    "organisation_id", "from_association_id", "addressee", "place_id", "association_id", "teacher_id", "state",
    "sent_on", "created_at",
)


def recommendation_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return what was sent and answered in the year, by whom and to whom; raise NotAllowed without the right."""
    scope.require(Action.VIEW_RECOMMENDATIONS)
    actor, year, units = actor_of(session, scope), places[0], places[0].units
    query = (
        select(Recommendation)
        .options(only(Recommendation, *_READ))
        .where(
            col(Recommendation.deleted_at).is_(None), Recommendation.state != RecommendationState.WITHDRAWN,
            col(Recommendation.organisation_id).in_(units) | col(Recommendation.place_id).in_(units),
        )
    )
    rows = [
        row for row in session.exec(query)
        if year.holds(row.sent_on or row.created_at.date()) and sees_recommendation(scope, actor, row)
    ]
    return each_marked(gathered(places, rows, lambda row: (row.organisation_id, row.place_id)), {
        Derived.RECOMMENDATIONS_SENT: _sent, Derived.RECOMMENDATIONS_ANSWERED: _answered,
    })


def meeting_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return which meetings of the year are closed with minutes; raise NotAllowed without the right to see plans."""
    scope.require(Action.VIEW_ROADMAPS)
    actor, year = actor_of(session, scope), places[0]
    query = select(Meeting.organisation_id, Meeting.association_id, Meeting.state).where(
        col(Meeting.deleted_at).is_(None), Meeting.held_on >= year.since, Meeting.held_on <= year.until,
        col(Meeting.organisation_id).in_(year.units),
    )
    rows = [
        (organisation_id, MeetingState(state))
        for organisation_id, association_id, state in session.exec(query)
        if sees(scope, actor, organisation_id, association_id)
    ]
    return each_marked(gathered(places, rows, lambda row: (row[0],)), {Derived.MEETING_HELD: _held})


def _sent(rows: Sequence[Recommendation]) -> Mark:
    """How many of the year's recommendations were sent."""
    sent = sum(row.state not in _NOT_SENT for row in rows)
    return counted(
        sent, len(rows), f"отправлено {sent} из {plural(len(rows), 'рекомендации', 'рекомендаций', 'рекомендаций')}",
        f"Ждут отправки: {plural(len(rows) - sent, 'черновик', 'черновика', 'черновиков')}." if rows
        else "Рекомендаций в этом году нет: подготовьте их.",
    )


def _answered(rows: Sequence[Recommendation]) -> Mark:
    """How many of the recommendations sent were answered."""
    sent = [row for row in rows if row.state not in _NOT_SENT]
    answered = sum(row.state not in _WAITING for row in sent)
    return counted(
        answered, len(sent),
        f"отвечено на {answered} из {plural(len(sent), 'рекомендации', 'рекомендаций', 'рекомендаций')}",
        f"Без ответа: {plural(len(sent) - answered, 'рекомендация', 'рекомендации', 'рекомендаций')}." if sent
        else "Отвечать не на что: рекомендации ещё не отправлены.",
    )


def _held(rows: Sequence[tuple[int, MeetingState]]) -> Mark:
    """How many meetings of the year are closed with minutes."""
    closed = sum(state is MeetingState.CLOSED for _place, state in rows)
    return counted(
        closed, len(rows), f"проведено {closed} из {plural(len(rows), 'заседания', 'заседаний', 'заседаний')}",
        f"Не проведено: {plural(len(rows) - closed, 'заседание', 'заседания', 'заседаний')}." if rows
        else "Заседаний в этом году нет: назначьте.",
    )
