"""Threshold presets as rows of a grid in per cent."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from core.blueprints.editing_presets import save_preset_changes
from core.blueprints.thresholds import list_presets
from core.people.ownership import may_change, owner_names
from core.people.scope import Action, Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.collect.blueprint_parts.owner_choice import OWNER_COLUMN
from pages.widgets.grid_diff import Grid, GridColumn, GridRow

_SHARES = {
    "basic_sufficient": "Б: достигнуто от",
    "basic_insufficient": "Б: недостаточно ниже",
    "advanced_sufficient": "П и В: достигнуто от",
    "advanced_insufficient": "П и В: недостаточно ниже",
}
_WIDTHS = {
    "basic_sufficient": 150,
    "basic_insufficient": 185,
    "advanced_sufficient": 185,
    "advanced_insufficient": 220,
}
PRESET_GRID = Grid(
    "threshold_preset",
    (
        GridColumn("name", "Название", required=True, width=160),
        *(GridColumn(field, title, "decimal", required=True, width=_WIDTHS[field]) for field, title in _SHARES.items()),
        GridColumn("procedures", "Для процедур", width="medium", help="Через запятую: ВПР, ОГЭ"),
        GridColumn("source", "Источник", width="large"),
        OWNER_COLUMN,
    ),
    may_add=True,
    may_delete=True,
    label="name",
    empty="Своих наборов нет, действуют общие. Если нужны другие границы, впишите строку и сохраните.",
)


def load_preset_rows(session: Session, scope: Scope, *, changeable: bool) -> list[GridRow]:
    """Return the presets that the actor may change, or those that they may only read, as rows of the grid."""
    presets = [
        preset
        for preset in list_presets(session, scope)
        if may_change(scope, Action.EDIT_BLUEPRINTS, preset.organisation_id) == changeable
    ]
    owners = owner_names(session, [preset.organisation_id for preset in presets])
    return [
        GridRow(
            preset.id or 0,
            preset.version,
            {
                "name": preset.name,
                **{field: _shown(getattr(preset, field)) for field in _SHARES},
                "procedures": _shown(preset.procedures),
                "source": preset.source,
                OWNER_COLUMN.field: owners.get(preset.organisation_id, ""),
            },
        )
        for preset in presets
    ]


def deleted_presets(session: Session, scope: Scope) -> dict[int, str]:
    """Return the names of the deleted presets that the actor may bring back, by id."""
    return {
        preset.id or 0: preset.name
        for preset in list_presets(session, scope, deleted=True)
        if may_change(scope, Action.EDIT_BLUEPRINTS, preset.organisation_id)
    }


def save_preset_rows(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    """Save what the user changed in the grid; values of others come back in per cent."""
    per_cent = GridChanges(
        [
            replace(edit, value=_typed(edit.field, edit.value), value_seen=_typed(edit.field, edit.value_seen))
            for edit in changes.edits
        ],
        [{field: _typed(field, value) for field, value in row.items()} for row in changes.added],
        changes.deleted,
    )
    outcome = save_preset_changes(session, scope, per_cent)
    typed = {(edit.row_id, edit.field): edit.value for edit in changes.edits}
    conflicts = [
        replace(one, mine=typed.get((one.row_id, one.field or ""), one.mine), theirs=_shown(one.theirs))
        for one in outcome.conflicts
    ]
    return replace(outcome, conflicts=conflicts)


def _typed(field: str, value: object) -> object:
    """Return a number of the grid as the per cent that it is: 1 is one per cent and not the share 1."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return f"{value:g} %" if field in _SHARES and is_number else value


def _shown(value: object) -> object:
    """Return a stored value as the grid shows it: shares in per cent, lists with commas."""
    if isinstance(value, float):
        return round(100 * value, 4)
    return ", ".join(map(str, value)) if isinstance(value, list) else value
