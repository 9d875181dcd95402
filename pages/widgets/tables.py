"""Tables: described once, shown on the screen, taken away as a workbook.

    table = Table(
        "Задания",
        (Column("code", "Задание"), Column("facility", "Выполнение", "percent"), Column("n", "Участников", "integer")),
        [{"code": "1", "facility": 0.625, "n": 24}],
    )
    show_table("results_items", table)                       # with a button «Скачать XLSX»
    row = show_table("fields", table, choose=True)           # the row that the user clicked, or None
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from core.people.organisations import time_zone
from core.workbooks.writing import ColumnKind, TableColumn, TableSheet, TableValue
from pages.widgets.downloads import download_workbook
from pages.widgets.paper import paper_table
from pages.widgets.session import read

if TYPE_CHECKING:
    from streamlit.typing import DataframeState

Kind: TypeAlias = ColumnKind | Literal["moment", "year"]
Row: TypeAlias = Mapping[str, object]
_LINE_HEIGHT = 20
_ROW_PADDING = 12
_NO_SORTING = (
    "<style>[data-testid='stDataFrameColumnMenu'] [role='menu'] > [role='menuitem']:is(:nth-child(2), :nth-child(3)) "
    "{ display: none; }</style>"
)
"""Takes «По возрастанию» and «По убыванию» out of the menus of columns while such a table is on the screen."""
_PLAIN_ROW, _SLACK = 35, 5
"""Height of a row of one line (of the header, too), and by how much a height that was counted row by row may differ."""
_WRAPS_FROM = 61
"""Height of a row in pixels from which Streamlit wraps texts (above 4rem at the theme's 15 px)."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: key of the rows, header, and what it holds.

    A percent column holds shares 0..1; a moment column holds times of the organisation's zone; a year is a number
    that is written without a space between its thousands and hundreds. `digits` of a decimal column are always shown.
    """

    key: str
    title: str
    kind: Kind = "text"
    help: str = ""
    width: Literal["small", "medium", "large"] | int | None = None
    """As a word or in pixels."""
    pinned: bool = False
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A title, columns, and rows as mappings from column keys; a missing key is an empty cell."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    file_title: str = ""
    """What its files are called where the title names a person; empty: the title."""

    def sheet(self, notes: Sequence[str] = ()) -> TableSheet:
        """Return the table as a sheet of a workbook, with real numbers; `notes` are its passport."""
        columns = [TableColumn(column.title, _in_file(column.kind)) for column in self.columns]
        rows = [[_cell(row.get(column.key), column.kind) for column in self.columns] for row in self.rows]
        return TableSheet(self.title, self.title, columns, rows, notes)


def show_table(
    key: str,
    table: Table,
    *,
    choose: bool = False,
    height: int | None = None,
    lines: int = 1,
    download: bool = True,
    sortable: bool = True,
) -> Row | None:
    """Show a table; with `choose` the user may click a row, which is returned (else None).

    `key` is unique on the screen and begins with the screen's name; `height` in pixels is the most that it may take,
    so that few rows leave no empty ones below them; long texts wrap into as many `lines`. A table of organisations by
    results that must not rank them is not `sortable` by the user.
    """
    frame = pd.DataFrame(
        {column.key: [row.get(column.key) for row in table.rows] for column in table.columns}, dtype=object
    )
    for column in table.columns:
        if column.kind in ("integer", "decimal", "percent", "year"):
            numbers = pd.to_numeric(frame[column.key], errors="coerce")
            frame[column.key] = numbers.round(3) if column.kind == "percent" else numbers
        elif column.kind == "text":
            frame[column.key] = frame[column.key].map(lambda value: "" if value is None else str(value))
    show = partial(
        st.dataframe,
        frame,
        key=key,
        hide_index=True,
        column_config={column.key: _settings(column) for column in table.columns},
        column_order=[column.key for column in table.columns],
        height=table_height(height, len(table.rows), lines),
        row_height=row_height(lines),
        placeholder="",
        alt=table.title,
    )
    chosen: list[int] = []
    if not sortable:
        st.html(_NO_SORTING)
    if choose or not sortable:
        # Where columns can be chosen, a click on a header sorts nothing; the menu of the column is left to the style.
        modes = [*(["single-row"] if choose else []), *([] if sortable else ["single-column"])]
        event = cast("DataframeState", show(on_select="rerun", selection_mode=modes))
        chosen = list(event.selection.rows)
    else:
        show()
    paper_table(table.title, table.columns, table.rows)
    if download:
        download_workbook(f"{key}_xlsx", table.file_title or table.title, [table.sheet()])
    return table.rows[chosen[0]] if chosen and chosen[0] < len(table.rows) else None


def table_height(most: int | None, rows: int, lines: int) -> int | Literal["auto", "content"]:
    """Return the height of a table: of all its rows where they fit into `most` pixels, else that."""
    if most is None or not rows:
        return "auto"
    needed = _PLAIN_ROW + rows * (row_height(lines) or _PLAIN_ROW)
    return "content" if needed <= most + _SLACK else most


def row_height(lines: int) -> int | None:
    """Return the height of rows in pixels in which texts wrap into so many lines; None: Streamlit's own for one."""
    return None if lines == 1 else max(_LINE_HEIGHT * lines + _ROW_PADDING, _WRAPS_FROM)


def _in_file(kind: Kind) -> ColumnKind:
    """Return how a workbook holds such a column: a time of a zone as a text, a year as a whole number."""
    match kind:
        case "moment":
            return "text"
        case "year":
            return "integer"
        case _:
            return kind


def _cell(value: object, kind: Kind) -> TableValue:
    if kind == "moment" and isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if value is None or isinstance(value, (str, int, float, date)):
        return value
    return str(value)


def _settings(column: Column) -> ColumnConfig:
    """Return Streamlit's settings of one column; decimal commas come from the page's Russian locale."""
    title, about, width, pinned = column.title, column.help or None, column.width, column.pinned
    match column.kind:
        case "integer" | "decimal":
            step = None if column.digits is None else 10.0**-column.digits
            return st.column_config.NumberColumn(
                title, help=about, width=width, pinned=pinned, format="localized", step=step
            )
        case "percent":
            # The step says how many digits are shown: always one, so that 25,0 % stands under 63,6 %.
            return st.column_config.NumberColumn(
                title, help=about, width=width, pinned=pinned, format="percent", step=0.001
            )
        case "year":
            return st.column_config.NumberColumn(title, help=about, width=width, pinned=pinned, format="%d")
        case "date":
            return st.column_config.DateColumn(title, help=about, width=width, pinned=pinned, format="DD.MM.YYYY")
        case "moment":
            return st.column_config.DatetimeColumn(
                title, help=about, width=width, pinned=pinned, format="DD.MM.YYYY HH:mm", timezone=read(time_zone)
            )
        case _:
            return st.column_config.TextColumn(title, help=about, width=width, pinned=pinned)
