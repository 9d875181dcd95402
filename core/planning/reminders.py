"""What a person has to do this week, and a text of it to paste into a messenger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from core.people.scope import Action, Scope
from core.planning.due import my_measures, overdue_and_due
from core.planning.measures import MeasureRow
from core.planning.meetings import list_meetings
from core.planning.tables import Meeting, MeetingState, Roadmap, Task
from core.planning.tasks import list_tasks
from core.store.answers import answer_of
from core.words import count_of, day

_WEEK = timedelta(days=7)
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that has a day. `due_on` is the check date; `is_overdue` says that it has passed."""

    title: str
    due_on: date | None
    is_overdue: bool
    number: str
    """Official number of a measure; empty for a task."""
    owner: str
    roadmap_id: int | None
    measure_id: int | None
    task_id: int | None
    version: int
    """What marking it has to have seen."""


def due_this_week(session: Session, scope: Scope, on: date | None = None) -> list[Reminder]:
    """Return what the person answers for and has to be done within seven days, overdue things first.

    The local administrator, who is nobody in particular, gets what everybody has to do.
    """
    today = on or date.today()
    if scope.actor_id is None:
        return answer_of(session, scope, digest_of, today)
    found = [_of_measure(roadmap, row) for roadmap, row in my_measures(session, scope, today)]
    found += [_of_task(task, today) for task in list_tasks(session, scope, mine=True)]
    return _sorted(one for one in found if _is_near(one, today))


def digest_of(
    session: Session, scope: Scope, on: date | None = None, roadmap_ids: list[int] | None = None
) -> list[Reminder]:
    """Return what is overdue or due within seven days in roadmaps that the actor sees, for everybody."""
    today = on or date.today()
    pairs = overdue_and_due(session, scope, today, roadmap_ids, _WEEK)
    found = [_of_measure(roadmap, row) for roadmap, row in pairs]
    if roadmap_ids is None:
        found += [_of_task(task, today) for task in list_tasks(session, scope)]
    return _sorted(one for one in found if _is_near(one, today))


def digest_text(reminders: list[Reminder], on: date | None = None) -> str:
    """Return a plain text to paste into a messenger: overdue things, then those of the week with their days."""
    today = on or date.today()
    late = [one for one in reminders if one.is_overdue]
    soon = [one for one in reminders if not one.is_overdue]
    if not reminders:
        return f"На неделю с {day(today)} по {day(today + _WEEK)} сроков нет, просроченных мероприятий нет."
    lines = [f"Сроки на неделю с {day(today)} по {day(today + _WEEK)}"]
    if late:
        lines += ["", f"Просрочено ({count_of(len(late), 'пункт')}):", *(_line(one, "с ") for one in late)]
    if soon:
        lines += ["", "На этой неделе:", *(_line(one, "до ") for one in soon)]
    return "\n".join(lines)


def next_meetings(session: Session, scope: Scope, on: date | None = None) -> list[Meeting]:
    """Return the meetings to come that the actor sees, the nearest first."""
    scope.require(Action.VIEW_ROADMAPS)
    today = on or date.today()
    known = list_meetings(session, scope)
    found = [one for one in known if one.held_on >= today and one.state is not MeetingState.CLOSED]
    return sorted(found, key=lambda one: (one.held_on, one.id or 0))


def _of_measure(roadmap: Roadmap, row: MeasureRow) -> Reminder:
    return Reminder(
        title=row.title, due_on=row.overdue_since or row.next_check, is_overdue=row.is_overdue, number=row.number,
        owner=row.owner_name or row.owner_post, roadmap_id=roadmap.id, measure_id=row.id, task_id=None,
        version=row.version,
    )


def _of_task(task: Task, today: date) -> Reminder:
    return Reminder(
        title=task.text, due_on=task.due_on, is_overdue=task.due_on is not None and task.due_on < today, number="",
        owner=task.responsible, roadmap_id=None, measure_id=None, task_id=task.id,
        version=task.version,
    )


def _is_near(one: Reminder, today: date) -> bool:
    return one.is_overdue or (one.due_on is not None and one.due_on <= today + _WEEK)


def _sorted(reminders: Iterable[Reminder]) -> list[Reminder]:
    return sorted(reminders, key=lambda one: (not one.is_overdue, one.due_on or date.max, one.title))


def _line(one: Reminder, preposition: str) -> str:
    title = " ".join(one.title.split())
    if len(title) > _LONGEST_LINE:
        title = f"{title[: _LONGEST_LINE - 1]}…"
    number = f"{one.number.rstrip('.')}. " if one.number else ""
    when = f" — {preposition}{day(one.due_on)}" if one.due_on is not None else ""
    owner = f" ({' '.join(one.owner.split())})" if one.owner else ""
    return f"• {number}{title}{when}{owner}"
