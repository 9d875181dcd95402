"""Rows of any table, filled with something that fits, for tests that go over all tables."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Enum, Float, Integer, LargeBinary, inspect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

from core.tables import ALL_TABLES

_numbers = count(1)
_turns: dict[Column, count] = defaultdict(count)
"""Members of an enumeration take turns in each column, so that rows of a unique one differ."""


def tables(audited: bool) -> list[type[SQLModel]]:
    classes = [mapper.class_ for mapper in SQLModel._sa_registry.mappers]
    chosen = [one for one in classes if one.__table__.info.get("audited", True) is audited]
    return sorted(chosen, key=lambda one: _places()[one.__tablename__])


@cache
def _places() -> dict[str, int]:
    """The place of each table when those that are referred to come first; sorting them takes its time."""
    return {table.name: place for place, table in enumerate(ALL_TABLES.sorted_tables)}


def _owner(name: str) -> type[SQLModel]:
    return next(one for one in tables(True) + tables(False) if one.__tablename__ == name)


def add_row(session: Session, table: type[SQLModel]) -> SQLModel:
    """Add a row with the rows that it refers to."""
    values = {}
    for attribute in inspect(table).column_attrs:
        column = attribute.columns[0]
        if column.primary_key and isinstance(column.type, Integer) and not column.foreign_keys:
            continue
        if attribute.key in {"version", "deleted_at", "deleted_by"} or column.nullable:
            continue
        values[attribute.key] = _reference(session, column) if column.foreign_keys else some_value(column)
    row = table(**values)
    session.add(row)
    session.flush()
    return row


def some_value(column: Column) -> object:
    """A value of the column's type that is different each time, as far as the type allows."""
    kind, number = column.type, next(_numbers)
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, Enum):
        members = list(kind.enum_class)
        return members[next(_turns[column]) % len(members)]
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer):
        return number
    if isinstance(kind, Float):
        return number / 7
    if isinstance(kind, DateTime):
        return datetime(2026, 11, 22, 14, 2, tzinfo=UTC) + timedelta(minutes=number)
    if isinstance(kind, Date):
        return date(2026, 11, 22) + timedelta(days=number)
    if isinstance(kind, LargeBinary):
        return number.to_bytes(4, "little")
    if isinstance(kind, JSON):
        return {"номер": number}
    return f"т{number}"[: kind.length]


def _reference(session: Session, column: Column) -> object:
    target = next(iter(column.foreign_keys)).column
    return getattr(add_row(session, _owner(target.table.name)), target.name)
