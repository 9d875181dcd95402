"""The command that lists roadmaps."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from core.cli.output import say_json, say_table
from core.cli.stores import opened_engine
from core.people.scope import Scope
from core.planning.overview import RoadmapSummary, roadmap_summaries
from core.store.unit_of_work import reading
from core.words import day, number

_SCOPE = Scope.local_administrator()
_HEADER = ("№", "Дорожная карта", "Чья", "Период", "Состояние", "Ход, %", "Сделано", "Просрочено", "Проверка")


def show_roadmaps(options: Namespace) -> int:
    """Print the roadmaps as of today, those with overdue measures first."""
    with reading(opened_engine()) as session:
        found = roadmap_summaries(session, _SCOPE, date.today())
    if options.json:
        say_json([_facts(one) for one in found])
    else:
        say_table(_HEADER, [_line(one) for one in found])
    return 0


def _facts(one: RoadmapSummary) -> dict[str, object]:
    roadmap = one.roadmap
    return {
        "id": one.id,
        "title": roadmap.title,
        "organisation": one.organisation,
        "association": one.association or None,
        "subject": roadmap.subject or None,
        "starts_on": roadmap.starts_on.isoformat(),
        "ends_on": roadmap.ends_on.isoformat(),
        "state": roadmap.state.value,
        "edition": roadmap.edition,
        "approved_edition": roadmap.approved_edition,
        "progress": one.progress.progress,
        "measures": one.progress.measures,
        "done": one.progress.done,
        "overdue": one.overdue,
        "due": one.due,
        "next_check": one.next_check.isoformat() if one.next_check else None,
    }


def _line(one: RoadmapSummary) -> tuple[object, ...]:
    roadmap, progress = one.roadmap, one.progress
    return (
        one.id, roadmap.title, one.association or one.organisation,
        f"{day(roadmap.starts_on)} – {day(roadmap.ends_on)}",
        roadmap.state.value, "—" if progress.progress is None else number(progress.progress),
        f"{progress.done} из {progress.measures}", one.overdue, day(one.next_check) if one.next_check else "—",
    )
