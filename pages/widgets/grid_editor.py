"""A table that several people may edit at once: nothing is overwritten silently, nothing typed is lost.

    grid = Grid("blueprint_item:17", (
        GridColumn("code", "Задание", required=True),
        GridColumn("max_score", "Балл", "integer"),
    ), may_add=True, may_delete=True, label="code")
    grid_editor(
        grid,
        load=lambda: read(blueprint_rows, 17),                          # -> Sequence[GridRow]
        save=lambda changes: write(save_blueprint_rows, 17, changes),   # GridChanges -> EditOutcome
    )

The editor works on a frozen snapshot. Unsaved changes are kept as a draft of this person and grid after every cell, so
a reload, a crash or a colleague's save loses nothing. Cells that somebody else changed meanwhile are shown with both
values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

import streamlit as st

from core.errors import QualityError
from core.store.drafts import drop_draft, load_draft, save_draft
from core.store.edit_outcome import CellConflict, EditOutcome
from core.store.grid_changes import GridChanges
from core.store.unit_of_work import reading, writing
from core.words import plural
from pages.widgets.grid_conflicts import overriding, show_conflicts, show_refused, without
from pages.widgets.grid_diff import Diff, Grid, GridRow, GridView, pending_changes, take_snapshot
from pages.widgets.grid_draft import from_draft, to_draft
from pages.widgets.grid_frame import column_settings, frame_of, grid_on_paper, rows_mode, say_empty
from pages.widgets.grid_state import GridState
from pages.widgets.refusals import show_refusal
from pages.widgets.session import current_scope, data_version, engine
from pages.widgets.tables import row_height, table_height

_WHOLE = GridView()
Load = Callable[[], Sequence[GridRow]]
Save = Callable[[GridChanges], EditOutcome]


def grid_editor(
    grid: Grid, load: Load, save: Save, *, height: int | None = None, lines: int = 1, view: GridView = _WHOLE
) -> None:
    """Show the editor with its buttons «Сохранить (3)» and «Отменить правки», and settle conflicts in a dialog.

    `view` narrows it to some rows and columns for a while; unsaved changes of the others stay and are saved together.
    `height` in pixels is the most that it may take; long texts wrap into as many `lines`.
    """
    state = _state(grid, load, view)
    try:
        pending = pending_changes(grid, state.snapshot, _diff(grid, state))
    except QualityError as refusal:
        show_refusal(refusal)
        _renew(grid, state, load, state.kept)
        pending = state.kept
    if state.restored and pending.count:
        st.info("Восстановлены правки, которые вы не сохранили в прошлый раз.", icon=":material/history:")
    say_empty(grid, state.snapshot)
    st.data_editor(
        frame_of(grid, state.snapshot),
        key=_editor_key(grid, state),
        hide_index=True, num_rows=rows_mode(grid),
        column_config={column.field: column_settings(column) for column in grid.columns},
        column_order=view.columns or [column.field for column in grid.columns],
        disabled=[column.field for column in grid.columns if not column.editable],
        height=table_height(height, len(state.snapshot.shown) + grid.may_add, lines), row_height=row_height(lines),
        placeholder="",
    )
    grid_on_paper(grid, state.snapshot, pending, state.view)
    _buttons(grid, state, pending, load, save)
    _keep_draft(grid, state, pending)
    _report(grid, state)
    if state.conflicts:
        show_conflicts(
            grid, state.snapshot, state.conflicts, partial(_decide, grid, load, save), state.conflicts.clear
        )


def _buttons(grid: Grid, state: GridState, pending: GridChanges, load: Load, save: Save) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Сохранить ({pending.count})" if pending.count else "Сохранить",
            key=f"grid_save:{grid.key}",
            type="primary",
            icon=":material/save:",
            disabled=not pending.count,
            on_click=_save,
            args=(grid, load, save),
        )
        st.button(
            "Отменить правки",
            key=f"grid_drop:{grid.key}",
            icon=":material/undo:",
            disabled=not pending.count,
            on_click=_drop,
            args=(grid, load),
        )
        if pending.count and data_version() != state.version:
            st.caption("Данные тем временем изменились. Ваши правки целы, спорные ячейки покажем при сохранении.")


def _state(grid: Grid, load: Load, view: GridView) -> GridState:
    """Return this session's state of the grid; without unsaved changes the snapshot follows the data."""
    state: GridState | None = st.session_state.get(_state_key(grid))
    if state is None:
        with reading(engine()) as session:
            draft = load_draft(session, _person(), grid.key)
        kept = from_draft(grid, draft.edits) if draft else GridChanges()
        snapshot = take_snapshot(load(), kept, view)
        state = GridState(snapshot, data_version(), view, kept=kept, restored=kept.count > 0)
        st.session_state[_state_key(grid)] = state
    elif state.view != view:
        unsaved = _unsaved(grid, state)
        state.view = view
        _renew(grid, state, load, unsaved)
    elif not _is_held(grid, state) and state.kept != state.snapshot.draft:
        # The screen was left and opened again: Streamlit has forgotten what its editor held, the draft has not.
        _renew(grid, state, load, state.kept)
    elif data_version() != state.version and not state.kept.count and not any(_diff(grid, state).values()):
        _renew(grid, state, load, GridChanges())
    return state


def _unsaved(grid: Grid, state: GridState) -> GridChanges:
    """Return everything unsaved; what was kept before when the browser sent something impossible."""
    try:
        return pending_changes(grid, state.snapshot, _diff(grid, state)) if _is_held(grid, state) else state.kept
    except QualityError:
        return state.kept


def _is_held(grid: Grid, state: GridState) -> bool:
    """Say whether Streamlit still holds what its editor held: not after the screen was left."""
    return _editor_key(grid, state) in st.session_state


def _diff(grid: Grid, state: GridState) -> Diff:
    """Return what the editor holds, as the browser sent it."""
    return cast("Diff", st.session_state.get(_editor_key(grid, state)) or {})


def _renew(grid: Grid, state: GridState, load: Load, pending: GridChanges) -> None:
    """Take a new snapshot with these changes still unsaved, and make the editor begin anew."""
    state.version = data_version()
    state.snapshot = take_snapshot(load(), pending, state.view)
    state.generation += 1
    state.restored = False
    _keep_draft(grid, state, pending)


def _keep_draft(grid: Grid, state: GridState, pending: GridChanges) -> None:
    """Keep the changes as the draft when they are others than those already kept."""
    if pending == state.kept:
        return
    with writing(engine(), actor=_person()) as session:
        if pending.count:
            save_draft(session, _person(), grid.key, to_draft(pending))
        else:
            drop_draft(session, _person(), grid.key)
    state.kept = pending


def _save(grid: Grid, load: Load, save: Save) -> None:
    """Save what is pending. A second click waits here for the first one, and then finds nothing to save."""
    state: GridState = st.session_state[_state_key(grid)]
    with state.saving:
        pending = pending_changes(grid, state.snapshot, _diff(grid, state))
        if pending.count:
            rest = _attempt(state, save, pending)
            if rest is not pending:
                _renew(grid, state, load, rest)


def _attempt(state: GridState, save: Save, changes: GridChanges) -> GridChanges:
    """Save the changes and return what is still unsaved: all of them after a refusal, else those in conflict."""
    try:
        outcome = save(changes)
    except QualityError as refusal:
        state.refusal = refusal
        return changes
    state.outcome = outcome
    if outcome.refused:
        return changes
    state.conflicts += outcome.conflicts
    open_cells = {(conflict.row_id, conflict.field) for conflict in outcome.conflicts}
    return GridChanges(
        [edit for edit in changes.edits if (edit.row_id, edit.field) in open_cells],
        [],
        [one for one in changes.deleted if (one.row_id, None) in open_cells],
    )


def _drop(grid: Grid, load: Load) -> None:
    """Throw all unsaved changes away."""
    state: GridState = st.session_state[_state_key(grid)]
    state.conflicts.clear()
    state.outcome = None
    _renew(grid, state, load, GridChanges())


def _decide(grid: Grid, load: Load, save: Save, conflict: CellConflict, keep_mine: bool) -> None:
    """Settle one conflict: write the own value over the one that was shown, or give it up."""
    state: GridState = st.session_state[_state_key(grid)]
    with state.saving:
        if conflict not in state.conflicts:
            return
        state.conflicts.remove(conflict)
        others = without(pending_changes(grid, state.snapshot, _diff(grid, state)), conflict)
        rest = _attempt(state, save, overriding(conflict)) if keep_mine else GridChanges()
        _renew(
            grid,
            state,
            load,
            GridChanges([*others.edits, *rest.edits], others.added, [*others.deleted, *rest.deleted]),
        )


def _report(grid: Grid, state: GridState) -> None:
    """Say what the last save did: the rows saved once, cells that were refused until they are mended."""
    if state.refusal is not None:
        show_refusal(state.refusal)
        state.refusal = None
    if state.outcome is None:
        return
    if state.outcome.refused:
        show_refused(grid, state.snapshot, state.outcome.refused)
        return
    changed = len(state.outcome.versions)
    state.outcome = None
    if changed:
        st.toast(f"Сохранено: {plural(changed, 'строка', 'строки', 'строк')}.", icon=":material/check:")


def _state_key(grid: Grid) -> str:
    return f"grid:{grid.key}"


def _editor_key(grid: Grid, state: GridState) -> str:
    return f"grid_editor:{grid.key}:{state.generation}"


def _person() -> str:
    """Return what tells this person's drafts from those of others."""
    scope = current_scope()
    return scope.actor_name if scope.actor_id is None else str(scope.actor_id)
