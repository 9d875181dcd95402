"""Marks by hand: what people say of the inputs and outputs of a stage."""

from __future__ import annotations

from sqlmodel import Session, col, select

from core.cycle.access import is_seen, markable_cycle, seen_cycle
from core.cycle.chosen import model_of
from core.cycle.cycle_tables import Cycle, CycleEvidence, CycleMark, CycleStage, HandState, StageSide
from core.errors import EditConflict, InvalidInput, NotFound
from core.people.scope import Scope
from core.store.base import utc_now
from core.words.visible import visible

_LONGEST_ITEM = 500
_LONGEST_COMMENT = 1000


def item_key(name: str) -> str:
    """Return what a mark keeps of the name of an input or output."""
    return name[:_LONGEST_ITEM]


def mark_by_hand(
    session: Session, scope: Scope, cycle_id: int, stage_number: str, side: StageSide, item: str,
    state: HandState, comment: str = "", version_seen: int | None = None,
) -> CycleMark:
    """Say of an input or output of a stage whether it is there; return the mark, a new one or the changed one.

    `version_seen` is that of the mark on the screen, None where there was none. Raises EditConflict when somebody
    else marked it meanwhile, NotFound for a thing that the model does not have, InvalidInput for a closed cycle.
    """
    seen_cycle(session, scope, cycle_id)
    stage = stage_of(session, cycle_id, stage_number)
    cycle = markable_cycle(session, scope, cycle_id, stage)
    _require_item(session, cycle, stage_number, side, item)
    text = visible(comment).strip()
    if len(text) > _LONGEST_COMMENT:
        raise InvalidInput(
            f"Здесь помещается {_LONGEST_COMMENT} знаков, а введено {len(text)}.", "Сократите комментарий."
        )
    row = _mark(session, cycle_id, stage_number, side, item)
    if row is not None and (row.state, row.comment, row.marked_by) == (state, text, scope.actor_name):
        # A second click says nothing new.
        return row
    if (row.version if row is not None else None) != version_seen:
        now = f"«{row.state.value}», {row.marked_by}" if row is not None else "отметка снята"
        raise EditConflict(f"Эту отметку только что изменил другой человек: {now}.", "Посмотрите её и отметьте снова.")
    if row is None:
        row = CycleMark(
            organisation_id=cycle.organisation_id, cycle_id=cycle_id, stage_number=stage_number, side=side,
            item=item_key(item), state=state,
        )
    row.state, row.comment, row.marked_at, row.marked_by = state, text, utc_now(), scope.actor_name
    session.add(row)
    session.flush()
    return row


def take_mark_back(session: Session, scope: Scope, mark_id: int, version_seen: int) -> None:
    """Remove a mark: nothing is said of the thing any more. Raises InvalidInput while files or links prove it."""
    row = session.get(CycleMark, mark_id)
    if row is None or not is_seen(session, scope, row.organisation_id):
        raise NotFound("Отметка")
    markable_cycle(session, scope, row.cycle_id, stage_of(session, row.cycle_id, row.stage_number))
    if row.version != version_seen:
        raise EditConflict("Эту отметку только что изменил другой человек.", "Посмотрите её ещё раз.")
    if session.exec(select(CycleEvidence.id).where(CycleEvidence.mark_id == mark_id)).first() is not None:
        raise InvalidInput(
            "К отметке прикладывали подтверждения, снять её нельзя.", "Отметьте «нет» и напишите, что изменилось."
        )
    session.delete(row)
    session.flush()


def stage_of(session: Session, cycle_id: int, number: str) -> CycleStage:
    """Return the stage of a cycle by its number; NotFound for another one."""
    row = session.exec(select(CycleStage).where(CycleStage.cycle_id == cycle_id, CycleStage.number == number)).first()
    if row is None:
        raise NotFound("Этап")
    return row


def _mark(session: Session, cycle_id: int, number: str, side: StageSide, item: str) -> CycleMark | None:
    query = select(CycleMark).where(
        col(CycleMark.cycle_id) == cycle_id, col(CycleMark.stage_number) == number, col(CycleMark.side) == side,
        col(CycleMark.item) == item_key(item),
    )
    return session.exec(query).first()


def _require_item(session: Session, cycle: Cycle, number: str, side: StageSide, item: str) -> None:
    stage = next((one for one in model_of(session, cycle).file.stages if one.number == number), None)
    things = () if stage is None else stage.inputs if side is StageSide.IN else stage.outputs
    if item not in {one.name for one in things}:
        raise NotFound("То, что отмечают")
