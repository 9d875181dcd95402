"""Cycles of the demo: one closed with what it leaves, the next one out of it, and four more at different stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from sqlmodel import Session, select

from core.cycle.chosen import model_of
from core.cycle.closing_acts import close_cycle
from core.cycle.closing_contract import ClosingItem, FoundItem
from core.cycle.closing_decisions import new_row
from core.cycle.closing_tables import Decision, ItemKind, Outcome
from core.cycle.cycle_tables import Cycle, CycleStage, Regulation, StageSide
from core.cycle.cycles import open_cycle
from core.cycle.evidence import Proven, attach_link
from core.cycle.hand_marks import mark_by_hand
from core.cycle.next_cycle import open_next
from core.cycle.regulations import save_regulations
from core.cycle.responsible import bodies_of
from core.cycle.stage_editing import STAGE_FIELDS, save_stages
from core.demo.cycle_records import DemoCycle, DemoRegulation, HandMark, PlannedStage
from core.demo.municipal_cycles import CLOSED, CLOSED_ON, DROPPED, NEIGHBOURS, NEXT_MARKS, NEXT_OPENED_ON, REASON
from core.demo.school_associations import staff
from core.demo.school_cycles import SCHOOL_CYCLES
from core.demo.teachers import DemoTeacher
from core.people.scope import Scope
from core.store.edit_outcome import CellEdit
from core.store.grid_changes import GridChanges

_NOON = time(9, 0, tzinfo=UTC)


def add_cycles(session: Session, scope: Scope, units: Mapping[str, int], teachers: Sequence[DemoTeacher]) -> int:
    """Add the cycles by their use cases, each act by whom it was done; return how many.

    `units` are ids of organisations by code. What the closed one leaves is found in the records that stand there by
    now, so everything else has to be stored before.
    """
    closed = _add(session, scope, CLOSED, units, teachers)
    following = _close(session, replace(scope, actor_name=CLOSED.opened_by), closed)
    _mark(session, scope, following, NEXT_MARKS)
    running = (*SCHOOL_CYCLES, NEIGHBOURS)
    for one in running:
        _add(session, scope, one, units, teachers)
    session.flush()
    return 2 + len(running)


def _add(
    session: Session, scope: Scope, one: DemoCycle, units: Mapping[str, int], teachers: Sequence[DemoTeacher]
) -> Cycle:
    leader = replace(scope, actor_name=one.opened_by)
    cycle = open_cycle(session, leader, units[one.unit], one.model, one.year, today=one.opened_on)
    _plan(session, leader, cycle, one, teachers)
    _register(session, leader, cycle, one.regulations)
    _mark(session, scope, cycle, one.marks)
    return cycle


def _plan(
    session: Session, leader: Scope, cycle: Cycle, one: DemoCycle, teachers: Sequence[DemoTeacher]
) -> None:
    """Set days and people of the stages in the grid of the screen."""
    planned = {stage.number: stage for stage in one.stages}
    bodies = {body.name: body.id for body in bodies_of(session, cycle.organisation_id)}
    edits: list[CellEdit] = []
    for row in session.exec(select(CycleStage).where(CycleStage.cycle_id == cycle.id)):
        wanted = _cells(planned[row.number], one.unit, bodies, teachers)
        edits.extend(
            CellEdit(row.id or 0, row.version, name, wanted[name], getattr(row, name))
            for name in STAGE_FIELDS if wanted[name] != getattr(row, name)
        )
    save_stages(session, leader, cycle.id or 0, GridChanges(edits))


def _cells(
    stage: PlannedStage, unit: str, bodies: Mapping[str, int], teachers: Sequence[DemoTeacher]
) -> dict[str, object]:
    found = staff(teachers, unit, (stage.teacher_of,))
    return {
        "starts_on": stage.starts_on, "ends_on": stage.ends_on, "responsible": stage.responsible,
        "teacher_id": found[0].id if found else None,
        "association_id": bodies[f"ШМО {stage.association}"] if stage.association else None,
    }


def _mark(session: Session, scope: Scope, cycle: Cycle, marks: Sequence[HandMark]) -> None:
    stages = {stage.number: stage for stage in model_of(session, cycle).file.stages}
    for one in marks:
        stage = stages[one.stage]
        names = [item.name for item in (stage.inputs if one.side is StageSide.IN else stage.outputs)]
        actor = replace(scope, actor_name=one.by)
        row = mark_by_hand(
            session, actor, cycle.id or 0, one.stage, one.side, _begins(names, one.item), one.state, one.comment
        )
        row.marked_at = datetime.combine(one.on, _NOON)
        session.add(row)
        if one.link:
            proof = attach_link(session, actor, Proven(mark_id=row.id), one.link, one.title)
            proof.added_at = row.marked_at
            session.add(proof)


def _register(session: Session, leader: Scope, cycle: Cycle, regulations: Sequence[DemoRegulation]) -> None:
    """Put acts into the register in its grid, then the links to their texts."""
    needed = [one.name for one in model_of(session, cycle).file.regulations]
    rows: list[dict[str, object]] = [
        {
            "title": one.title, "kind": one.kind.value, "number": one.number, "adopted_by": one.adopted_by,
            "adopted_on": one.adopted_on, "valid_until": one.valid_until,
            "answers": _begins(needed, one.answers) if one.answers else "",
        }
        for one in regulations
    ]
    save_regulations(session, leader, cycle.organisation_id, GridChanges(added=rows))
    links = {one.title: one for one in regulations if one.link}
    for row in session.exec(select(Regulation).where(Regulation.organisation_id == cycle.organisation_id)).all():
        if row.title in links:
            proof = attach_link(session, leader, Proven(regulation_id=row.id), links[row.title].link, row.title)
            proof.added_at = datetime.combine(links[row.title].adopted_on, _NOON)
            session.add(proof)
    session.flush()


def _close(session: Session, leader: Scope, cycle: Cycle) -> Cycle:
    """Decide what is not carried over, close the cycle, open the next one out of it; return that one."""
    # Saved in the grid, the decision would make the records be read through once more: closing does it anyway.
    dropped = FoundItem(ItemKind.INDICATOR, DROPPED, "", Outcome.GOES_ON)
    session.add(new_row(cycle, ClosingItem(dropped, Decision.DROPPED, REASON, 0, None, 1)))
    session.flush()
    close_cycle(session, leader, cycle.id or 0, acknowledged=True, today=CLOSED_ON)
    return open_next(session, leader, cycle.id or 0, today=NEXT_OPENED_ON)


def _begins(names: Sequence[str], words: str) -> str:
    """Return the one name that begins with the words."""
    return next(name for name in names if name.startswith(words))

