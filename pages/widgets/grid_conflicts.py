"""Cells that somebody else changed meanwhile, and cells that were refused: what the user is shown and can decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import streamlit as st

from core.store.edit_outcome import CellConflict, CellEdit, CellRefusal, RowDelete
from core.store.grid_changes import GridChanges
from core.words import day, moment
from pages.widgets.grid_diff import Grid, Snapshot
from pages.widgets.session import time_zone
from pages.widgets.texts import plain

Decide = Callable[[CellConflict, bool], None]
"""Takes the conflict and whether the own value is to be kept."""


def overriding(conflict: CellConflict) -> GridChanges:
    """Return the change that writes the own value over the one that the user has now seen."""
    if conflict.field is None:
        return GridChanges(deleted=[RowDelete(conflict.row_id, conflict.version)])
    return GridChanges(
        [CellEdit(conflict.row_id, conflict.version, conflict.field, conflict.mine, conflict.theirs)]
    )


def without(changes: GridChanges, conflict: CellConflict) -> GridChanges:
    """Return the changes without the one that the conflict is about."""
    return GridChanges(
        [edit for edit in changes.edits if (edit.row_id, edit.field) != (conflict.row_id, conflict.field)],
        changes.added,
        [one for one in changes.deleted if conflict.field is not None or one.row_id != conflict.row_id],
    )


def show_conflicts(
    grid: Grid, snapshot: Snapshot, conflicts: list[CellConflict], decide: Decide, put_off: Callable[[], None]
) -> None:
    """Open a dialog with one card a conflict: own value, value now, who and when, and two buttons.

    `decide` takes the conflict out of the list; the dialog closes with the last one. Closing it by hand means
    `put_off`: the edits stay unsaved, and the next save asks again.
    """

    @st.dialog("Изменено другими", width="large", icon=":material/call_split:", on_dismiss=put_off)
    def ask() -> None:
        if not conflicts:
            st.rerun()
        st.write("Пока вы работали, эти ячейки изменил другой человек. Остальные ваши правки сохранены.")
        for conflict in tuple(conflicts):
            with st.container(border=True):
                _card(grid, snapshot, conflict, decide)

    ask()


def show_refused(grid: Grid, snapshot: Snapshot, refused: Sequence[CellRefusal]) -> None:
    """Say for each refused cell what is wrong with it."""
    lines = []
    for cell in refused:
        title = grid.column(cell.field).title
        lines.append(f"- {plain(_row_name(grid, snapshot, cell.row))}, «{plain(title)}»: {plain(str(cell.error))}")
    st.error("Ничего не сохранено, исправьте отмеченное.\n\n" + "\n".join(lines), icon=":material/block:")


def _card(grid: Grid, snapshot: Snapshot, conflict: CellConflict, decide: Decide) -> None:
    """Draw one conflict with its buttons."""
    key = f"{grid.key}:{conflict.row_id}:{conflict.field or ''}"
    who = plain(conflict.who or "неизвестно кто")
    when = f", {moment(conflict.when, time_zone())}" if conflict.when else ""
    st.markdown(f"**{plain(_row_name(grid, snapshot, conflict.row_id))}**{_column_name(grid, conflict)}")
    if conflict.row_deleted:
        st.write(f"Строка удалена: {who}{when}. Вы ввели: «{plain(said(conflict.mine))}».")
        st.button("Понятно", key=f"grid_seen:{key}", on_click=decide, args=(conflict, False))
        return
    if conflict.field is None:
        st.write(f"Вы удаляли строку, а её изменили: {who}{when}.")
        yes, no = "Всё равно удалить", "Оставить строку"
    else:
        mine, theirs = st.columns(2)
        mine.markdown(f"Ваше: **{plain(said(conflict.mine))}**")
        theirs.markdown(f"Сейчас: **{plain(said(conflict.theirs))}**  \n{who}{when}")
        yes, no = "Записать моё", "Оставить как сейчас"
    with st.container(horizontal=True):
        st.button(yes, key=f"grid_mine:{key}", on_click=decide, args=(conflict, True))
        st.button(no, key=f"grid_theirs:{key}", on_click=decide, args=(conflict, False))


def said(value: object) -> str:
    """Return a cell's value as a person reads it."""
    if value is None or value == "":
        return "пусто"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return moment(value, time_zone()) if value.tzinfo else day(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value) or "пусто"
    return f"{value:g}".replace(".", ",") if isinstance(value, float) else str(value)


def _column_name(grid: Grid, conflict: CellConflict) -> str:
    return f", «{plain(grid.column(conflict.field).title)}»" if conflict.field is not None else ""


def _row_name(grid: Grid, snapshot: Snapshot, row_id: int) -> str:
    """Return what a row is called: the value of the grid's label field, or its place in the table."""
    row = snapshot.rows.get(row_id)
    name = row.values.get(grid.label) if row is not None and grid.label else None
    if name:
        return f"Строка «{name}»"
    if row_id in snapshot.shown and row_id > 0:
        return f"Строка {snapshot.shown.index(row_id) + 1}"
    return "Новая строка" if row_id < 0 else "Удалённая строка"
