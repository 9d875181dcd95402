"""Marks of what organisations hold: methodical events of the plan, contests."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, MarksByPlace, counted, each_marked
from core.cycle.place import Places, gathered
from core.cycle.records import Derived
from core.people.scope import Action, Scope
from core.planning.access import actor_of
from core.support.access import sees_organisation
from core.support.event_tables import EventState, MethodicalEvent
from core.support.mentorship_tables import Contest
from core.words import plural


def event_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return what of the plans of the year was held; raise NotAllowed without the right to see help."""
    scope.require(Action.VIEW_HELP)
    own = actor_of(session, scope).workplaces
    query = select(MethodicalEvent.organisation_id, MethodicalEvent.state).where(
        MethodicalEvent.year == places[0].year, col(MethodicalEvent.deleted_at).is_(None),
        col(MethodicalEvent.organisation_id).in_(places[0].units),
    )
    rows = [
        (organisation_id, EventState(state))
        for organisation_id, state in session.exec(query)
        if organisation_id in own or sees_organisation(scope, organisation_id)
    ]
    return each_marked(gathered(places, rows, lambda row: (row[0],)), {
        Derived.EVENTS_PLANNED: _planned, Derived.EVENTS_HELD: _held,
    })


def contest_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return which contests of the year have an order; raise NotAllowed without the right to see help."""
    scope.require(Action.VIEW_HELP)
    year = places[0]
    query = select(Contest.organisation_id, Contest.order_number).where(
        col(Contest.deleted_at).is_(None), Contest.held_on >= year.since, Contest.held_on <= year.until,
        col(Contest.organisation_id).in_(year.units),
    )
    rows = [
        (organisation_id, bool(order))
        for organisation_id, order in session.exec(query)
        if sees_organisation(scope, organisation_id)
    ]
    return each_marked(gathered(places, rows, lambda row: (row[0],)), {Derived.CONTESTS_HELD: _settled})


def _planned(rows: Sequence[tuple[int, EventState]]) -> Mark:
    """How many methodical events the plans of the year have."""
    return counted(
        len(rows), len(rows), plural(len(rows), "мероприятие в плане", "мероприятия в плане", "мероприятий в плане"),
        "План методических мероприятий на год пуст.",
    )


def _held(rows: Sequence[tuple[int, EventState]]) -> Mark:
    """How many methodical events of the year were held."""
    states = [state for _place, state in rows if state is not EventState.CANCELLED]
    held, whole = sum(state is EventState.HELD for state in states), len(states)
    return counted(
        held, whole, f"проведено {held} из {plural(whole, 'мероприятия', 'мероприятий', 'мероприятий')}",
        f"Не проведено: {plural(whole - held, 'мероприятие', 'мероприятия', 'мероприятий')} плана." if states
        else "План методических мероприятий на год пуст.",
    )


def _settled(rows: Sequence[tuple[int, bool]]) -> Mark:
    """How many contests of the year have an order with the results."""
    settled = sum(is_settled for _place, is_settled in rows)
    return counted(
        settled, len(rows), f"приказ есть у {settled} из {plural(len(rows), 'конкурса', 'конкурсов', 'конкурсов')}",
        f"Нет приказа о результатах: {plural(len(rows) - settled, 'конкурс', 'конкурса', 'конкурсов')}." if rows
        else "Конкурсов молодых учителей и наставников в этом году нет.",
    )
