"""What the collection of values asks for this week: reminders, and days for a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Event
from sqlmodel import Session, col, select

from core.monitoring.collection import Collection, CollectionState, collections_of_year, nearest, path_of
from core.monitoring.owing import owing
from core.monitoring.value_tables import Campaign
from core.people.academic_year import year_name
from core.people.organisations import load_tree
from core.people.scope import Action, Scope
from core.planning.calendar_file import day_event, my_calendar
from core.planning.reminders import Reminder
from core.store.answers import shared_answer
from core.store.base import utc_now
from core.words import day, plural

_WEEK = timedelta(days=7)


@shared_answer
def reminders(session: Session, scope: Scope, today: date | None = None) -> list[Reminder]:
    """Return what the open collections ask of the actor within seven days, overdue things first.

    Who leads a collection is told how many organisations still owe; who enters for a unit what it owes. Nothing for
    somebody who does neither.
    """
    on = today or date.today()
    found: list[Reminder] = []
    for one in _running(session, scope):
        if one.opens_on > on:
            if one.opens_on <= on + _WEEK:
                found.append(_of(one, f"Сбор показателей за {year_name(one.year)} откроется", one.opens_on, on))
        elif _leads(scope, one.organisation_id):
            found += _for_leader(session, scope, one, on)
        else:
            found += _for_units(session, scope, one, on)
    return sorted(found, key=lambda one: (not one.is_overdue, one.due_on or date.max, one.title))


def calendar(session: Session, scope: Scope, on: date | None = None, now: datetime | None = None) -> bytes:
    """Return the calendar of the person (`core.planning.calendar_file`) with the days of the collections."""
    today, stamp = on or date.today(), now or utc_now()
    return my_calendar(session, scope, today, now, _events(session, scope, today, stamp))


def _events(session: Session, scope: Scope, today: date, stamp: datetime) -> Sequence[Event]:
    return [
        day_event(
            f"collection-{one.id}-{name}@quality", when, stamp, f"Сбор показателей за {year_name(one.year)}: {words}",
            one.responsible,
        )
        for one in _running(session, scope)
        for name, when, words in (("opens", one.opens_on, "начало"), ("closes", one.closes_on, "последний день"))
        if when >= today
    ]


def _running(session: Session, scope: Scope) -> list[Collection]:
    """Return the collections that are not closed and concern units for which the actor enters."""
    if not scope.allows(Action.ENTER_INDICATORS):
        return []
    query = select(Campaign.year).where(col(Campaign.deleted_at).is_(None), col(Campaign.closed_at).is_(None))
    return [
        one for year in sorted(set(session.exec(query))) for one in collections_of_year(session, year).values()
        if one.closed_at is None and (_leads(scope, one.organisation_id) or _units(session, scope, one))
    ]


def _units(session: Session, scope: Scope, one: Collection) -> list[int]:
    """Return the units for which the actor enters and for which no nearer collection holds."""
    units = scope.require(Action.ENTER_INDICATORS).organisations
    tree = load_tree(session, Scope.local_administrator())
    known = tree.organisations.keys() if units is None else units & tree.organisations.keys()
    collections = collections_of_year(session, one.year)
    return sorted(
        key for key in known if (held := nearest(collections, path_of(tree, key))) is not None and held.id == one.id
    )


def _for_leader(session: Session, scope: Scope, one: Collection, on: date) -> list[Reminder]:
    owed = [each for each in owing(session, scope, one.organisation_id, one.year) if each.values]
    dues = [each.due_on for each in owed if each.due_on is not None]
    due = min(dues, default=one.closes_on)
    if not owed:
        text = f"Закрыть сбор показателей за {year_name(one.year)}: всё сдано"
        return [_of(one, text, one.closes_on, on)] if on + _WEEK >= one.closes_on else []
    if due > on + _WEEK:
        return []
    count = plural(len(owed), "организация", "организации", "организаций")
    return [_of(one, f"Показатели за {year_name(one.year)}: не всё сдали {count}", due, on)]


def _for_units(session: Session, scope: Scope, one: Collection, on: date) -> list[Reminder]:
    return [
        _of(one, f"Показатели за {year_name(one.year)}, {each.name}: {each.words}", each.due_on, on)
        for unit in _units(session, scope, one)
        for each in owing(session, scope, unit, one.year)[:1]
        if each.values and each.due_on is not None and each.due_on <= on + _WEEK
    ]


def _leads(scope: Scope, organisation_id: int) -> bool:
    return scope.allows(Action.MANAGE_INDICATORS) and scope.require(Action.MANAGE_INDICATORS).sees_organisation(
        organisation_id
    )


def _of(one: Collection, title: str, due: date | None, on: date) -> Reminder:
    late = due is not None and due < on
    state = one.state(on)
    if state is CollectionState.LATE:
        title = f"{title} (сбор шёл до {day(one.closes_on)})"
    return Reminder(
        title=title, due_on=due, is_overdue=late, number="", owner=one.responsible, roadmap_id=None, measure_id=None,
        task_id=None, version=one.version,
    )
