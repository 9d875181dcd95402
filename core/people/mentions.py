"""Names of a person in texts of all rooms, put out of use when the person's data are erased."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import JSON, Column, Enum, String, Table, func, update
from sqlalchemy import select as select_columns
from sqlmodel import AutoString, Session, SQLModel, select

from core.people.teacher_tables import Teacher

_KEPT_AS_WRITTEN = frozenset({"audit_entry"})
"""The audit trail cannot be changed: it proves for three years who did what (security.md §7.2)."""
_AUTHOR_COLUMNS = ("actor", "_by")
"""Columns (or ends of their names) that hold nothing but somebody's name."""


def written_forms(session: Session, teacher: Teacher) -> list[str]:
    """Return how the teacher's name is written in texts: whole, and with initials where nobody else is meant by it.

    For «Иванова Анна Петровна»: itself, «Иванова А. П.», «Иванова А.П.», «А. П. Иванова», «А.П. Иванова».
    """
    short = _short_forms(teacher.full_name)
    others = session.exec(select(Teacher.full_name).where(Teacher.id != teacher.id))
    taken = {form for other in others for form in _short_forms(other)}
    return [teacher.full_name, *(form for form in short if form not in taken)]


def _short_forms(full_name: str) -> list[str]:
    surname, *given = full_name.split()
    if not given:
        return []
    spaced, tight = " ".join(f"{part[0]}." for part in given), "".join(f"{part[0]}." for part in given)
    return [f"{surname} {spaced}", f"{surname} {tight}", f"{spaced} {surname}", f"{tight} {surname}"]


def replace_mentions(session: Session, names: Sequence[str], alias: str) -> int:
    """Put the alias in place of the names in every text of every table; return in how many cells.

    The longest name first, so that a short form does not leave half of a long one. A name of a single word («Завуч»)
    is replaced only where nothing else stands in the cell of an author. Texts are compared as they are written, so
    other grammatical cases of the name stay: the screen of the erasure says so.
    """
    found = 0
    wanted = sorted(set(names), key=len, reverse=True)
    for table in SQLModel.metadata.sorted_tables:
        if table.name in _KEPT_AS_WRITTEN:
            continue
        for column in table.columns:
            for name in wanted:
                if isinstance(column.type, JSON):
                    found += _replace_in_json(session, table, column, name, alias)
                elif isinstance(column.type, AutoString | String) and not isinstance(column.type, Enum):
                    found += _replace_in_text(session, table, column, name, alias)
    return found


def _replace_in_text(session: Session, table: Table, column: Column[object], name: str, alias: str) -> int:
    if column.primary_key:
        return 0
    if _is_unmistakable(name):
        change = update(table).where(func.replace(column, name, "") != column)
        change = change.values({column.name: func.replace(column, name, alias)})
    elif column.name.endswith(_AUTHOR_COLUMNS):
        change = update(table).where(column == name).values({column.name: alias})
    else:
        return 0
    return int(session.connection().execute(change).rowcount)


def _is_unmistakable(name: str) -> bool:
    """Say whether the text can only be a name: several words, or an address."""
    return " " in name or "@" in name


def _replace_in_json(session: Session, table: Table, column: Column[object], name: str, alias: str) -> int:
    """Replace inside JSON, where the database's own text may have escaped the letters."""
    if not _is_unmistakable(name):
        return 0
    connection, found = session.connection(), 0
    keys = list(table.primary_key.columns)
    for row in connection.execute(select_columns(*keys, column)).all():
        text = json.dumps(row[-1], ensure_ascii=False)
        if name in text:
            same = [key == value for key, value in zip(keys, row, strict=False)]
            replaced = json.loads(text.replace(name, alias))
            connection.execute(update(table).where(*same).values({column.name: replaced}))
            found += 1
    return found
