"""Instruments, their parts and competences as rows of grids: shares in per cent, competences by their names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from core.blueprints.dictionaries import subjects
from core.diagnostics.editing import list_competences, save_competences
from core.diagnostics.editing_items import save_answers, save_items, save_levels
from core.diagnostics.instrument_parts import answer_rows, item_rows, level_rows
from core.diagnostics.instrument_tables import Competence, CompetenceBlock
from core.people.scope import Scope
from core.store.edit_outcome import EditOutcome
from core.store.grid_changes import GridChanges
from pages.widgets.grid_diff import Grid, GridColumn, GridRow

Typed = Callable[[str, object], object]
"""Turns what stands in a cell into what the use case takes: field and value."""


def item_grid(instrument_id: int, competences: tuple[str, ...], *, is_test: bool) -> Grid:
    """Return the grid of the items; of a questionnaire the maximum is that of the scale."""
    columns = (
        GridColumn("position", "№", "integer", width=60),
        GridColumn("section", "Раздел", width=230),
        GridColumn("text", "Вопрос или задание", required=True, width=430),
        GridColumn("competence_id", "Компетенция", "choice", competences, width=300),
        *((GridColumn("maximum", "Макс. балл", "integer", required=True, width=90),) if is_test else ()),
    )
    return Grid(f"instrument_item:{instrument_id}", columns, may_add=True, may_delete=True, label="text")


def answer_grid(instrument_id: int) -> Grid:
    """Return the grid of the scale."""
    columns = (
        GridColumn("text", "Ответ", required=True, width=260),
        GridColumn("score", "Балл", "integer", required=True, width=80),
        GridColumn("is_deficit", "Означает дефицит", "flag", width=150),
        GridColumn("is_resource", "Может помочь другим", "flag", width=170),
    )
    return Grid(f"instrument_answer:{instrument_id}", columns, may_add=True, may_delete=True, label="text")


def level_grid(instrument_id: int) -> Grid:
    """Return the grid of the levels, borders in per cent."""
    columns = (
        GridColumn("name", "Уровень", required=True, width=180),
        GridColumn("from_share", "От, % баллов", "decimal", required=True, width=130),
        GridColumn("is_deficit", "Это дефицит", "flag", width=120),
    )
    return Grid(f"instrument_level:{instrument_id}", columns, may_add=True, may_delete=True, label="name")


COMPETENCE_GRID = Grid(
    "competence",
    (
        GridColumn("block", "Блок", "choice", tuple(one.value for one in CompetenceBlock), required=True, width=190),
        GridColumn("name", "Компетенция", required=True, width=360),
        GridColumn("subject", "Предмет", "choice", tuple(one.name for one in subjects().subjects), width=160),
        GridColumn("element", "Элемент содержания", width=260, help="Как он назван в плане работы."),
    ),
    may_add=True,
    may_delete=True,
    label="name",
)


def competence_words(row: Competence) -> str:
    """Return the name by which a competence is chosen."""
    return f"{row.name} · {row.subject}" if row.subject else row.name


def load_items(session: Session, scope: Scope, instrument_id: int) -> list[GridRow]:
    """Return the items as rows of the grid."""
    names = {row.id: competence_words(row) for row in list_competences(session, scope)}
    return [
        GridRow(
            row.id or 0, row.version,
            {
                "position": row.position, "section": row.section, "text": row.text, "maximum": row.maximum,
                "competence_id": names.get(row.competence_id),
            },
        )
        for row in item_rows(session, scope, instrument_id)
    ]


def store_items(session: Session, scope: Scope, instrument_id: int, changes: GridChanges) -> EditOutcome:
    """Save the items; competences come by their names."""
    numbers = {competence_words(row): str(row.id) for row in list_competences(session, scope)}

    def typed(field: str, value: object) -> object:
        return numbers.get(str(value), value) if field == "competence_id" and value is not None else value

    return save_items(session, scope, instrument_id, _turned(changes, typed))


def load_answers(session: Session, scope: Scope, instrument_id: int) -> list[GridRow]:
    """Return the scale as rows of the grid."""
    return [
        GridRow(
            row.id or 0, row.version,
            {"text": row.text, "score": row.score, "is_deficit": row.is_deficit, "is_resource": row.is_resource},
        )
        for row in answer_rows(session, scope, instrument_id)
    ]


def store_answers(session: Session, scope: Scope, instrument_id: int, changes: GridChanges) -> EditOutcome:
    """Save the scale."""
    return save_answers(session, scope, instrument_id, changes)


def load_levels(session: Session, scope: Scope, instrument_id: int) -> list[GridRow]:
    """Return the levels as rows of the grid."""
    return [
        GridRow(
            row.id or 0, row.version,
            {"name": row.name, "from_share": round(100 * row.from_share, 4), "is_deficit": row.is_deficit},
        )
        for row in level_rows(session, scope, instrument_id)
    ]


def store_levels(session: Session, scope: Scope, instrument_id: int, changes: GridChanges) -> EditOutcome:
    """Save the levels; a number of the grid is the per cent that it is."""

    def typed(field: str, value: object) -> object:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return f"{value:g} %" if field == "from_share" and is_number else value

    return save_levels(session, scope, instrument_id, _turned(changes, typed))


def load_competences(session: Session, scope: Scope) -> list[GridRow]:
    """Return the competences as rows of the grid."""
    return [
        GridRow(
            row.id or 0, row.version,
            {"block": row.block.value, "name": row.name, "subject": row.subject or None, "element": row.element},
        )
        for row in list_competences(session, scope)
    ]


def store_competences(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    """Save the competences; new ones are the actor's own."""
    return save_competences(session, scope, changes)


def _turned(changes: GridChanges, typed: Typed) -> GridChanges:
    """Return the changes with every value as the use case takes it."""
    return GridChanges(
        [
            replace(edit, value=typed(edit.field, edit.value), value_seen=typed(edit.field, edit.value_seen))
            for edit in changes.edits
        ],
        [{field: typed(field, value) for field, value in row.items()} for row in changes.added],
        changes.deleted,
    )
