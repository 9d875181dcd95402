"""Marks of roadmaps: whether there is one for the year, approved, with a goal, and how much of it is done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from core.cycle.marks import Mark, MarksByPlace, counted, each_marked
from core.cycle.place import Places, gathered
from core.cycle.records import Derived
from core.people.scope import Action, Scope
from core.planning.access import actor_of, sees
from core.planning.periods import lateness
from core.planning.roadmap_tables import Measure, MeasureKind, Roadmap, RoadmapState
from core.planning.rollup import roll_up
from core.planning.tree import grow
from core.store.columns import only
from core.words import plural

_READ = (
    "roadmap_id", "parent_id", "position", "kind", "status", "progress", "weight", "deadline_text",
    "deadline_written_on", "done_on",
)


class _Plan(NamedTuple):
    organisation_id: int
    is_approved: bool
    has_goal: bool
    measures: int
    done: int
    overdue: int


def roadmap_marks(session: Session, scope: Scope, places: Places) -> MarksByPlace:
    """Return how far the roadmaps of the year are; raise NotAllowed without the right to see plans."""
    scope.require(Action.VIEW_ROADMAPS)
    actor, year = actor_of(session, scope), places[0]
    query = select(Roadmap).where(
        col(Roadmap.deleted_at).is_(None), Roadmap.starts_on <= year.until, Roadmap.ends_on >= year.since,
        col(Roadmap.organisation_id).in_(year.units),
    )
    roadmaps = [
        row for row in session.exec(query)
        if sees(scope, actor, row.organisation_id, row.association_id, row.subject)
    ]
    measures: dict[int, list[Measure]] = {row.id or 0: [] for row in roadmaps}
    rows = select(Measure).options(only(Measure, *_READ)).where(
        col(Measure.roadmap_id).in_(measures), col(Measure.deleted_at).is_(None)
    )
    for row in session.exec(rows):
        measures[row.roadmap_id].append(row)
    plans = [_plan(row, measures[row.id or 0], date.today()) for row in roadmaps]
    return each_marked(gathered(places, plans, lambda plan: (plan.organisation_id,)), {
        Derived.ROADMAP_DRAFTED: _drafted, Derived.ROADMAP_APPROVED: _approved, Derived.MEASURES_DONE: _done,
        Derived.GOALS_SET: _goals,
    })


def _plan(roadmap: Roadmap, measures: Sequence[Measure], today: date) -> _Plan:
    progress = roll_up(grow(measures))
    return _Plan(
        roadmap.organisation_id,
        roadmap.state is RoadmapState.APPROVED or roadmap.approved_edition is not None,
        bool(roadmap.goal.strip()), progress.measures, progress.done,
        sum(row.kind is MeasureKind.MEASURE and lateness(roadmap, row, today) is not None for row in measures),
    )


def _drafted(plans: Sequence[_Plan]) -> Mark:
    """Whether there is a roadmap with measures for the year."""
    found = sum(plan.measures > 0 for plan in plans)
    return counted(
        found, found, plural(found, "дорожная карта", "дорожные карты", "дорожных карт"),
        "Дорожной карты на этот год нет: составьте её.",
    )


def _approved(plans: Sequence[_Plan]) -> Mark:
    """How many roadmaps of the year are approved, in the present or an earlier edition."""
    approved, whole = sum(plan.is_approved for plan in plans), len(plans)
    return counted(
        approved, whole, f"утверждено {approved} из {plural(whole, 'карты', 'карт', 'карт')}",
        f"Не утверждено: {plural(whole - approved, 'карта', 'карты', 'карт')}." if plans
        else "Утверждать нечего: дорожной карты на этот год нет.",
    )


def _done(plans: Sequence[_Plan]) -> Mark:
    """How many measures of the year's roadmaps are done, and how many are overdue."""
    done, whole = sum(plan.done for plan in plans), sum(plan.measures for plan in plans)
    late = sum(plan.overdue for plan in plans)
    said = f"выполнено {done} из {plural(whole, 'мероприятия', 'мероприятий', 'мероприятий')}"
    return counted(
        done, whole, f"{said}, просрочено {late}" if late else said,
        f"Не выполнено: {plural(whole - done, 'мероприятие', 'мероприятия', 'мероприятий')}"
        f"{f', просрочено {late}' if late else ''}." if whole else "Мероприятий на этот год нет.",
    )


def _goals(plans: Sequence[_Plan]) -> Mark:
    """How many roadmaps of the year say their goal."""
    said, whole = sum(plan.has_goal for plan in plans), len(plans)
    return counted(
        said, whole, f"цель названа в {said} из {plural(whole, 'карты', 'карт', 'карт')}",
        f"Без цели: {plural(whole - said, 'карта', 'карты', 'карт')}." if plans
        else "Цель года нигде не записана: назовите её в дорожной карте.",
    )
