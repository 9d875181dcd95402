"""A grid's snapshot as the frame and the columns that st.data_editor takes, and as it is printed."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from core.store.grid_changes import GridChanges
from pages.widgets.grid_diff import CellKind, Grid, GridColumn, GridView, Snapshot, take_snapshot
from pages.widgets.paper import is_printing, paper_table
from pages.widgets.tables import Column

_TYPES: dict[CellKind, str] = {
    "text": "object",
    "choice": "object",
    "choices": "object",
    "date": "object",
    "integer": "Int64",
    "decimal": "float64",
    "flag": "boolean",
}


def frame_of(grid: Grid, snapshot: Snapshot) -> pd.DataFrame:
    """Return the rows of the snapshot, one column a grid column, counted from 0; ids and versions stay here."""
    rows = snapshot.values()
    frame = pd.DataFrame(index=pd.RangeIndex(len(rows)))
    for column in grid.columns:
        values = [_shown(column, row.get(column.field)) for row in rows]
        frame[column.field] = pd.Series(values, index=frame.index, dtype=_TYPES[column.kind])
    return frame


def column_settings(column: GridColumn) -> ColumnConfig:
    """Return Streamlit's settings of a column. They help while typing; the save validates again."""
    title, about, width, required = column.title, column.help or None, column.width, column.required
    match column.kind:
        case "integer":
            return st.column_config.NumberColumn(title, help=about, width=width, required=required, step=1, format="%d")
        case "decimal":
            return st.column_config.NumberColumn(title, help=about, width=width, required=required, format="localized")
        case "date":
            return st.column_config.DateColumn(title, help=about, width=width, required=required, format="DD.MM.YYYY")
        case "choice":
            return st.column_config.SelectboxColumn(
                title, help=about, width=width, required=required, options=list(column.options)
            )
        case "choices":
            return st.column_config.MultiselectColumn(
                title, help=about, width=width, required=required, options=list(column.options)
            )
        case "flag":
            return st.column_config.CheckboxColumn(title, help=about, width=width, required=required)
        case _:
            return st.column_config.TextColumn(title, help=about, width=width, required=required)


def rows_mode(grid: Grid) -> Literal["fixed", "dynamic", "add", "delete"]:
    """Return which changes of rows the editor offers."""
    match grid.may_add, grid.may_delete:
        case True, True:
            return "dynamic"
        case True, False:
            return "add"
        case False, True:
            return "delete"
        case _:
            return "fixed"


def say_empty(grid: Grid, snapshot: Snapshot) -> None:
    """Say above a grid without rows how to begin."""
    if grid.may_add and grid.empty and not snapshot.rows and not snapshot.draft.added:
        st.caption(grid.empty)


def grid_on_paper(grid: Grid, snapshot: Snapshot, pending: GridChanges, view: GridView) -> None:
    """Leave room for the printed table: what stands in the editor, with what is not saved yet."""
    fields = view.columns or [column.field for column in grid.columns]
    columns = [Column(field, grid.column(field).title) for field in fields]
    rows = take_snapshot(list(snapshot.rows.values()), pending, view).values() if is_printing() else []
    paper_table(grid.key, columns, rows)


def _shown(column: GridColumn, value: object) -> object:
    """Return a value that fits the column's type; what a draft holds of another kind is left empty."""
    if value is None:
        return None
    match column.kind:
        case "choices":
            return [str(one) for one in value] if isinstance(value, list | tuple) else None
        case "integer":
            return int(value) if isinstance(value, (int, float)) else None
        case "decimal":
            return float(value) if isinstance(value, (int, float)) else None
        case "flag":
            return bool(value)
        case "date":
            return value if isinstance(value, date) else None
        case _:
            return str(value)
