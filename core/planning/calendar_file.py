"""Check dates and meetings as a calendar file (.ics, RFC 5545) that phones and mail programs take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event
from sqlmodel import Session

from core.people.scope import Scope
from core.planning.due import my_measures
from core.planning.measures import MeasureRow, view_roadmap
from core.planning.meetings import list_meetings
from core.planning.statuses import OPEN_STATUSES
from core.planning.tables import MeasureKind, Meeting, MeetingState, Roadmap, Task
from core.planning.tasks import list_tasks
from core.store.base import utc_now

_PRODUCT = "-//Цикл качества//Дорожные карты//RU"
_BEFORE = timedelta(days=3)


def my_calendar(
    session: Session, scope: Scope, on: date | None = None, now: datetime | None = None, more: Sequence[Event] = ()
) -> bytes:
    """Return the check dates of what the person answers for, their tasks, the meetings they see, and `more` days."""
    today, stamp = on or date.today(), now or utc_now()
    mine = my_measures(session, scope, today)
    events = [event for roadmap, row in mine for event in _checks(roadmap, row, today, stamp)]
    events += [_task(task, stamp) for task in list_tasks(session, scope, mine=True) if task.due_on is not None]
    events += [_meeting(one, stamp) for one in list_meetings(session, scope) if one.state is not MeetingState.CLOSED]
    return _calendar("Мои сроки", [*events, *more])


def roadmap_calendar(
    session: Session, scope: Scope, roadmap_id: int, on: date | None = None, now: datetime | None = None
) -> bytes:
    """Return all check dates of a roadmap that lie ahead."""
    today, stamp = on or date.today(), now or utc_now()
    view = view_roadmap(session, scope, roadmap_id, today)
    rows = [row for row in view.rows if row.kind is MeasureKind.MEASURE]
    return _calendar(view.roadmap.title, [event for row in rows for event in _checks(view.roadmap, row, today, stamp)])


def _calendar(name: str, events: Sequence[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _checks(roadmap: Roadmap, row: MeasureRow, today: date, stamp: datetime) -> list[Event]:
    """Return the check dates ahead of a measure on which something is still to be done."""
    if row.next_check is None and row.status not in OPEN_STATUSES:
        return []
    first = row.next_check or today
    return [
        day_event(
            f"measure-{row.id}-{when:%Y%m%d}@quality", when, stamp,
            f"{row.number.rstrip('.')}. {' '.join(row.title.split())}",
            "\n".join(part for part in (roadmap.title, row.indicator, row.owner_name or row.owner_post) if part),
        )
        for when in row.check_dates
        if when >= first
    ]


def _task(task: Task, stamp: datetime) -> Event:
    when = task.due_on or stamp.date()
    return day_event(f"task-{task.id}@quality", when, stamp, " ".join(task.text.split()), task.responsible)


def _meeting(meeting: Meeting, stamp: datetime) -> Event:
    title = f"Заседание: {meeting.body}"
    event = day_event(f"meeting-{meeting.id}@quality", meeting.held_on, stamp, title, meeting.topic)
    if meeting.place:
        event.add("location", meeting.place)
    return event


def day_event(uid: str, when: date, stamp: datetime, summary: str, description: str) -> Event:
    """Return an event of a whole day with a reminder three days before."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", when)
    event.add("dtend", when + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    if description:
        event.add("description", description)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -_BEFORE)
    event.add_component(alarm)
    return event
