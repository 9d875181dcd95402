"""What people decide about the unsettled things of an open cycle: carry over, or drop with a reason."""

from __future__ import annotations

from typing import Final

from sqlmodel import Session

from core.cycle.access import led_cycle
from core.cycle.closing_contract import SCREENS, ClosingItem
from core.cycle.closing_items import findings, stored_items
from core.cycle.closing_tables import CarriedItem, Decision
from core.cycle.cycle_tables import Cycle
from core.errors import InvalidInput
from core.people.cell_values import text_of_cell
from core.people.scope import Scope
from core.store.comparing import same_cell
from core.store.edit_outcome import CellConflict, CellEdit, CellRefusal, EditOutcome
from core.store.grid_changes import GridChanges
from core.store.history import last_change

CARRY: Final = "carry"
REASON: Final = "reason"
_LONGEST_REASON = 1000


def save_decisions(session: Session, scope: Scope, cycle_id: int, changes: GridChanges) -> EditOutcome:
    """Save what was decided in the grid: `carry` (a flag) and `reason`, by the number of the thing.

    What is not carried over needs a reason. A decision that somebody else made meanwhile is reported. Raises
    NotAllowed, NotFound, and InvalidInput for a closed cycle.
    """
    cycle = led_cycle(session, scope, cycle_id)
    if changes.added or changes.deleted:
        raise InvalidInput("Строки берутся из записей: здесь их не добавляют и не удаляют.", "Обновите страницу.")
    known = {one.number: one for one in findings(session, scope, cycle_id).unsettled}
    outcome = EditOutcome()
    wanted: dict[int, dict[str, object]] = {}
    for edit in changes.edits:
        if edit.field not in (CARRY, REASON):
            raise InvalidInput("Изменять этот столбец нельзя, поэтому ничего не сохранено.", "Обновите страницу.")
        one = known.get(edit.row_id)
        if one is None or _is_overtaken(one, edit):
            outcome.conflicts.append(_conflict(session, edit, one))
        else:
            wanted.setdefault(edit.row_id, {})[edit.field] = edit.value
            outcome.saved.append(edit)
    choices = {number: _choice(known[number], cells) for number, cells in wanted.items()}
    for number, (carry, reason) in choices.items():
        refusal = _refusal(carry, reason)
        if refusal is not None:
            outcome.refused.append(CellRefusal(number, REASON, reason, refusal))
    if outcome.refused:
        return EditOutcome(refused=outcome.refused)
    stored = stored_items(session, cycle_id)
    for number, (carry, reason) in choices.items():
        row = stored.get(known[number].item.reference) or new_row(cycle, known[number])
        row.decision = Decision.CARRIED if carry else Decision.DROPPED
        row.reason = "" if carry else reason
        session.add(row)
        session.flush()
        outcome.versions[number] = row.version
    return outcome


def new_row(cycle: Cycle, one: ClosingItem) -> CarriedItem:
    """Return the thing as a row of the cycle, with what is decided about it now."""
    return CarriedItem(
        organisation_id=cycle.organisation_id, cycle_id=cycle.id or 0, kind=one.item.kind,
        reference=one.item.reference, words=one.item.words, outcome=one.item.outcome, decision=one.decision,
        reason=one.reason, inside=one.item.inside, screen=SCREENS[one.item.kind], origin_id=one.origin_id,
        years=one.years,
    )


def _choice(one: ClosingItem, cells: dict[str, object]) -> tuple[bool, str]:
    carry = bool(cells.get(CARRY, one.decision is Decision.CARRIED))
    return carry, text_of_cell(cells.get(REASON, one.reason))


def _refusal(carry: bool, reason: str) -> InvalidInput | None:
    if not carry and not reason:
        return InvalidInput("Не сказано, почему вопрос не переносится.", "Напишите причину или верните отметку.")
    if len(reason) > _LONGEST_REASON:
        return InvalidInput(
            f"Помещается {_LONGEST_REASON} знаков, а введено {len(reason)}.", "Сократите причину."
        )
    return None


def _is_overtaken(one: ClosingItem, edit: CellEdit) -> bool:
    now = _cell(one, edit.field)
    return one.version != edit.version_seen and not same_cell(now, edit.value_seen) and not same_cell(now, edit.value)


def _cell(one: ClosingItem, name: str) -> object:
    return one.decision is Decision.CARRIED if name == CARRY else one.reason


def _conflict(session: Session, edit: CellEdit, one: ClosingItem | None) -> CellConflict:
    """Report what somebody else decided, or that the thing is settled by the records and no longer asked about."""
    entry = last_change(session, "carried_item", one.row_id) if one is not None and one.row_id is not None else None
    return CellConflict(
        edit.row_id, edit.field, edit.value, None if one is None else _cell(one, edit.field),
        entry.actor if entry else "", entry.at if entry else None, edit.version_seen if one is None else one.version,
        row_deleted=one is None,
    )
