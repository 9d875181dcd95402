"""Names of a person in texts of all rooms, put out of use when the person's data are erased.

Every text and every JSON of every table is looked through, so tables of new rooms are reached by themselves. What a
table can declare besides, in the `info` of a column:

- `{"person": True}`: the column holds nothing but somebody's name, so a bare surname or a name of one word counts
  there too (columns called `actor`, `author` or ending in `_by` are known without it);
- `{"checksum_of": "content"}`: the column holds the checksum of another one and is worked out anew with it.

A column `actor` or `author` beside `actor_id` or `author_id` gets the alias where the id is the account's, whatever
name stands there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import JSON, Column, ColumnElement, Connection, Enum, String, Table, Text, cast, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import AutoString, Session, SQLModel, col, select

from core.people.account_tables import Account
from core.people.teacher_tables import Teacher
from core.people.written_names import WrittenName, plain_name, teacher_name
from core.store.audit import count_changed
from core.store.checksums import CHECKSUM_OF, json_checksum
from core.store.tables import AuditEntry
from core.store.trail_erasure import trail_unlocked

_AUTHOR_COLUMNS = ("actor", "author", "_by")
"""Columns (or ends of their names) that hold nothing but somebody's name."""
_ACCOUNT_IDS = {"actor": "actor_id", "author": "author_id"}
_TELLING_FIELDS = ("login", "email", "display_name", "full_name", "oidc_issuer", "oidc_subject")
"""Fields of the person's own rows of which the trail keeps no values after the erasure."""
_FORGOTTEN = "удалено"


def names_of_teacher(session: Session, teacher: Teacher) -> list[WrittenName]:
    """Return how the teacher is written in texts; forms that may mean another teacher are left out."""
    others = session.exec(select(Teacher.full_name).where(Teacher.id != teacher.id)).all()
    return [teacher_name(teacher.full_name, others)]


def names_of_account(session: Session, account: Account) -> list[WrittenName]:
    """Return how the account's person is written: their name, the names they acted under before, their address.

    A name that another account has too is left out: somebody else may be meant.
    """
    acted = session.exec(select(AuditEntry.actor).where(AuditEntry.actor_id == account.id).distinct()).all()
    taken = set(session.exec(select(Account.display_name).where(Account.id != account.id)).all())
    told = {account.display_name, *acted} - taken
    return [plain_name(name) for name in sorted({*told, account.email or ""}) if name.strip()]


def replace_mentions(session: Session, names: Sequence[WrittenName], alias: str, account_id: int | None) -> int:
    """Put the alias in place of the names in every text of every table, the audit trail too; return in how many cells.

    `account_id` is the account whose authorship gets the alias, whatever name it carries. Names that texts write in
    other ways (a diminutive, a misspelling) and the contents of attached files stay: the screen of the erasure says so.
    """
    with trail_unlocked(session) as connection:
        found = {table.name: _replace_in_table(connection, table, names, alias, account_id) for table in _tables()}
    count_changed(session, [name for name, cells in found.items() if cells])
    return sum(found.values())


def forget_in_trail(session: Session, object_type: str, object_id: int) -> None:
    """Take the values of telling fields (login, address) of the person's own row out of the trail."""
    with trail_unlocked(session) as connection:
        for side in (AuditEntry.old, AuditEntry.new):
            connection.execute(
                update(AuditEntry)
                .where(
                    col(AuditEntry.object_type) == object_type,
                    col(AuditEntry.object_id) == object_id,
                    col(AuditEntry.field).in_(_TELLING_FIELDS),
                    col(side).is_not(None),
                )
                .values({col(side): _FORGOTTEN})
            )


def _tables() -> Iterable[Table]:
    return SQLModel.metadata.sorted_tables


def _replace_in_table(
    connection: Connection, table: Table, names: Sequence[WrittenName], alias: str, account_id: int | None
) -> int:
    found = 0
    for column in table.columns:
        if column.primary_key:
            continue
        owner = table.columns.get(_ACCOUNT_IDS.get(column.name, ""))
        if owner is not None and account_id is not None:
            known = update(table).where(owner == account_id, column != alias).values({column.name: alias})
            found += int(connection.execute(known).rowcount)
        if isinstance(column.type, JSON) or _is_text(column):
            found += _replace_in_column(connection, table, column, names, alias)
    return found


def _replace_in_column(
    connection: Connection, table: Table, column: Column[object], names: Sequence[WrittenName], alias: str
) -> int:
    is_person = bool(column.info.get("person")) or column.name.endswith(_AUTHOR_COLUMNS)
    wanted = _may_hold(column, names, is_person)
    if wanted is None:
        return 0
    keys, found = list(table.primary_key.columns), 0
    for row in connection.execute(select_columns(*keys, column).where(wanted)).all():
        new = _replaced(row[-1], names, alias, is_person)
        if new != row[-1]:
            same = [key == value for key, value in zip(keys, row, strict=False)]
            connection.execute(update(table).where(*same).values({column.name: new, **_checksum(table, column, new)}))
            found += 1
    return found


def _may_hold(column: Column[object], names: Sequence[WrittenName], is_person: bool) -> ColumnElement[bool] | None:
    """Return a condition without which no name stands in a cell; None when no name can."""
    told = {stem for name in names for stem in name.stems}
    told |= {word for name in names for word in name.bare} if is_person else set()
    parts: list[ColumnElement[bool]] = []
    text = cast(column, Text) if isinstance(column.type, JSON) else column
    for word in told:
        for spelled in (word, word.casefold(), word.upper(), word.capitalize()):
            likes = {spelled, json.dumps(spelled)[1:-1]} if isinstance(column.type, JSON) else {spelled}
            parts += [text.like(_pattern(like), escape="!") for like in likes]
    return or_(*parts) if parts else None


def _pattern(word: str) -> str:
    """Return the LIKE pattern of a text with the word; е and ё, escaped ones too, are one letter."""
    literal = "".join(f"!{sign}" if sign in "%_!" else sign for sign in word)
    for letter in ("е", "ё", "Е", "Ё"):
        literal = literal.replace(letter, "_").replace(json.dumps(letter)[1:-1], "______")
    return f"%{literal}%"


def _replaced(value: object, names: Sequence[WrittenName], alias: str, is_person: bool) -> object:
    """Return the value with the alias in place of the names: in a text, in all texts of JSON."""
    if isinstance(value, str):
        bare = {word for name in names for word in name.bare} if is_person else set()
        if value.strip().casefold().replace("ё", "е") in bare:
            return alias
        for name in names:
            value = name.replaced(value, alias)
        return value
    if isinstance(value, list):
        return [_replaced(part, names, alias, is_person) for part in value]
    if isinstance(value, Mapping):
        return {
            str(_replaced(key, names, alias, is_person=False)): _replaced(part, names, alias, is_person)
            for key, part in value.items()
        }
    return value


def _checksum(table: Table, column: Column[object], content: object) -> dict[str, str]:
    """Return the checksum of the new content by the name of the column that keeps it."""
    return {one.name: json_checksum(content) for one in table.columns if one.info.get(CHECKSUM_OF) == column.name}


def _is_text(column: Column[object]) -> bool:
    return isinstance(column.type, AutoString | String) and not isinstance(column.type, Enum)
