"""All that a user changed in a grid, saved together: edited cells, new rows, deleted rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    attempt = session.begin_nested()
    parts = [
        apply_edits(session, table, changes.edits, allowed_fields, validate, among),
        insert_rows(session, table, changes.added, allowed_fields, validate, fixed),
        delete_rows(session, table, changes.deleted, among),
    ]
    of_rows, of_new, _of_deletes = parts
    refused = [*of_rows.refused, *(replace(cell, row=-1 - cell.row) for cell in of_new.refused)]
    if refused:
        attempt.rollback()
        return EditOutcome(refused=refused)
    attempt.commit()
    return EditOutcome(
        saved=[edit for part in parts for edit in part.saved],
        conflicts=[conflict for part in parts for conflict in part.conflicts],
        versions={row: version for part in parts for row, version in part.versions.items()},
    )
