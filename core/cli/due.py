"""Commands of reminders: what is overdue or due this week, and the text of it for a messenger."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, timedelta

from core.cli.output import say, say_json, say_table
from core.cli.stores import opened_engine
from core.cycle.reminders import reminders
from core.monitoring.campaigns import reminders as collecting
from core.people.scope import Scope
from core.planning.reminders import Reminder, digest_of, digest_text
from core.store.unit_of_work import reading
from core.words import day

_SCOPE = Scope.local_administrator()
_WEEK = timedelta(days=7)
_HEADER = ("Когда", "Пункт", "Что", "Кто отвечает")


def due(options: Namespace) -> int:
    """Print what cycles, collections, measures and tasks ask for, overdue or due within seven days."""
    found = _found()
    if options.json:
        say_json([_facts(one) for one in found])
    elif not found:
        say(digest_text(found, date.today()))
    else:
        say_table(_HEADER, [_line(one) for one in found])
    return 0


def digest(_options: Namespace) -> int:
    """Print the text to paste into a messenger."""
    say(digest_text(_found(), date.today()))
    return 0


def _found() -> list[Reminder]:
    with reading(opened_engine()) as session:
        stages = [one.as_reminder() for one in reminders(session, _SCOPE, date.today(), _WEEK)]
        return [*stages, *collecting(session, _SCOPE, date.today()), *digest_of(session, _SCOPE, date.today())]


def _facts(one: Reminder) -> dict[str, object]:
    return {
        "title": one.title,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "overdue": one.is_overdue,
        "number": one.number or None,
        "owner": one.owner or None,
        "roadmap": one.roadmap_id,
        "measure": one.measure_id,
        "task": one.task_id,
    }


def _line(one: Reminder) -> tuple[str, str, str, str]:
    when = "—" if one.due_on is None else f"{'просрочено с' if one.is_overdue else 'до'} {day(one.due_on)}"
    place = one.number.rstrip(".") or ("поручение" if one.task_id is not None else "сбор")
    return when, place, " ".join(one.title.split()), " ".join(one.owner.split())
