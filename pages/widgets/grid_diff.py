"""A grid's frozen snapshot, and what the user changed in it. No streamlit here.

What the browser sends is an untrusted diff by position: it may name hidden or forbidden columns, rows that do not
exist, additions that the grid does not offer. Positions are turned into row ids of our own snapshot, the rest is
refused; values are validated when they are saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias, cast

from core.errors import InvalidInput
from core.store.comparing import same_cell
from core.store.edit_outcome import CellEdit, RowDelete
from core.store.grid_changes import GridChanges

CellKind: TypeAlias = Literal["text", "integer", "decimal", "date", "choice", "choices", "flag"]
Diff: TypeAlias = Mapping[str, object]
"""What st.data_editor keeps: edited_rows {position: {column: value}}, added_rows, deleted_rows."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column: field of the table, header, kind; `options` of a choice, or of several (values are lists then)."""

    field: str
    title: str
    kind: CellKind = "text"
    options: tuple[str, ...] = ()
    editable: bool = True
    required: bool = False
    help: str = ""
    width: Literal["small", "medium", "large"] | int | None = None
    """As a word or in pixels."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One stored row as the user sees it: id, version, values by field."""

    id: int
    version: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the editor shows: stored rows, with the changes of a draft already in them.

    `rows` are those that were read; `shown` says for each position of the editor which stored row (its id) or which
    row of `draft.added` (a negative number: -1 is the first) stands there.
    """

    rows: Mapping[int, GridRow]
    draft: GridChanges
    shown: tuple[int, ...]

    def values(self) -> list[dict[str, object]]:
        """Return the rows in the order of the editor."""
        drafted: dict[int, dict[str, object]] = {}
        for edit in self.draft.edits:
            drafted.setdefault(edit.row_id, {})[edit.field] = edit.value
        return [
            dict(self.draft.added[-place - 1]) if place < 0 else {**self.rows[place].values, **drafted.get(place, {})}
            for place in self.shown
        ]


@dataclass(frozen=True, slots=True)
class Grid:
    """What may be edited. `key` names grid and object for the draft, such as «blueprint_item:17»."""

    key: str
    columns: tuple[GridColumn, ...]
    may_add: bool = False
    may_delete: bool = False
    defaults: Mapping[str, object] = field(default_factory=dict)
    """Values of new rows."""
    label: str = ""
    """Field whose value names a row in messages."""
    empty: str = "Пока пусто: впишите первую строку в таблицу и нажмите «Сохранить»."
    """What stands above a grid without rows that may be added to; "": nothing, the screen says it itself."""

    def column(self, name: str) -> GridColumn:
        """Return a column by its field; raise InvalidInput for one that the grid does not have."""
        for column in self.columns:
            if column.field == name:
                return column
        raise InvalidInput("Такого столбца в таблице нет, поэтому ничего не сохранено.", "Обновите страницу.")


@dataclass(frozen=True, slots=True)
class GridView:
    """What of a grid is shown at the moment: ids of stored rows in their order, fields of columns; None: all.

    What is not shown keeps its unsaved changes. New rows are always shown.
    """

    rows: tuple[int, ...] | None = None
    columns: tuple[str, ...] | None = None


def take_snapshot(rows: Sequence[GridRow], draft: GridChanges, view: GridView | None = None) -> Snapshot:
    """Return what the editor shows for these rows and an earlier draft, rows to be deleted left out."""
    gone = {one.row_id for one in draft.deleted}
    known = [row.id for row in rows]
    order = known if view is None or view.rows is None else [one for one in view.rows if one in set(known)]
    places = [row_id for row_id in order if row_id not in gone]
    return Snapshot(
        {row.id: row for row in rows}, draft, (*places, *(-number for number in range(1, len(draft.added) + 1)))
    )


def pending_changes(grid: Grid, snapshot: Snapshot, diff: Diff) -> GridChanges:
    """Return everything that is not saved yet: the draft, with what the editor holds now laid over it.

    Raises InvalidInput for a diff that the editor itself cannot produce.
    """
    edits = {(edit.row_id, edit.field): edit for edit in snapshot.draft.edits}
    added = [dict(row) for row in snapshot.draft.added]
    deleted = {one.row_id: one for one in snapshot.draft.deleted}
    dropped: set[int] = set()
    for position, cells in cast("Mapping[object, Mapping[str, object]]", diff.get("edited_rows") or {}).items():
        place = _place(snapshot, position)
        for name, value in cells.items():
            column = _editable(grid, name)
            typed = typed_value(column, value)
            if place < 0:
                added[-place - 1][name] = typed
                continue
            row = snapshot.rows[place]
            before = edits.get((place, name))
            seen = before or CellEdit(place, row.version, name, None, row.values.get(name))
            edits[place, name] = replace(seen, value=typed)
    for position in cast("Sequence[object]", diff.get("deleted_rows") or ()):
        _require(grid.may_delete)
        place = _place(snapshot, position)
        if place < 0:
            dropped.add(-place - 1)
        else:
            deleted[place] = RowDelete(place, snapshot.rows[place].version)
    for cells in cast("Sequence[Mapping[str, object]]", diff.get("added_rows") or ()):
        _require(grid.may_add)
        typed_cells = {name: typed_value(_editable(grid, name), value) for name, value in cells.items()}
        added.append({**grid.defaults, **typed_cells})
    return GridChanges(
        [edit for edit in edits.values() if edit.row_id not in deleted and not same_cell(edit.value, edit.value_seen)],
        [row for number, row in enumerate(added) if number not in dropped],
        list(deleted.values()),
    )


def typed_value(column: GridColumn, value: object) -> object:
    """Return the browser's value in the column's kind: dates from ISO texts, whole numbers as int, blank text as None.

    What does not fit is passed on as it is; the validation of the save says what is wrong with it.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if column.kind == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return value
    if column.kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strip() if isinstance(value, str) else value


def _place(snapshot: Snapshot, position: object) -> int:
    _require(isinstance(position, int) or (isinstance(position, str) and position.isdecimal()))
    number = int(cast("int | str", position))
    _require(0 <= number < len(snapshot.shown))
    return snapshot.shown[number]


def _editable(grid: Grid, name: str) -> GridColumn:
    column = grid.column(name)
    _require(column.editable)
    return column


def _require(is_possible: bool) -> None:
    if not is_possible:
        raise InvalidInput("Такое изменение в этой таблице невозможно, ничего не сохранено.", "Обновите страницу.")
