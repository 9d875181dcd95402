"""A part of an own model in the shared grid editor; a table for those who may only look."""

from __future__ import annotations

from functools import partial

from core.cycle.model_content import Content
from core.cycle.model_editing import part_rows
from core.cycle.model_parts import POSITION, FieldKind, PartField, fields_of
from core.cycle.model_words import SCREEN_WORDS
from core.cycle.own_model_making import save_part
from core.cycle.own_models import OwnModelCard, own_content, own_model_card
from core.errors import QualityError
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.glance.cycle_parts.choice import SCREEN
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.grid_editor import grid_editor
from pages.widgets.refusals import show_refusal
from pages.widgets.session import read, write
from pages.widgets.tables import Column, Table, show_table

_WIDE = frozenset({"name", "text", "title"})
_WIDTHS = {
    "name": 380, "text": 760, "title": 380, "number": 70, "when": 150,
    "year": 120, "kind": 110, "derived": 200, "room": 180, "screens": 230,
}


def show_part(card: OwnModelCard, content: Content, path: str, *, lines: int = 1) -> None:
    """Show the rows of a part: «stages», «stages/12/outputs», «goals»."""
    fields = fields_of(content, path)
    if not card.may_edit:
        shown = tuple(Column(one.name, one.title, width="large" if one.name in _WIDE else None) for one in fields)
        rows = [{**one.cells, "screens": ", ".join(_texts(one.cells.get("screens")))}
                for one in part_rows(content, path)]
        show_table(f"{SCREEN}_own_{card.id}_{path}", Table(card.title, shown, rows), lines=lines, download=False)
        return
    columns = (
        GridColumn(POSITION, "Порядок", "decimal", width=90, help="Каким по счёту стоит строка"),
        *(_column(one) for one in fields),
    )
    # Columns of a table of the model are the user's own: another set of them is another grid.
    names = "|".join(one.title for one in fields) if path.startswith("tables/") else ""
    key = f"own_model:{card.id}:{path}:{names}"
    label = next((one.name for one in fields if one.name in _WIDE), "")
    try:
        grid_editor(
            Grid(key, columns, may_add=True, may_delete=True, label=label),
            partial(_rows, card.id, path), partial(_save, card.id, path), lines=lines,
        )
    except QualityError as refusal:
        # Its stage or table was removed by somebody else.
        show_refusal(refusal)


def _column(one: PartField) -> GridColumn:
    width = _WIDTHS.get(one.name, 220)
    match one.kind:
        case FieldKind.CHOICE:
            return GridColumn(one.name, one.title, "choice", tuple(one.choices or {}), width=width)
        case FieldKind.SCREENS:
            return GridColumn(one.name, one.title, "choices", tuple(SCREEN_WORDS.values()), width=width)
        case FieldKind.LIST:
            about = "Несколько – через точку с запятой"
            return GridColumn(one.name, one.title, width=width, help=about)
        case _:
            return GridColumn(one.name, one.title, width=width)


def _rows(model_id: int, path: str) -> list[GridRow]:
    card: OwnModelCard = read(own_model_card, model_id)
    content: Content = read(own_content, model_id)
    return [GridRow(one.number, card.version, one.values) for one in part_rows(content, path)]


def _save(model_id: int, path: str, changes: GridChanges) -> EditOutcome:
    return write(save_part, model_id, path, changes)


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
