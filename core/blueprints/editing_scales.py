"""Mark scales made and changed by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from sqlmodel import Session, col, select

from core.blueprints.dictionaries import procedure_named
from core.blueprints.naming import canonical_subject
from core.blueprints.tables import MarkScale, Origin
from core.blueprints.validating import whole_number
from core.blueprints.values import parse_text, text_of
from core.errors import InvalidInput, NotFound
from core.people.ownership import may_read, new_owner, readable, require_change
from core.people.scope import Action, Scope
from core.store.edits import CellEdit, EditOutcome, apply_edits, delete_rows, insert_rows, restore_rows
from core.store.grid_changes import GridChanges, save_together

_BORDERS: Final = ("from_3", "from_4", "from_5")
SCALE_FIELDS: Final = frozenset(
    {"procedure", "subject", "grade", "year_from", "year_to", "max_score", *_BORDERS, "minimum_test_score", "source"}
)
_SCALE_NUMBERS: Final = {
    "grade": ("Класс", 1, 12), "year_from": ("Год начала", 2010, 2100), "year_to": ("Год окончания", 2010, 2100),
    "max_score": ("Наибольший балл", 1, 500), "from_3": ("Граница «3»", 1, 500), "from_4": ("Граница «4»", 1, 500),
    "from_5": ("Граница «5»", 1, 500), "minimum_test_score": ("Минимальный тестовый балл", 0, 100),
}
_MAY_BE_EMPTY: Final = frozenset({"max_score", *_BORDERS, "minimum_test_score"})


def list_scales(session: Session, scope: Scope, *, deleted: bool = False) -> list[MarkScale]:
    """Return the mark scales that the actor may read in their subjects, the newest years first; or the deleted ones."""
    scope = scope.require(Action.VIEW)
    there = col(MarkScale.deleted_at)
    query = select(MarkScale).where(there.is_not(None) if deleted else there.is_(None))
    limit = readable(session, scope, col(MarkScale.organisation_id))
    if limit is not None:
        query = query.where(limit)
    found = session.exec(query.order_by(col(MarkScale.year_to).desc(), col(MarkScale.procedure), col(MarkScale.grade)))
    return [scale for scale in found if scope.sees_subject(scale.subject)]


def add_scales(session: Session, scope: Scope, rows: Sequence[Mapping[str, object]]) -> EditOutcome:
    """Store new mark scales of one's own organisation (of everybody for somebody unlimited).

    `rows` hold what was typed, by field. Raise InvalidInput when borders are out of order.
    """
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    if not rows:
        return EditOutcome()
    fixed = {"origin": Origin.ENTERED, "organisation_id": new_owner(session, scope, Action.EDIT_BLUEPRINTS)}
    outcome = insert_rows(session, MarkScale, rows, SCALE_FIELDS, _scale_value, fixed)
    _check_scales(session, scope, outcome)
    return outcome


def save_scales(session: Session, scope: Scope, edits: Sequence[CellEdit]) -> EditOutcome:
    """Save cells of the grid of mark scales; raise InvalidInput when borders would be out of order."""
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    _require_changeable(session, scope, {edit.row_id for edit in edits})
    outcome = apply_edits(session, MarkScale, edits, SCALE_FIELDS, _scale_value)
    _check_scales(session, scope, outcome)
    return outcome


def save_scale_changes(session: Session, scope: Scope, changes: GridChanges) -> EditOutcome:
    """Save what a user changed in the grid of mark scales; works keep the marks that were stored with them.

    Raise InvalidInput when borders would be out of order: nothing is saved then.
    """
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    _require_changeable(session, scope, {one.row_id for one in changes.deleted})
    return save_together(
        session,
        changes,
        edit=lambda edits: save_scales(session, scope, edits),
        add=lambda rows: add_scales(session, scope, rows),
        delete=lambda deletes: delete_rows(session, MarkScale, deletes),
    )


def restore_scale(session: Session, scope: Scope, scale_id: int) -> None:
    """Bring a deleted mark scale back."""
    scope = scope.require(Action.EDIT_BLUEPRINTS)
    _require_changeable(session, scope, {scale_id})
    restore_rows(session, MarkScale, [scale_id])


def _scale_value(_row: MarkScale, field: str, value: object) -> object:
    if field == "procedure":
        procedure = procedure_named(text_of(value))
        if procedure is None:
            raise InvalidInput(f"Процедура «{text_of(value)}» неизвестна.", "Выберите её из списка.")
        return procedure.name
    if field == "subject":
        subject = canonical_subject(text_of(value)) or text_of(value)
        if not subject or len(subject) > 120:
            raise InvalidInput("Не указан предмет.", "Выберите предмет из списка.")
        return subject
    if field == "source":
        return parse_text("source", value)
    if field in _MAY_BE_EMPTY and not text_of(value):
        return None
    return whole_number(value, *_SCALE_NUMBERS[field])


def _check_scales(session: Session, scope: Scope, outcome: EditOutcome) -> None:
    for scale_id in outcome.versions:
        scale = session.get(MarkScale, scale_id)
        if scale is None or not scope.sees_subject(scale.subject):
            raise NotFound("Шкала")
        marks = [scale.from_3, scale.from_4, scale.from_5]
        known = [border for border in marks if border is not None]
        in_order = all(low < high for low, high in pairwise(known)) and known == marks[: len(known)]
        if not in_order or (known and scale.max_score is not None and known[-1] > scale.max_score):
            raise InvalidInput(
                f"Шкала «{scale.procedure}, {scale.subject}, {scale.grade} класс»: границы отметок идут не по порядку.",
                "Границы «3», «4» и «5» должны возрастать и не превышать наибольший балл; ничего не сохранено.",
            )
        if scale.from_3 is None and scale.minimum_test_score is None:
            raise InvalidInput(
                f"Шкала «{scale.procedure}, {scale.subject}, {scale.grade} класс» пуста.",
                "Укажите хотя бы границу «3» или минимальный тестовый балл.",
            )
        if scale.year_from > scale.year_to:
            raise InvalidInput(
                f"Год начала {scale.year_from} позже года окончания {scale.year_to}.", "Исправьте годы шкалы."
            )


def _require_changeable(session: Session, scope: Scope, scale_ids: set[int]) -> None:
    """Raise NotFound for scales out of sight, NotAllowed for those of others."""
    for scale_id in scale_ids:
        scale = session.get(MarkScale, scale_id)
        if scale is None or not scope.sees_subject(scale.subject):
            raise NotFound("Шкала")
        if not may_read(session, scope, scale.organisation_id):
            raise NotFound("Шкала")
        name = f"Шкала «{scale.procedure}, {scale.subject}, {scale.grade} класс»"
        require_change(session, scope, Action.EDIT_BLUEPRINTS, scale.organisation_id, name, scale.subject)
