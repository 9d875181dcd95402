"""The data version: a number that grows with every committed change; caches are keyed by it.

For each table is kept at which version its rows were last changed, so that a change in a roadmap does not throw away
what was computed from results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import Session

EVERY_TABLE = "*"
"""In place of a table's name: rows of all tables were changed, as when a copy of the store is restored."""

_READ = "SELECT value FROM data_version WHERE id = 1"
_READ_TABLES = "SELECT name, value FROM table_version"
_GROW = """
INSERT INTO data_version (id, value) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET value = data_version.value + 1
RETURNING value
"""
_RAISE = """
INSERT INTO table_version (name, value) VALUES ('{name}', {value})
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""


@dataclass(frozen=True, slots=True)
class TableVersions:
    """The data version, and for each table the one at which its rows were last changed."""

    newest: int
    of_table: Mapping[str, int]

    def at(self, tables: Iterable[str]) -> int:
        """Return the version at which rows of one of the tables were last changed; 0: never."""
        return max((self.of_table.get(name, 0) for name in (EVERY_TABLE, *tables)), default=0)


def data_version(session: Session) -> int:
    """Return the version of the data that the session sees; 0 for a store in which nothing was written yet.

    It grows by one with each committed unit of work that changed rows (not with drafts and events alone), and
    restoring a backup makes it greater than it ever was, so that an old cached value is never taken for a new one.
    """
    value = session.connection().exec_driver_sql(_READ).scalar()
    return int(value) if value is not None else 0


def table_versions(session: Session) -> TableVersions:
    """Return the versions that the session sees, of the data and of each table."""
    rows = session.connection().exec_driver_sql(_READ_TABLES).all()
    return TableVersions(data_version(session), {str(name): int(value) for name, value in rows})


def replaced_at(session: Session) -> int:
    """Return the version at which rows of all tables were last changed at once; 0: never."""
    return table_versions(session).at(())


def grow_data_version(connection: Connection, tables: Iterable[str] = (EVERY_TABLE,)) -> None:
    """Raise the version by one in the transaction of the connection, after a change in rows of the tables."""
    value = int(connection.exec_driver_sql(_GROW).scalar_one())
    for name in sorted(set(tables)):
        connection.exec_driver_sql(_RAISE.format(name=name, value=value))
