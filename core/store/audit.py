"""The audit trail: who, when, object, field, old → new for every change, written in the same transaction.

`UnitOfWork` writes it by itself for rows that are added, changed and deleted as objects. Statements that change many
rows at once would go past it and are refused, unless the caller records the event and says so with the execution
option `audited_by_caller=True`. A table stays out with `{"info": {"audited": False}}` in its `__table_args__`.

How often rows of a table were changed is counted with it (`core.store.data_version`); a table out of the trail is
counted if it says `{"counted": True}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, Insert, Table, UpdateBase, event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session, SQLModel

from core.store.audit_values import is_hidden, label_in, label_of, organisation_in, organisation_of, text_of
from core.store.author import author_of, is_writing
from core.store.base import SoftDeleted, utc_now
from core.store.data_version import grow_data_version, note_changed
from core.store.tables import AuditEntry

CREATED = "создано"
CHANGED = "изменено"
DELETED = "удалено"
RESTORED = "восстановлено"

_UNTRACKED = frozenset({"version", "deleted_at", "deleted_by"})
_PENDING = "pending_changes"
_CHANGED_TABLES = "changed_tables"
_TRAIL = "audit_entry"


@dataclass(frozen=True, slots=True)
class _Change:
    """What a flush is about to do to one row; new values are read after it, when the database has set them."""

    row: SQLModel
    action: str
    fields: tuple[tuple[str, Column[object], object], ...]
    old: str | None = None


class UnitOfWork(Session):
    """A session that keeps the audit trail and the data version."""


def record_event(
    session: Session,
    action: str,
    object_type: str,
    object_id: int | None = None,
    *,
    organisation_id: int | None = None,
    field: str | None = None,
    old: object = None,
    new: object = None,
    reason: str = "",
) -> None:
    """Write to the audit trail what happened besides changes of rows, for example «загрузка отменена».

    `action` is a short Russian phrase (at most 40 characters), `object_type` the name of a table.
    """
    author = author_of(session)
    session.add(
        AuditEntry(
            actor=author.actor,
            actor_id=author.actor_id,
            operation_id=author.operation_id,
            action=action,
            object_type=object_type,
            object_id=object_id,
            organisation_id=organisation_id,
            field=field,
            old=text_of(old),
            new=text_of(new),
            reason=reason or author.reason,
        )
    )


def insert_created(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert many new rows by one statement, with the entries that adding them as objects would have written.

    Hundreds of rows of results take a third of the time that as many objects take.
    """
    if not rows:
        return
    session.flush()
    local = inspect(table).local_table
    statement = insert(local).returning(local.c.id, sort_by_parameter_order=True)
    ids = session.connection().execute(statement, [dict(row) for row in rows]).scalars().all()
    fixed = _fixed(session) | {"action": CREATED, "object_type": local.name, "field": None, "old": None}
    session.connection().execute(
        insert(AuditEntry),
        [
            fixed | {"object_id": key, "organisation_id": organisation_in(row), "new": label_in(row)}
            for key, row in zip(ids, rows, strict=True)
        ],
    )
    count_changed(session, {local.name})


def _fixed(session: AnySession) -> dict[str, object]:
    """Return the columns that all entries of one flush share."""
    author = author_of(session)
    return {
        "at": utc_now(),
        "actor": author.actor,
        "actor_id": author.actor_id,
        "reason": author.reason,
        "operation_id": author.operation_id,
    }


def count_changed(session: AnySession, tables: Iterable[str]) -> None:
    """Count a change in rows of the tables that statements on the connection itself have made.

    All other ways to change rows in a unit of work count by themselves.
    """
    session.info.setdefault(_CHANGED_TABLES, set()).update(tables)


def is_counted(table: Table) -> bool:
    """Say whether changes in rows of the table are counted, so that what was read from it may be kept meanwhile."""
    return bool(table.info.get("counted", table.info.get("audited", True)))


@event.listens_for(UnitOfWork, "before_flush")
def _note_changes(session: AnySession, _context: UOWTransaction, _instances: object) -> None:
    """Remember old values before the flush forgets them; stamp who deletes a row softly."""
    if not is_writing(session):
        raise RuntimeError("a reading unit of work cannot change rows")
    count_changed(session, _tables_of([*session.new, *session.deleted, *filter(session.is_modified, session.dirty)]))
    changes: list[_Change] = session.info.setdefault(_PENDING, [])
    for row in session.dirty:
        if isinstance(row, SQLModel) and _is_audited(row) and session.is_modified(row):
            changes.extend(_changes_of(session, row))
    gone = [row for row in session.deleted if isinstance(row, SQLModel) and _is_audited(row)]
    changes.extend(_Change(row, DELETED, (), _whole_row(row)) for row in gone)


@event.listens_for(UnitOfWork, "after_flush")
def _write_entries(session: AnySession, _context: UOWTransaction) -> None:
    """Write the entries of the flush, now that new rows have their ids."""
    changes: list[_Change] = session.info.pop(_PENDING, [])
    created = [row for row in session.new if isinstance(row, SQLModel) and _is_audited(row)]
    if not changes and not created:
        return
    fixed = _fixed(session)
    entries = [fixed | _entry(row, CREATED, new=label_of(row)) for row in created]
    for change in changes:
        if not change.fields:
            entries.append(fixed | _entry(change.row, change.action, old=change.old))
        for name, column, old in change.fields:
            hidden = is_hidden(column)
            texts = {"old": text_of(old, hidden=hidden), "new": text_of(getattr(change.row, name), hidden=hidden)}
            entries.append(fixed | _entry(change.row, change.action, field=name, **texts))
    session.connection().execute(insert(AuditEntry), entries)


@event.listens_for(UnitOfWork, "do_orm_execute")
def _guard_statements(state: ORMExecuteState) -> None:
    """Refuse statements that would change rows past the audit trail."""
    statement = state.statement
    if not isinstance(statement, UpdateBase):
        return
    if not is_writing(state.session):
        raise RuntimeError("a reading unit of work cannot change rows")
    table = statement.table
    if not isinstance(table, Table):
        return
    if table.info.get("audited", True) and not state.execution_options.get("audited_by_caller", False):
        verb = "insert" if isinstance(statement, Insert) else "update or delete"
        raise RuntimeError(f"{verb} of many rows of {table.name} goes past the audit trail: see core.store.audit")
    if is_counted(table):
        count_changed(state.session, {table.name})


@event.listens_for(UnitOfWork, "before_commit")
def _grow_version(session: AnySession) -> None:
    """Raise the data version once in a transaction that changed something; events alone are only counted."""
    if session.in_nested_transaction() or not is_writing(session):
        return
    session.flush()
    tables = session.info.pop(_CHANGED_TABLES, None)
    if tables == {_TRAIL}:
        note_changed(session.connection(), tables)
    elif tables:
        grow_data_version(session.connection(), {*tables, _TRAIL})


def _tables_of(rows: Iterable[object]) -> set[str]:
    """Return the counted tables of the rows."""
    tables = {inspect(type(row)).local_table for row in rows if isinstance(row, SQLModel)}
    return {table.name for table in tables if isinstance(table, Table) and is_counted(table)}


def _is_audited(row: SQLModel) -> bool:
    """Say whether changes of the row belong into the audit trail."""
    return bool(inspect(type(row)).local_table.info.get("audited", True))


def _changes_of(session: AnySession, row: SQLModel) -> list[_Change]:
    """Return what is about to change in a row: its fields, its soft deletion or restoring."""
    old_values = _old_values(session, row)
    changes: list[_Change] = []
    if isinstance(row, SoftDeleted) and "deleted_at" in old_values:
        was_deleted = old_values["deleted_at"][1] is not None
        if row.deleted_at is not None and not was_deleted:
            row.deleted_by = row.deleted_by or author_of(session).actor
            changes.append(_Change(row, DELETED, (), label_of(row)))
        elif row.deleted_at is None and was_deleted:
            row.deleted_by = None
            changes.append(_Change(row, RESTORED, (), label_of(row)))
    fields = tuple((name, *old) for name, old in old_values.items() if name not in _UNTRACKED)
    if fields:
        changes.append(_Change(row, CHANGED, fields))
    return changes


def _old_values(session: AnySession, row: SQLModel) -> dict[str, tuple[Column[object], object]]:
    """Return the stored values of the attributes that differ now; those not loaded yet are asked for."""
    state = inspect(row)
    columns = {attribute.key: attribute.columns[0] for attribute in state.mapper.column_attrs}
    found: dict[str, tuple[Column[object], object]] = {}
    unknown: list[str] = []
    for name, column in columns.items():
        history = state.attrs[name].history
        if not history.has_changes():
            continue
        if history.deleted:
            found[name] = (column, history.deleted[0])
        else:
            unknown.append(name)
    if unknown:
        key = zip(state.mapper.primary_key, state.identity, strict=True)
        query = select(*(columns[name] for name in unknown)).where(*(column == value for column, value in key))
        stored = session.connection().execute(query).one_or_none()
        if stored is not None:
            found |= {name: (columns[name], value) for name, value in zip(unknown, stored, strict=True)}
    return found


def _whole_row(row: SQLModel) -> str | None:
    """Return all values of a row that goes away for good."""
    columns = {attribute.key: attribute.columns[0] for attribute in inspect(type(row)).column_attrs}
    values = {name: text_of(getattr(row, name), hidden=is_hidden(column)) for name, column in columns.items()}
    return text_of({name: value for name, value in values.items() if value is not None})


def _entry(
    row: SQLModel, action: str, *, field: str | None = None, old: str | None = None, new: str | None = None
) -> dict[str, object]:
    """Return the columns of an entry that speak of the row."""
    key = getattr(row, "id", None)
    return {
        "action": action,
        "object_type": str(row.__tablename__),
        "object_id": key if isinstance(key, int) else None,
        "organisation_id": organisation_of(row),
        "field": field,
        "old": old,
        "new": new,
    }
