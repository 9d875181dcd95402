"""Marks of help to teachers: mentorship, courses, self-education, visits, events, contests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, counted
from core.cycle.place import CyclePlace
from core.errors import NotFound
from core.people.scope import Action, Scope
from core.support.contests import list_contests
from core.support.courses import list_enrolments
from core.support.development_tables import CourseEnrolment, EnrolmentState, EventState, MethodicalEvent
from core.support.events import list_events
from core.support.mentorship_cards import list_mentorships
from core.support.mentorship_tables import Contest, MentorshipState
from core.support.self_education import list_topics
from core.support.visits import list_visits
from core.words import plural

_Row = TypeVar("_Row")
_ON_THE_WAY = frozenset({EnrolmentState.APPROVED, EnrolmentState.STUDYING, EnrolmentState.FINISHED})


def mentorship_active(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many mentorships of the year are under way or finished."""
    rows = [
        row for row in (card.row for card in list_mentorships(session, scope))
        if place.has(row.organisation_id) and place.holds(row.starts_on, row.ended_on or row.ends_on)
    ]
    begun = sum(row.state is not MentorshipState.PREPARED for row in rows)
    return counted(
        begun, len(rows), f"начато {begun} из {plural(len(rows), 'наставничества', 'наставничеств', 'наставничеств')}",
        f"Готовятся: {plural(len(rows) - begun, 'пара или группа', 'пары или группы', 'пар и групп')}." if rows
        else "Наставничества в этом году нет: подберите пары.",
    )


def courses_planned(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many requests for courses of the year are settled."""
    rows = _enrolments(session, scope, place)
    settled = sum(row.state in _ON_THE_WAY for row in rows)
    return counted(
        settled, len(rows), f"согласовано {settled} из {plural(len(rows), 'заявки', 'заявок', 'заявок')}",
        f"Ждут решения: {plural(len(rows) - settled, 'заявка', 'заявки', 'заявок')} на курсы." if rows
        else "На курсы в этом году никто не направлен.",
    )


def courses_finished(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many teachers finished the courses of the year."""
    rows = [row for row in _enrolments(session, scope, place) if row.state in _ON_THE_WAY]
    done = sum(row.state is EnrolmentState.FINISHED for row in rows)
    return counted(
        done, len(rows), f"завершили {done} из {plural(len(rows), 'направленного', 'направленных', 'направленных')}",
        f"Ещё учатся: {plural(len(rows) - done, 'педагог', 'педагога', 'педагогов')}." if rows
        else "Завершённых курсов в этом году нет.",
    )


def self_education(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many topics of self-education there are, and how many of them have a reported stage."""
    cards = [
        card for card in list_topics(session, scope)
        if place.has(card.row.organisation_id) and place.holds(card.row.starts_on, card.row.ends_on)
    ]
    reported = sum(bool(card.reported) for card in cards)
    return counted(
        len(cards), len(cards), f"{plural(len(cards), 'тема', 'темы', 'тем')}, отчёты по {reported}",
        "Тем самообразования на этот год нет.",
    )


def visits_held(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many lessons were visited in the year and have a conclusion."""
    rows = [
        card.row for card in list_visits(session, scope)
        if place.has(card.row.organisation_id) and place.holds(card.row.held_on)
    ]
    written = sum(bool(row.conclusion.strip()) for row in rows)
    return counted(
        written, len(rows), f"с выводом {written} из {plural(len(rows), 'посещения', 'посещений', 'посещений')}",
        f"Без вывода: {plural(len(rows) - written, 'посещение', 'посещения', 'посещений')}." if rows
        else "Посещений уроков в этом году нет.",
    )


def events_planned(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many methodical events the plans of the year have."""
    rows = _events(session, scope, place)
    return counted(
        len(rows), len(rows), plural(len(rows), "мероприятие в плане", "мероприятия в плане", "мероприятий в плане"),
        "План методических мероприятий на год пуст.",
    )


def events_held(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many methodical events of the year were held."""
    rows = [row for row in _events(session, scope, place) if row.state is not EventState.CANCELLED]
    held = sum(row.state is EventState.HELD for row in rows)
    return counted(
        held, len(rows), f"проведено {held} из {plural(len(rows), 'мероприятия', 'мероприятий', 'мероприятий')}",
        f"Не проведено: {plural(len(rows) - held, 'мероприятие', 'мероприятия', 'мероприятий')} плана." if rows
        else "План методических мероприятий на год пуст.",
    )


def contests_held(session: Session, scope: Scope, place: CyclePlace) -> Mark:
    """Return how many contests of the year have an order with the results."""
    scope.require(Action.VIEW_HELP)
    query = select(Contest.organisation_id).where(col(Contest.organisation_id).in_(place.units)).distinct()
    found = _of_each(session.exec(query).all(), lambda key: list_contests(session, scope, key))
    rows = [row for row in found if place.holds(row.held_on)]
    settled = sum(bool(row.order_number) for row in rows)
    return counted(
        settled, len(rows), f"приказ есть у {settled} из {plural(len(rows), 'конкурса', 'конкурсов', 'конкурсов')}",
        f"Нет приказа о результатах: {plural(len(rows) - settled, 'конкурс', 'конкурса', 'конкурсов')}." if rows
        else "Конкурсов молодых учителей и наставников в этом году нет.",
    )


def _enrolments(session: Session, scope: Scope, place: CyclePlace) -> list[CourseEnrolment]:
    return [
        card.row for card in list_enrolments(session, scope)
        if place.has(card.row.organisation_id) and card.row.state is not EnrolmentState.REFUSED
        and place.holds(card.row.starts_on or card.row.requested_at.date(), card.row.ends_on)
    ]


def _events(session: Session, scope: Scope, place: CyclePlace) -> list[MethodicalEvent]:
    scope.require(Action.VIEW_HELP)
    query = (
        select(MethodicalEvent.organisation_id)
        .where(col(MethodicalEvent.organisation_id).in_(place.units), MethodicalEvent.year == place.year)
        .distinct()
    )
    found = _of_each(session.exec(query).all(), lambda key: list_events(session, scope, key, place.year))
    return [card.row for card in found]


def _of_each(keys: Sequence[int], listed: Callable[[int], Sequence[_Row]]) -> list[_Row]:
    """Return what the organisations have, without those whose help the actor does not see."""
    found: list[_Row] = []
    for key in sorted(keys):
        try:
            found.extend(listed(key))
        except NotFound:
            continue
    return found
