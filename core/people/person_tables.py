"""Where data about a person stand: rows that refer to a teacher or an account, in the tables of every room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Table, or_, select
from sqlmodel import Session, SQLModel

_NEVER_SHOWN = frozenset(
    {"account_secret", "recovery_code", "login_ticket", "setup_link", "audit_entry", "grid_draft", "operation"}
)
"""Tables of secrets, and those that are asked for apart."""
_HIDDEN_COLUMNS = frozenset({"token_hash", "login_hash", "version"})
_PERSON_TABLES = ("teacher", "account")
TOLD = "told"
"""Key of a packed column's `info`: a `Teller` that says in words what the bytes hold."""
Teller = Callable[[Session, Mapping[str, object]], Iterable[tuple[str, str]]]
"""Gives (field, value) of a row."""
RowRule = Callable[[str, Mapping[str, object]], bool]
"""Says of a row of a table whether it may be taken out."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One value that is kept about a person."""

    table: str
    row: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Person:
    """The ids under which somebody is known; either may be missing."""

    teacher_id: int | None
    account_id: int | None


def rows_about(session: Session, person: Person, may: RowRule | None = None) -> Iterator[PersonRow]:
    """Give every value of every row that is the person or refers to them by a foreign key; of those that `may` permits.

    The tables are found in the schema, so those of rooms that are built later are included by themselves; packed
    columns say what they hold by their `TOLD`.
    """
    for table in SQLModel.metadata.sorted_tables:
        condition = _condition(table, person)
        if table.name in _NEVER_SHOWN or condition is None:
            continue
        for row in session.connection().execute(select(table).where(condition)):
            if may is None or may(table.name, {str(name): value for name, value in row._mapping.items()}):
                yield from _values(session, table, row)


def _condition(table: Table, person: Person) -> ColumnElement[bool] | None:
    """Return which rows of the table are about the person, None when none can be."""
    ids = {"teacher": person.teacher_id, "account": person.account_id}
    own = ids.get(table.name)
    parts = [table.c.id == own] if own is not None else []
    for key in table.foreign_keys:
        target = key.column.table.name
        if target in _PERSON_TABLES and ids[target] is not None and table.name not in _PERSON_TABLES:
            parts.append(key.parent == ids[target])
    return or_(*parts) if parts else None


def _values(session: Session, table: Table, row: Row[tuple[object, ...]]) -> Iterator[PersonRow]:
    values = dict(row._mapping)
    key = ", ".join(str(values[column.name]) for column in table.primary_key.columns)
    for name, value in values.items():
        if name in _HIDDEN_COLUMNS or value is None or isinstance(value, bytes | memoryview):
            continue
        yield PersonRow(table.name, key, str(name), _text(value))
    for column in table.columns:
        teller: Teller | None = column.info.get(TOLD)
        if teller is not None:
            yield from (PersonRow(table.name, key, field, said) for field, said in teller(session, values))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    return str(getattr(value, "value", value))
