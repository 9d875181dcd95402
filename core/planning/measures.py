"""The measures of a roadmap as a grid shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.people.organisations import natural_key
from core.people.scope import Scope
from core.planning.access import id_of, visible_roadmap
from core.planning.owners import account_names, teacher_names, working_each
from core.planning.periods import deadline_of, period_of
from core.planning.rollup import Rollup, own_progress, roll_up
from core.planning.tables import Evidence, IndicatorKind, Measure, MeasureField, MeasureKind, MeasureStatus, Roadmap
from core.planning.tree import Branch, flat, grow


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One row of the roadmap: the stored cells, and what follows from them on a day."""

    id: int
    version: int
    roadmap_id: int
    parent_id: int | None
    number: str
    """«1.» at the top, «5.1.2» below."""
    depth: int
    kind: MeasureKind
    title: str
    deadline_text: str
    explanation: str
    """How the deadline was understood."""
    hint: str
    """What of the deadline was not understood; empty: nothing."""
    check_dates: tuple[date, ...]
    """All check dates within the plan."""
    first_day: date | None
    """Beginning of the first window: where the bar of a timeline begins."""
    last_day: date | None
    next_check: date | None
    overdue_since: date | None
    """None: not overdue."""
    is_due: bool
    indicator: str
    indicator_kind: IndicatorKind
    target: float | None
    unit: str
    value: float | None
    expected_result: str
    owner_post: str
    owner_teacher_id: int | None
    owner_account_id: int | None
    owner_name: str
    """Name of the person who answers for it, as the actor may see it; empty where only a post is said."""
    is_owner_gone: bool
    """The person left the organisation or was deleted: somebody else is to be chosen."""
    co_owners: str
    co_owner_teacher_ids: tuple[int, ...]
    co_owner_names: tuple[str, ...]
    weight: float
    status: MeasureStatus
    status_note: str
    progress: int
    """Stored progress of the row itself, 0..100."""
    rolled_up: float | None
    """Progress with everything below it, 0..100; None where nothing counts."""
    done_on: date | None
    former_deadline: str
    evidence: int
    """How many proofs it has."""
    fields: int
    """How many problem fields it answers to."""

    @property
    def is_overdue(self) -> bool:
        """Say whether the measure is overdue."""
        return self.overdue_since is not None


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """A roadmap with its rows from top to bottom, as of a day."""

    roadmap: Roadmap
    rows: tuple[MeasureRow, ...]
    progress: Rollup
    on: date


def view_roadmap(session: Session, scope: Scope, roadmap_id: int, on: date | None = None) -> RoadmapView:
    """Return the roadmap with its measures as of the day (today)."""
    roadmap = visible_roadmap(session, scope, roadmap_id)
    day = on or date.today()
    branches = tree_of(session, roadmap_id)
    return RoadmapView(roadmap, tuple(rows_of(session, scope, roadmap, flat(branches), day)), roll_up(branches), day)


def measures_of(session: Session, roadmap_id: int) -> list[Measure]:
    """Return the stored measures of a roadmap, without the deleted ones."""
    query = select(Measure).where(Measure.roadmap_id == roadmap_id, col(Measure.deleted_at).is_(None))
    return list(session.exec(query))


def tree_of(session: Session, roadmap_id: int) -> tuple[Branch[Measure], ...]:
    """Return the measures of a roadmap as a tree with official numbers."""
    return grow(measures_of(session, roadmap_id))


def numbers_of(session: Session, roadmap_id: int) -> dict[int, str]:
    """Return the official numbers of the measures by id."""
    return {id_of(branch.row): branch.official_number for branch in flat(tree_of(session, roadmap_id))}


def rows_of(
    session: Session, scope: Scope, roadmap: Roadmap, branches: Sequence[Branch[Measure]], day: date
) -> list[MeasureRow]:
    """Return branches as rows; the caller has checked that the actor sees the roadmap."""
    return [row for _roadmap, row in rows_among(session, scope, [(roadmap, one) for one in branches], day)]


def rows_among(
    session: Session, scope: Scope, branches: Sequence[tuple[Roadmap, Branch[Measure]]], day: date
) -> list[tuple[Roadmap, MeasureRow]]:
    """Return branches of several roadmaps as rows, what stands behind all of them read once."""
    ids = [id_of(branch.row) for _roadmap, branch in branches]
    people = _People.of(session, scope, [(roadmap, branch.row) for roadmap, branch in branches], day)
    evidence = _counts(session, ids, Evidence)
    fields = _counts(session, ids, MeasureField)
    return [
        (roadmap, _row(roadmap, branch, day, people, evidence.get(key, 0), fields.get(key, 0)))
        for key, (roadmap, branch) in zip(ids, branches, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _People:
    """Names of owners, and which teachers still work where."""

    teachers: dict[int, str]
    accounts: dict[int, str]
    working: dict[int, frozenset[int]]
    """By organisation whose roadmap it is."""

    @classmethod
    def of(
        cls, session: Session, scope: Scope, measures: Sequence[tuple[Roadmap, Measure]], day: date
    ) -> _People:
        """Ask for everybody whom the measures name, in a few queries."""
        owners = {row.owner_teacher_id for _, row in measures if row.owner_teacher_id is not None}
        others = {one for _, row in measures for one in row.co_owner_teacher_ids}
        accounts = {row.owner_account_id for _, row in measures if row.owner_account_id is not None}
        places = {roadmap.organisation_id for roadmap, row in measures if row.owner_teacher_id is not None}
        return cls(
            teacher_names(session, scope, owners | others), account_names(session, accounts),
            working_each(session, places, owners, day),
        )

    def owner(self, row: Measure) -> str:
        """Return the name of the person who answers for the measure."""
        if row.owner_teacher_id is not None:
            return self.teachers.get(row.owner_teacher_id, "")
        return self.accounts.get(row.owner_account_id, "") if row.owner_account_id is not None else ""

    def is_gone(self, roadmap: Roadmap, row: Measure) -> bool:
        """Say whether the teacher who answers for the measure no longer works there."""
        return row.owner_teacher_id is not None and row.owner_teacher_id not in self.working[roadmap.organisation_id]


def _row(
    roadmap: Roadmap, branch: Branch[Measure], day: date, people: _People, evidence: int, fields: int
) -> MeasureRow:
    row, period = branch.row, period_of(roadmap)
    deadline = deadline_of(row)
    windows = deadline.windows(period)
    is_carried_out = row.kind is MeasureKind.MEASURE
    rolled = roll_up(branch.children).progress if branch.children else own_progress(row)
    return MeasureRow(
        id=id_of(row), version=row.version, roadmap_id=row.roadmap_id, parent_id=row.parent_id,
        number=branch.official_number, depth=branch.depth, kind=row.kind, title=row.title,
        deadline_text=row.deadline_text, explanation=deadline.explanation if row.deadline_text else "",
        hint=deadline.hint, check_dates=tuple(sorted({window.last for window in windows})),
        first_day=min((window.first for window in windows), default=None),
        last_day=windows[-1].last if windows else None,
        next_check=deadline.next_check(day, row.status, row.done_on, period) if is_carried_out else None,
        overdue_since=deadline.overdue_since(day, row.status, row.done_on, period) if is_carried_out else None,
        is_due=is_carried_out and deadline.is_due(day, row.status, row.done_on, period),
        indicator=row.indicator, indicator_kind=row.indicator_kind, target=row.target, unit=row.unit, value=row.value,
        expected_result=row.expected_result, owner_post=row.owner_post, owner_teacher_id=row.owner_teacher_id,
        owner_account_id=row.owner_account_id, owner_name=people.owner(row), is_owner_gone=people.is_gone(roadmap, row),
        co_owners=row.co_owners, co_owner_teacher_ids=tuple(row.co_owner_teacher_ids),
        co_owner_names=tuple(
            sorted((people.teachers.get(one, "") for one in row.co_owner_teacher_ids), key=natural_key)
        ),
        weight=row.weight, status=row.status, status_note=row.status_note, progress=row.progress,
        rolled_up=None if rolled is None or (row.kind is MeasureKind.GROUP and not branch.children) else float(rolled),
        done_on=row.done_on, former_deadline=row.former_deadline, evidence=evidence, fields=fields,
    )


def _counts(session: Session, measure_ids: Collection[int], table: type[Evidence] | type[MeasureField]) -> dict[
    int, int
]:
    """Return how many rows of the table hang on each measure."""
    if not measure_ids:
        return {}
    query = (
        select(table.measure_id, func.count())
        .where(col(table.measure_id).in_(measure_ids), col(table.deleted_at).is_(None))
        .group_by(col(table.measure_id))
    )
    return {measure_id: int(count) for measure_id, count in session.exec(query)}
