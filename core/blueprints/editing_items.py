"""Items of a blueprint changed in a grid: edited cells, new rows and deleted ones, saved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from sqlmodel import Session, col

from core.blueprints.catalogue import items_of
from core.blueprints.drafts import DraftItem
from core.blueprints.editing import editable_blueprint, get_blueprint, require_criteria
from core.blueprints.tables import BlueprintItem
from core.blueprints.validating import ITEM_FIELDS, item_value
from core.blueprints.values import text_of
from core.errors import InvalidInput
from core.people.scope import Scope
from core.store.edits import CellEdit, EditOutcome, RowDelete, apply_edits, delete_rows, insert_rows
from core.store.grid_changes import GridChanges, save_together


def list_items(session: Session, scope: Scope, blueprint_id: int) -> list[BlueprintItem]:
    """Return the items of a blueprint, a deleted one too, in the order of the work; raise NotFound out of scope."""
    get_blueprint(session, scope, blueprint_id)
    return items_of(session, blueprint_id)


def save_item_changes(session: Session, scope: Scope, blueprint_id: int, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the grid of items; new items stand behind the last one.

    Cells that somebody else changed meanwhile come back as conflicts, cells against the rules as refusals (then nothing
    is saved). Raise InvalidInput when no item would be left or an item's criteria would no longer add up.
    """
    editable_blueprint(session, scope, blueprint_id)
    outcome = save_together(
        session,
        changes,
        edit=partial(_edit, session, blueprint_id),
        add=partial(_add, session, blueprint_id),
        delete=partial(_delete, session, blueprint_id),
    )
    _require_consistent(session, blueprint_id)
    return outcome


def _edit(session: Session, blueprint_id: int, edits: Sequence[CellEdit]) -> EditOutcome:
    codes = {_id(item): item.code for item in items_of(session, blueprint_id)}
    wanted = codes | {edit.row_id: text_of(edit.value) for edit in edits if edit.field == "code"}

    def validated(item: BlueprintItem, field: str, value: object) -> object:
        others = [code for row_id, code in (*codes.items(), *wanted.items()) if row_id != item.id]
        return item_value(field, value, others)

    return apply_edits(
        session, BlueprintItem, edits, ITEM_FIELDS, validated, col(BlueprintItem.blueprint_id) == blueprint_id
    )


def _add(session: Session, blueprint_id: int, rows: Sequence[Mapping[str, object]]) -> EditOutcome:
    known = items_of(session, blueprint_id)
    first = max((item.position for item in known), default=-1) + 1
    typed = [text_of(row.get("code")) for row in rows]
    placed = [{**row, "position": first + number} for number, row in enumerate(rows)]

    def validated(item: BlueprintItem, field: str, value: object) -> object:
        others = [one.code for one in known]
        if field == "code":
            others += typed[: item.position - first] + typed[item.position - first + 1 :]
        return item_value(field, value, others)

    return insert_rows(session, BlueprintItem, placed, ITEM_FIELDS, validated, {"blueprint_id": blueprint_id})


def _delete(session: Session, blueprint_id: int, deletes: Sequence[RowDelete]) -> EditOutcome:
    return delete_rows(session, BlueprintItem, deletes, col(BlueprintItem.blueprint_id) == blueprint_id)


def _require_consistent(session: Session, blueprint_id: int) -> None:
    """Refuse what no single cell can tell: no items left, criteria that do not add up. Nothing is stored then."""
    items = items_of(session, blueprint_id)
    if not items:
        raise InvalidInput("В плане не осталось ни одного задания.", "Оставьте хотя бы одно или удалите план целиком.")
    for item in items:
        require_criteria(DraftItem.of(item))


def _id(item: BlueprintItem) -> int:
    if item.id is None:
        raise RuntimeError("an item has no id before it is flushed")
    return item.id
