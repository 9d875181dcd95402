"""Items of a plan as rows of the grid, and how the grid's cells are stored."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from core.blueprints.editing_items import list_items, save_item_changes
from core.blueprints.tables import AnswerFormat, BlueprintItem, Level
from core.blueprints.values import criteria_text
from core.people.scope import Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.widgets.grid_diff import Grid, GridColumn, GridRow
from pages.widgets.tables import Column, Table

_COLUMNS = (
    GridColumn("code", "Задание", required=True, width=100, help="Номер, как в форме: 5, 9.1, 4К1, 10(2)"),
    GridColumn("max_score", "Макс. балл", "integer", required=True, width=115),
    GridColumn("level", "Уровень", "choice", tuple(level.value for level in Level), width=105),
    GridColumn("element", "Элемент содержания", width="medium", help="Несколько — через точку с запятой"),
    GridColumn("task_type", "Тип задания", width=170),
    GridColumn("answer_format", "Вид ответа", "choice", tuple(one.value for one in AnswerFormat), width=145),
    GridColumn("element_codes", "КЭС", width="small", help="Коды элементов содержания по кодификатору"),
    GridColumn("requirement_codes", "КТ", width="small", help="Коды требований по кодификатору"),
    GridColumn("skill", "Умение", width="large"),
    GridColumn(
        "is_cross_cutting", "Сквозное", "flag", width=115,
        help="Задание охватывает весь кодификатор: среди элементов оно не сравнивается",
    ),
    GridColumn("criteria", "Критерии", width=130, help="Для протоколов ГИА: К1 (1б); К2 (3б)"),
)


def items_grid(blueprint_id: int) -> Grid:
    """Return the grid of the items of a plan."""
    return Grid(f"blueprint_item:{blueprint_id}", _COLUMNS, may_add=True, may_delete=True, label="code")


def load_item_rows(session: Session, scope: Scope, blueprint_id: int) -> list[GridRow]:
    """Return the items of a plan as rows of the grid."""
    return [
        GridRow(item.id or 0, item.version, _values(item)) for item in list_items(session, scope, blueprint_id)
    ]


def save_item_rows(session: Session, scope: Scope, blueprint_id: int, changes: GridChanges) -> EditOutcome:
    """Save what the user changed in the grid; criteria of others come back as the grid shows them."""
    outcome = save_item_changes(session, scope, blueprint_id, changes)
    conflicts = [
        replace(one, theirs=criteria_text(one.theirs))
        if one.field == "criteria" and isinstance(one.theirs, list)
        else one
        for one in outcome.conflicts
    ]
    return replace(outcome, conflicts=conflicts)


def items_table(title: str, rows: list[GridRow]) -> Table:
    """Return the items as a table for those who may only look."""
    columns = tuple(
        Column(one.field, one.title, "integer" if one.kind == "integer" else "text", one.help, one.width)
        for one in _COLUMNS
    )
    return Table(
        title, columns, [{**row.values, "is_cross_cutting": "да" if row.values["is_cross_cutting"] else ""}
                         for row in rows],
    )


def _values(item: BlueprintItem) -> dict[str, object]:
    values: dict[str, object] = {column.field: getattr(item, column.field) for column in _COLUMNS}
    return values | {
        "level": item.level.value if item.level else None,
        "answer_format": item.answer_format.value if item.answer_format else None,
        "criteria": criteria_text(item.criteria),
    }
