"""Saving a grid that several people edit at once: nothing is overwritten silently, nothing typed is lost.

The page keeps a frozen snapshot (row ids, versions, values) and hands over only what the user changed in it. What a
browser sends is not trusted: fields are allow-listed, values validated, rows looked up again within `among`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, inspect
from sqlmodel import Session, select

from core.errors import InvalidInput, NotFound, QualityError
from core.store.audit import DELETED
from core.store.base import SoftDeleted, Versioned, utc_now
from core.store.comparing import same_cell, same_value
from core.store.edit_outcome import CellConflict, CellEdit, CellRefusal, EditOutcome, RowDelete
from core.store.history import last_change

__all__ = [
    "CellConflict",
    "CellEdit",
    "CellRefusal",
    "EditOutcome",
    "RowDelete",
    "Validate",
    "apply_edits",
    "delete_rows",
    "insert_rows",
    "restore_rows",
]

RowT = TypeVar("RowT", bound=Versioned)
Validate = Callable[[RowT, str, object], object]
"""Takes the row as it stands, the field and what was typed; returns the value to store or raises InvalidInput.

For a new row it gets the row with the values that were filled so far.
"""


def apply_edits(
    session: Session,
    table: type[RowT],
    edits: Sequence[CellEdit],
    allowed_fields: Collection[str],
    validate: Validate[RowT],
    among: ColumnElement[bool] | None = None,
) -> EditOutcome:
    """Save the cells that nobody else has changed since the user saw them, and report the others.

    Two people who edit different cells of one row both keep their edits. `among` limits the rows to those that the
    user may edit; it must not leave out softly deleted rows, which are reported as such. Raises InvalidInput for a
    field that may not be edited and NotFound for a row that never was among them: a browser does not send such edits
    by itself, so nothing is saved.
    """
    _require_fields({edit.field for edit in edits}, allowed_fields)
    rows = _rows(session, table, {edit.row_id for edit in edits}, among)
    outcome = EditOutcome()
    cleaned: list[tuple[RowT, CellEdit, object]] = []
    for edit in edits:
        row = rows[edit.row_id]
        if row is None or _is_deleted(row):
            version = edit.version_seen if row is None else row.version
            outcome.conflicts.append(_deletion(session, table, edit, version))
            continue
        try:
            value = validate(row, edit.field, edit.value)
        except QualityError as error:
            outcome.refused.append(CellRefusal(edit.row_id, edit.field, edit.value, error))
            continue
        if _is_overtaken(row, edit, value, validate):
            outcome.conflicts.append(_conflict(session, row, edit.row_id, edit.field, edit.value))
        else:
            cleaned.append((row, edit, value))
    if outcome.refused:
        return outcome
    for row, edit, value in cleaned:
        if not same_value(getattr(row, edit.field), value):
            setattr(row, edit.field, value)
            session.add(row)
        outcome.saved.append(edit)
    session.flush()
    outcome.versions.update((edit.row_id, row.version) for row, edit, _value in cleaned)
    return outcome


def insert_rows(
    session: Session,
    table: type[RowT],
    rows: Sequence[Mapping[str, object]],
    allowed_fields: Collection[str],
    validate: Validate[RowT],
    fixed: Mapping[str, object],
) -> EditOutcome:
    """Add rows that the user typed; `fixed` holds the columns that the program sets, such as the parent's id.

    A required cell that was left empty is validated as None. Nothing is added while a cell is refused.
    """
    _require_fields({name for row in rows for name in row}, allowed_fields)
    required = [name for name in _required_fields(table) if name in allowed_fields and name not in fixed]
    outcome = EditOutcome()
    made: list[RowT] = []
    for number, values in enumerate(rows):
        row = table()
        for name, value in fixed.items():
            setattr(row, name, value)
        for name, value in (dict.fromkeys(required) | dict(values)).items():
            try:
                setattr(row, name, validate(row, name, value))
            except QualityError as error:
                outcome.refused.append(CellRefusal(number, name, value, error))
        made.append(row)
    if outcome.refused:
        return outcome
    session.add_all(made)
    session.flush()
    outcome.versions.update((_id(row), row.version) for row in made)
    return outcome


def delete_rows(
    session: Session, table: type[RowT], deletes: Sequence[RowDelete], among: ColumnElement[bool] | None = None
) -> EditOutcome:
    """Delete rows that nobody changed since the user saw them, softly where the table can; report the others.

    A row that somebody else deleted already counts as deleted. Raises NotFound as `apply_edits` does.
    """
    rows = _rows(session, table, {one.row_id for one in deletes}, among)
    outcome = EditOutcome()
    for one in deletes:
        row = rows[one.row_id]
        if row is None or _is_deleted(row):
            continue
        if row.version != one.version_seen:
            outcome.conflicts.append(_conflict(session, row, one.row_id, None, None))
        elif isinstance(row, SoftDeleted):
            row.deleted_at = utc_now()
            session.add(row)
            session.flush()
            outcome.versions[one.row_id] = row.version
        else:
            session.delete(row)
            session.flush()
            outcome.versions[one.row_id] = row.version
    return outcome


def restore_rows(
    session: Session, table: type[RowT], row_ids: Iterable[int], among: ColumnElement[bool] | None = None
) -> EditOutcome:
    """Bring softly deleted rows back; rows that are there already stay as they are."""
    outcome = EditOutcome()
    for row_id, row in _rows(session, table, set(row_ids), among).items():
        if row is None:
            raise NotFound("Удалённая строка")
        if isinstance(row, SoftDeleted) and row.deleted_at is not None:
            row.deleted_at = None
            session.add(row)
            session.flush()
            outcome.versions[row_id] = row.version
    return outcome

def _require_fields(fields: Collection[str], allowed: Collection[str]) -> None:
    """Refuse edits of columns that the user may not edit."""
    forbidden = sorted(set(fields) - set(allowed))
    if forbidden:
        raise InvalidInput(
            f"Изменять столбец «{forbidden[0]}» нельзя, поэтому ничего не сохранено.", "Обновите страницу."
        )


def _required_fields(table: type[Versioned]) -> list[str]:
    """Return the columns that need a value and have none by themselves."""
    fields = table.model_fields
    return [
        attribute.key
        for attribute in inspect(table).column_attrs
        if not attribute.columns[0].nullable and attribute.key in fields and fields[attribute.key].is_required()
    ]


def _rows(
    session: Session, table: type[RowT], ids: Collection[int], among: ColumnElement[bool] | None
) -> dict[int, RowT | None]:
    """Return the rows by id, None for a row that was deleted for good. Raises NotFound for ids that never were."""
    key = inspect(table).primary_key[0]
    query = select(table).where(key.in_(ids))
    if among is not None:
        query = query.where(among)
    found: dict[int, RowT | None] = {_id(row): row for row in session.exec(query)}
    for row_id in set(ids) - found.keys():
        entry = last_change(session, str(table.__tablename__), row_id)
        if entry is None or entry.action != DELETED or session.get(table, row_id) is not None:
            raise NotFound("Строка таблицы")
        found[row_id] = None
    return found


def _is_overtaken(row: RowT, edit: CellEdit, value: object, validate: Validate[RowT]) -> bool:
    """Say whether somebody else changed the cell since the user saw it, to something else than the user typed."""
    if row.version == edit.version_seen:
        return False
    now = getattr(row, edit.field)
    if same_cell(now, edit.value_seen) or same_cell(now, value):
        return False
    try:
        return not same_cell(now, validate(row, edit.field, edit.value_seen))
    except QualityError:
        return True


def _conflict(session: Session, row: Versioned, row_id: int, name: str | None, mine: object) -> CellConflict:
    """Report a cell or row that somebody else changed: what stands there now, who put it there and when."""
    entry = last_change(session, str(row.__tablename__), row_id, name)
    theirs = getattr(row, name) if name is not None else None
    return CellConflict(
        row_id=row_id,
        field=name,
        mine=mine,
        theirs=theirs,
        who=entry.actor if entry else "",
        when=entry.at if entry else None,
        version=row.version,
    )


def _deletion(session: Session, table: type[Versioned], edit: CellEdit, version: int) -> CellConflict:
    """Report an edit of a row that somebody else deleted."""
    entry = last_change(session, str(table.__tablename__), edit.row_id)
    return CellConflict(
        row_id=edit.row_id,
        field=edit.field,
        mine=edit.value,
        theirs=None,
        who=entry.actor if entry else "",
        when=entry.at if entry else None,
        version=version,
        row_deleted=True,
    )


def _is_deleted(row: Versioned) -> bool:
    """Say whether the row was softly deleted."""
    return isinstance(row, SoftDeleted) and row.deleted_at is not None


def _id(row: Versioned) -> int:
    """Return the id of a stored row."""
    key = getattr(row, "id", None)
    if not isinstance(key, int):
        raise TypeError(f"{type(row).__name__} has no integer id")
    return key
