"""What is overdue, what is due, what is mine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from sqlalchemy import String, cast
from sqlmodel import Session, col, select

from core.people.scope import Action, Scope
from core.planning.access import Actor, actor_of, id_of
from core.planning.measures import MeasureRow, rows_among, tree_of
from core.planning.periods import deadline_of, lateness, period_of
from core.planning.roadmaps import list_roadmaps
from core.planning.statuses import DONE_STATUSES, OPEN_STATUSES
from core.planning.tables import Measure, MeasureKind, Roadmap
from core.planning.tree import Branch, flat, grow

_SOON = timedelta(days=31)


def overdue_measures(
    session: Session, scope: Scope, on: date | None = None, roadmap_ids: Iterable[int] | None = None
) -> list[tuple[Roadmap, MeasureRow]]:
    """Return the overdue measures of the roadmaps that the actor sees, the longest overdue first."""
    day = on or date.today()
    found = _rows(session, scope, day, roadmap_ids, lambda roadmap, row: lateness(roadmap, row, day) is not None)
    return sorted(found, key=_by_lateness)


def due_measures(
    session: Session,
    scope: Scope,
    on: date | None = None,
    roadmap_ids: Iterable[int] | None = None,
    within: timedelta = _SOON,
) -> list[tuple[Roadmap, MeasureRow]]:
    """Return the measures that are checked within so many days (31), and are not overdue, the nearest first."""
    day = on or date.today()

    def is_wanted(roadmap: Roadmap, row: Measure) -> bool:
        return _is_near(roadmap, row, day, day + within) and lateness(roadmap, row, day) is None

    return sorted(_rows(session, scope, day, roadmap_ids, is_wanted), key=_by_check)


def overdue_and_due(
    session: Session, scope: Scope, on: date, roadmap_ids: Iterable[int] | None, within: timedelta
) -> list[tuple[Roadmap, MeasureRow]]:
    """Return `overdue_measures` and after them `due_measures`, read once."""
    def is_wanted(roadmap: Roadmap, row: Measure) -> bool:
        return lateness(roadmap, row, on) is not None or _is_near(roadmap, row, on, on + within)

    late: list[tuple[Roadmap, MeasureRow]] = []
    near: list[tuple[Roadmap, MeasureRow]] = []
    for pair in _rows(session, scope, on, roadmap_ids, is_wanted):
        (late if pair[1].is_overdue else near).append(pair)
    return [*sorted(late, key=_by_lateness), *sorted(near, key=_by_check)]


def my_measures(
    session: Session, scope: Scope, on: date | None = None, *, with_closed: bool = False
) -> list[tuple[Roadmap, MeasureRow]]:
    """Return the measures for which the actor answers, alone or with others: overdue first, then by the next check.

    They are seen wherever they stand. What is closed for good comes last, and only `with_closed`.
    """
    scope.require(Action.VIEW_ROADMAPS)
    actor, day = actor_of(session, scope), on or date.today()
    owned = [
        (roadmap, branch) for roadmap in _roadmaps_of(session, actor)
        for branch in flat(tree_of(session, id_of(roadmap))) if actor.owns(branch.row)
    ]
    found = rows_among(session, scope, owned, day)
    open_ones = [pair for pair in found if with_closed or _is_open(pair[1])]
    return sorted(open_ones, key=lambda pair: (not pair[1].is_overdue, pair[1].next_check or date.max, pair[1].id))


def _is_near(roadmap: Roadmap, row: Measure, on: date, last: date) -> bool:
    following = deadline_of(row).next_check(on, row.status, row.done_on, period_of(roadmap))
    return following is not None and following <= last


def _by_lateness(pair: tuple[Roadmap, MeasureRow]) -> tuple[date, int, int]:
    return pair[1].overdue_since or date.max, pair[0].id or 0, pair[1].id


def _by_check(pair: tuple[Roadmap, MeasureRow]) -> tuple[date, int, int]:
    return pair[1].next_check or date.max, pair[0].id or 0, pair[1].id


def _is_open(row: MeasureRow) -> bool:
    """Say whether something is still to be done."""
    return row.status in OPEN_STATUSES or (row.status in DONE_STATUSES and row.next_check is not None)


def _rows(
    session: Session,
    scope: Scope,
    day: date,
    roadmap_ids: Iterable[int] | None,
    is_wanted: Callable[[Roadmap, Measure], bool],
) -> list[tuple[Roadmap, MeasureRow]]:
    """Return the wanted measures; numbers and names are asked for only where there are some."""
    wanted = None if roadmap_ids is None else set(roadmap_ids)
    roadmaps = {id_of(row): row for row in list_roadmaps(session, scope) if wanted is None or row.id in wanted}
    query = select(Measure).where(col(Measure.roadmap_id).in_(roadmaps), col(Measure.deleted_at).is_(None))
    measures: dict[int, list[Measure]] = {}
    for row in session.exec(query):
        measures.setdefault(row.roadmap_id, []).append(row)
    found: list[tuple[Roadmap, Branch[Measure]]] = []
    for roadmap_id, rows in measures.items():
        roadmap = roadmaps[roadmap_id]
        chosen = {row.id for row in rows if row.kind is MeasureKind.MEASURE and is_wanted(roadmap, row)}
        if chosen:
            found += [(roadmap, branch) for branch in flat(grow(rows)) if branch.row.id in chosen]
    return rows_among(session, scope, found, day) if found else []


def _roadmaps_of(session: Session, actor: Actor) -> list[Roadmap]:
    """Return the roadmaps in which the actor answers for something."""
    if actor.account_id is None:
        return []
    mine = col(Measure.owner_account_id) == actor.account_id
    there = col(Measure.deleted_at).is_(None)
    ids: set[int] = set()
    if actor.teacher_id is not None:
        mine = mine | (col(Measure.owner_teacher_id) == actor.teacher_id)
        # Whether a list of ids holds one is asked differently by each database, so Python looks.
        some = cast(col(Measure.co_owner_teacher_ids), String) != "[]"
        shared = session.exec(select(Measure.roadmap_id, Measure.co_owner_teacher_ids).where(there, some))
        ids = {roadmap_id for roadmap_id, others in shared if actor.teacher_id in others}
    ids |= set(session.exec(select(Measure.roadmap_id).where(mine, there)))
    return list(session.exec(select(Roadmap).where(col(Roadmap.id).in_(ids), col(Roadmap.deleted_at).is_(None))))
