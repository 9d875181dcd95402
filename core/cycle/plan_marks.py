"""Marks of experience and plans: practices, clubs, recommendations, roadmaps, meetings."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, counted
from core.cycle.place import CyclePlace
from core.people.scope import Scope
from core.planning.meeting_tables import MeetingState
from core.planning.meetings import list_meetings
from core.planning.overview import RoadmapSummary, roadmap_summaries
from core.planning.recommendation_tables import RecommendationState
from core.planning.recommendations.listing import RecommendationRow, list_recommendations
from core.planning.roadmap_tables import RoadmapState
from core.practice.club_tables import ClubEvent, EventState
from core.practice.clubs import list_clubs
from core.practice.library import find_practices
from core.practice.states import PracticeState
from core.words import plural

_NOT_SENT = frozenset({RecommendationState.DRAFT, RecommendationState.WITHDRAWN})
_WAITING = frozenset({RecommendationState.SENT, RecommendationState.RECEIVED})


def practices_published(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many practices of the organisation others may read at the end of the year."""
    cards = [
        card for card in find_practices(session, scope)
        if place.has(card.organisation_id) and card.created_at.date() <= place.until
        and card.state not in (PracticeState.REJECTED, PracticeState.DRAFT)
    ]
    published = sum(card.is_published for card in cards)
    waiting = len(cards) - published
    return counted(
        published, published,
        plural(published, "практика опубликована", "практики опубликованы", "практик опубликовано"),
        f"Ждут решения: {plural(waiting, 'практика', 'практики', 'практик')}." if waiting
        else "Ни одной опубликованной практики: опишите свою.",
    )


def clubs_held(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many meetings and webinars of the municipality's clubs were held in the year."""
    clubs = [card.id for card in list_clubs(session, scope)]
    query = select(ClubEvent).where(col(ClubEvent.association_id).in_(clubs), col(ClubEvent.deleted_at).is_(None))
    rows = [row for row in session.exec(query) if place.holds(row.held_on) and row.state is not EventState.CANCELLED]
    held = sum(row.state is EventState.HELD for row in rows)
    return counted(
        held, len(rows), f"проведено {held} из {plural(len(rows), 'встречи', 'встреч', 'встреч')}",
        f"Намечено и не проведено: {plural(len(rows) - held, 'встреча', 'встречи', 'встреч')}." if rows
        else "Встреч клубов и объединений на год нет: наметьте их.",
    )


def recommendations_sent(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many of the year's recommendations were sent."""
    rows = _recommendations(session, scope, place)
    sent = sum(one.row.state not in _NOT_SENT for one in rows)
    return counted(
        sent, len(rows), f"отправлено {sent} из {plural(len(rows), 'рекомендации', 'рекомендаций', 'рекомендаций')}",
        f"Ждут отправки: {plural(len(rows) - sent, 'черновик', 'черновика', 'черновиков')}." if rows
        else "Рекомендаций в этом году нет: подготовьте их.",
    )


def recommendations_answered(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many of the recommendations sent were answered."""
    sent = [one for one in _recommendations(session, scope, place) if one.row.state not in _NOT_SENT]
    answered = sum(one.row.state not in _WAITING for one in sent)
    return counted(
        answered, len(sent),
        f"отвечено на {answered} из {plural(len(sent), 'рекомендации', 'рекомендаций', 'рекомендаций')}",
        f"Без ответа: {plural(len(sent) - answered, 'рекомендация', 'рекомендации', 'рекомендаций')}." if sent
        else "Отвечать не на что: рекомендации ещё не отправлены.",
    )


def roadmap_drafted(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return whether there is a roadmap with measures for the year."""
    rows = [one for one in _roadmaps(session, scope, place) if one.progress.measures]
    return counted(
        len(rows), len(rows), plural(len(rows), "дорожная карта", "дорожные карты", "дорожных карт"),
        "Дорожной карты на этот год нет: составьте её.",
    )


def roadmap_approved(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many roadmaps of the year are approved, in the present or an earlier edition."""
    rows = _roadmaps(session, scope, place)
    approved = sum(
        one.roadmap.state is RoadmapState.APPROVED or one.roadmap.approved_edition is not None for one in rows
    )
    return counted(
        approved, len(rows), f"утверждено {approved} из {plural(len(rows), 'карты', 'карт', 'карт')}",
        f"Не утверждено: {plural(len(rows) - approved, 'карта', 'карты', 'карт')}." if rows
        else "Утверждать нечего: дорожной карты на этот год нет.",
    )


def measures_done(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many measures of the year's roadmaps are done, and how many are overdue."""
    rows = _roadmaps(session, scope, place)
    done, whole = sum(one.progress.done for one in rows), sum(one.progress.measures for one in rows)
    late = sum(one.overdue for one in rows)
    said = f"выполнено {done} из {plural(whole, 'мероприятия', 'мероприятий', 'мероприятий')}"
    return counted(
        done, whole, f"{said}, просрочено {late}" if late else said,
        f"Не выполнено: {plural(whole - done, 'мероприятие', 'мероприятия', 'мероприятий')}"
        f"{f', просрочено {late}' if late else ''}." if whole else "Мероприятий на этот год нет.",
    )


def goals_set(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many roadmaps of the year say their goal."""
    rows = _roadmaps(session, scope, place)
    said = sum(bool(one.roadmap.goal.strip()) for one in rows)
    return counted(
        said, len(rows), f"цель названа в {said} из {plural(len(rows), 'карты', 'карт', 'карт')}",
        f"Без цели: {plural(len(rows) - said, 'карта', 'карты', 'карт')}." if rows
        else "Цель года нигде не записана: назовите её в дорожной карте.",
    )


def meeting_held(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many meetings of the year are closed with minutes."""
    rows = [
        row for row in list_meetings(session, scope) if place.has(row.organisation_id) and place.holds(row.held_on)
    ]
    closed = sum(row.state is MeetingState.CLOSED for row in rows)
    return counted(
        closed, len(rows), f"проведено {closed} из {plural(len(rows), 'заседания', 'заседаний', 'заседаний')}",
        f"Не проведено: {plural(len(rows) - closed, 'заседание', 'заседания', 'заседаний')}." if rows
        else "Заседаний в этом году нет: назначьте.",
    )


def _recommendations(session: Session, scope: Scope, place: CyclePlace) -> list[RecommendationRow]:
    return [
        one for one in list_recommendations(session, scope)
        if (place.has(one.row.organisation_id) or place.has(one.row.place_id))
        and place.holds(one.row.sent_on or one.row.created_at.date())
        and one.row.state is not RecommendationState.WITHDRAWN
    ]


def _roadmaps(session: Session, scope: Scope, place: CyclePlace) -> list[RoadmapSummary]:
    return [
        one for one in roadmap_summaries(session, scope)
        if place.has(one.roadmap.organisation_id) and place.holds(one.roadmap.starts_on, one.roadmap.ends_on)
    ]
