"""A screen with one editable grid over threshold presets, for the tests of the grid editor."""

import streamlit as st
from sqlmodel import Session, col, select

from core.blueprints.tables import ThresholdPreset
from core.errors import InvalidInput
from core.people.scope import Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges, save_changes
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.session import read, write

FIELDS = ("name", "basic_sufficient", "source")


def presets(session: Session, scope: Scope) -> list[GridRow]:
    query = select(ThresholdPreset).where(col(ThresholdPreset.deleted_at).is_(None)).order_by(col(ThresholdPreset.id))
    return [
        GridRow(row.id or 0, row.version, {name: getattr(row, name) for name in FIELDS}) for row in session.exec(query)
    ]


def save_presets(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    rest = {"basic_insufficient": 0.5, "advanced_sufficient": 0.3, "advanced_insufficient": 0.2}
    return save_changes(session, ThresholdPreset, changes, FIELDS, valid, rest)


def valid(row: ThresholdPreset, field: str, value: object) -> object:
    if field == "basic_sufficient" and not (isinstance(value, float | int) and 0 <= value <= 1):
        raise InvalidInput(f"Порог {value} не лежит между 0 и 1.", "Введите долю.")
    if field == "source":
        return value or ""
    return value


grid = Grid(
    "threshold_preset",
    (
        GridColumn("name", "Название", required=True),
        GridColumn("basic_sufficient", "Порог", "decimal"),
        GridColumn("source", "Источник"),
    ),
    may_add=True,
    may_delete=True,
    defaults={"source": "введено"},
    label="name",
)
grid_editor(grid, load=lambda: read(presets), save=lambda changes: write(save_presets, changes))
st.caption("конец")
