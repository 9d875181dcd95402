"""Cycles that organisations opened, as everybody reads them: stages with days and people, marks by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from core.cycle.access import require_leading, seen_cycle, seen_organisation
from core.cycle.chosen import model_of
from core.cycle.cycle_tables import Cycle, CycleEvidence, CycleMark, CycleStage, CycleState, HandState, StageSide
from core.cycle.models import Model
from core.people.association_tables import Association
from core.people.associations import association_name
from core.people.scope import Action, Scope
from core.planning.owners import teacher_names
from core.store.history import HistoryLine, history_of


@dataclass(frozen=True, slots=True)
class StagePlan:
    """When a stage lies, and who answers for it: in words, a person by name, an association."""

    id: int
    version: int
    number: str
    name: str
    starts_on: date
    ends_on: date
    responsible: str
    teacher_id: int | None
    teacher: str
    association_id: int | None
    association: str

    @property
    def who(self) -> str:
        """Return who answers for it: the person and the association where they are named, else the words."""
        named = "; ".join(one for one in (self.teacher, self.association) if one)
        return named or self.responsible


@dataclass(frozen=True, slots=True)
class HandMark:
    """What somebody said of an input or output, and how many files and links prove it."""

    id: int
    version: int
    stage_number: str
    side: StageSide
    item: str
    state: HandState
    comment: str
    marked_at: datetime
    marked_by: str
    evidence: int


@dataclass(frozen=True, slots=True)
class OpenedCycle:
    """The cycle of an organisation in a year."""

    id: int
    version: int
    organisation_id: int
    model: Model
    """As it was when the cycle was opened."""
    own_model_id: int | None
    year: int
    state: CycleState
    opened_on: date
    opened_by: str
    closed_on: date | None
    previous_id: int | None
    stages: tuple[StagePlan, ...]
    marks: tuple[HandMark, ...]

    @property
    def is_open(self) -> bool:
        """Say whether the cycle goes on."""
        return self.state is CycleState.OPEN

    def stage(self, number: str) -> StagePlan | None:
        """Return the stage of this number; None for one that the cycle was opened without."""
        return next((one for one in self.stages if one.number == number), None)

    def mark(self, number: str, side: StageSide, item: str) -> HandMark | None:
        """Return what people said of a thing; None where nobody has."""
        return next(
            (one for one in self.marks if one.stage_number == number and one.side is side and one.item == item), None
        )


def opened_cycle(session: Session, scope: Scope, organisation_id: int, year: int) -> OpenedCycle | None:
    """Return the cycle of an organisation in a year, None where none was opened.

    Raises NotAllowed without the right to look, NotFound for an organisation out of reach.
    """
    seen_organisation(session, scope, organisation_id)
    return opened_cycles(session, scope, year, (organisation_id,)).get(organisation_id)


def opened_cycles(
    session: Session, scope: Scope, year: int, organisation_ids: Collection[int] | None = None
) -> dict[int, OpenedCycle]:
    """Return the cycles of a year by organisation: of these organisations, or of all that the actor knows."""
    query = select(Cycle).where(Cycle.year == year, col(Cycle.deleted_at).is_(None))
    if organisation_ids is not None:
        query = query.where(col(Cycle.organisation_id).in_(organisation_ids))
    rows = session.exec(scope.require(Action.VIEW).within_known(query, col(Cycle.organisation_id))).all()
    return {one.organisation_id: one for one in _told(session, scope, rows)}


def list_cycles(session: Session, scope: Scope, organisation_id: int) -> list[OpenedCycle]:
    """Return the cycles of an organisation, the newest first; refusals are those of `opened_cycle`."""
    seen_organisation(session, scope, organisation_id)
    query = select(Cycle).where(Cycle.organisation_id == organisation_id, col(Cycle.deleted_at).is_(None))
    rows = session.exec(query.order_by(col(Cycle.year).desc())).all()
    return _told(session, scope, rows)


def cycle_history(session: Session, scope: Scope, cycle_id: int) -> list[HistoryLine]:
    """Return what happened to a cycle, its stages and marks, the latest first; for those who lead it.

    Raises NotAllowed and NotFound for others: the trail holds words that people replaced.
    """
    require_leading(scope, seen_cycle(session, scope, cycle_id).organisation_id)
    stages = session.exec(select(CycleStage.id).where(CycleStage.cycle_id == cycle_id)).all()
    marks = session.exec(select(CycleMark.id).where(CycleMark.cycle_id == cycle_id)).all()
    ids = {"cycle": [cycle_id], "cycle_stage": stages, "cycle_mark": marks}
    return history_of(session, {table: [one or 0 for one in found] for table, found in ids.items()})


def _told(session: Session, scope: Scope, rows: Sequence[Cycle]) -> list[OpenedCycle]:
    """Return the rows with their stages and marks: a fixed number of queries for any number of cycles."""
    ids = [row.id or 0 for row in rows]
    if not ids:
        return []
    stages = session.exec(
        select(CycleStage).where(col(CycleStage.cycle_id).in_(ids)).order_by(col(CycleStage.position))
    ).all()
    marks = session.exec(select(CycleMark).where(col(CycleMark.cycle_id).in_(ids)).order_by(col(CycleMark.id))).all()
    teachers = teacher_names(session, scope, {one.teacher_id for one in stages if one.teacher_id is not None})
    bodies = _associations(session, {one.association_id for one in stages if one.association_id is not None})
    proofs = _evidence(session, [one.id or 0 for one in marks])
    return [
        OpenedCycle(
            row.id or 0, row.version, row.organisation_id, model_of(session, row), row.own_model_id, row.year,
            row.state, row.opened_on, row.opened_by, row.closed_on, row.previous_id,
            tuple(
                StagePlan(
                    one.id or 0, one.version, one.number, one.name, one.starts_on, one.ends_on, one.responsible,
                    one.teacher_id, teachers.get(one.teacher_id or 0, ""),
                    one.association_id, bodies.get(one.association_id or 0, ""),
                )
                for one in stages if one.cycle_id == row.id
            ),
            tuple(
                HandMark(
                    one.id or 0, one.version, one.stage_number, one.side, one.item, one.state, one.comment,
                    one.marked_at, one.marked_by, proofs.get(one.id or 0, 0),
                )
                for one in marks if one.cycle_id == row.id
            ),
        )
        for row in rows
    ]


def _associations(session: Session, ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    rows = session.exec(select(Association).where(col(Association.id).in_(ids)))
    return {row.id or 0: association_name(row) for row in rows}


def _evidence(session: Session, mark_ids: Collection[int]) -> dict[int, int]:
    if not mark_ids:
        return {}
    query = (
        select(CycleEvidence.mark_id, func.count())
        .where(col(CycleEvidence.mark_id).in_(mark_ids), col(CycleEvidence.deleted_at).is_(None))
        .group_by(col(CycleEvidence.mark_id))
    )
    return {mark_id or 0: count for mark_id, count in session.exec(query)}
