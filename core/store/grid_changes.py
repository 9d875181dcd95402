"""All that a user changed in a grid, saved together: edited cells, new rows, deleted rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement
from sqlmodel import Session

from core.store.edit_outcome import CellEdit, EditOutcome, RowDelete
from core.store.edits import RowT, Validate, apply_edits, delete_rows, insert_rows


@dataclass(frozen=True, slots=True)
class GridChanges:
    """What a user changed since the snapshot that they edited; `added` holds the cells of new rows by field."""

    edits: list[CellEdit] = field(default_factory=list)
    added: list[dict[str, object]] = field(default_factory=list)
    deleted: list[RowDelete] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many changes there are."""
        return len(self.edits) + len(self.added) + len(self.deleted)


def save_changes(
    session: Session,
    table: type[RowT],
    changes: GridChanges,
    allowed_fields: Collection[str],
    validate: Validate[RowT],
    fixed: Mapping[str, object],
    among: ColumnElement[bool] | None = None,
) -> EditOutcome:
    """Save the changes of a grid and say what became of them; while one cell is refused, nothing is saved.

    Arguments and refusals are those of `apply_edits`, `insert_rows` and `delete_rows`. A refused cell of a new row
    has a negative number for its row: -1 is the first of `changes.added`.
    """
    return save_together(
        session,
        changes,
        edit=lambda edits: apply_edits(session, table, edits, allowed_fields, validate, among),
        add=lambda rows: insert_rows(session, table, rows, allowed_fields, validate, fixed),
        delete=lambda deletes: delete_rows(session, table, deletes, among),
    )


def save_together(
    session: Session,
    changes: GridChanges,
    *,
    edit: Callable[[Sequence[CellEdit]], EditOutcome],
    add: Callable[[Sequence[Mapping[str, object]]], EditOutcome],
    delete: Callable[[Sequence[RowDelete]], EditOutcome],
) -> EditOutcome:
    """Save the three kinds of changes by these functions, as `save_changes` does: all of them or none.

    Rows are deleted first, so that a new row may take the number or the name of a deleted one.
    """
    attempt = session.begin_nested()
    of_deletes, of_rows, of_new = delete(changes.deleted), edit(changes.edits), add(changes.added)
    refused = [*of_rows.refused, *(replace(cell, row=-1 - cell.row) for cell in of_new.refused)]
    if refused:
        attempt.rollback()
        return EditOutcome(refused=refused)
    attempt.commit()
    parts = (of_rows, of_new, of_deletes)
    return EditOutcome(
        saved=[cell for part in parts for cell in part.saved],
        conflicts=[conflict for part in parts for conflict in part.conflicts],
        versions={row: version for part in parts for row, version in part.versions.items()},
    )
