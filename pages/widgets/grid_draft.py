"""A grid's unsaved changes as what JSON knows, and back: the draft that survives a reload."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import cast

from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges
from pages.widgets.grid_diff import Grid, typed_value


def to_draft(changes: GridChanges) -> dict[str, object]:
    """Return the changes as what JSON knows; inverse of `from_draft`."""
    return {
        "edits": [
            {**asdict(edit), "value": _plain(edit.value), "value_seen": _plain(edit.value_seen)}
            for edit in changes.edits
        ],
        "added": [{name: _plain(value) for name, value in row.items()} for row in changes.added],
        "deleted": [asdict(one) for one in changes.deleted],
    }


def from_draft(grid: Grid, kept: Mapping[str, object]) -> GridChanges:
    """Return the changes of a kept draft; columns that the grid no longer has are left out."""
    known = {column.field: column for column in grid.columns}
    edits = []
    for cell in cast("Sequence[dict[str, object]]", kept.get("edits", ())):
        name = str(cell["field"])
        if name in known:
            column = known[name]
            edits.append(
                CellEdit(
                    cast("int", cell["row_id"]),
                    cast("int", cell["version_seen"]),
                    name,
                    typed_value(column, cell["value"]),
                    typed_value(column, cell["value_seen"]),
                )
            )
    added = [
        {name: typed_value(known[name], value) for name, value in row.items() if name in known}
        for row in cast("Sequence[dict[str, object]]", kept.get("added", ()))
    ]
    deleted = [
        RowDelete(cast("int", one["row_id"]), cast("int", one["version_seen"]))
        for one in cast("Sequence[dict[str, object]]", kept.get("deleted", ()))
    ]
    return GridChanges(edits, added, deleted)



def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
