"""The data version: a number that grows with every committed change; caches are keyed by it.

For each table is counted how often its rows were changed, so that a change in a roadmap does not throw away what was
computed from results.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlmodel import Session

EVERY_TABLE = "*"
"""In place of a table's name: how often the store was replaced as a whole, as when a copy of it is restored."""

_READ = "SELECT value FROM data_version WHERE id = 1"
_READ_TABLES = "SELECT name, value FROM table_version"
_GROW = """
INSERT INTO data_version (id, value) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET value = data_version.value + 1
"""
_RAISE = """
INSERT INTO table_version (name, value) VALUES ('{name}', 1)
ON CONFLICT (name) DO UPDATE SET value = table_version.value + 1
"""


def data_version(session: Session) -> int:
    """Return the version of the data that the session sees; 0 for a store in which nothing was written yet.

    It grows by one with each committed unit of work that changed rows (not with drafts and events alone), and
    restoring a backup makes it greater than it ever was, so that an old cached value is never taken for a new one.
    """
    value = session.connection().exec_driver_sql(_READ).scalar()
    return int(value) if value is not None else 0


def table_versions(session: Session) -> dict[str, int]:
    """Return how often rows of each table were changed, as far as the session sees; tables without a change are absent.

    Under EVERY_TABLE stands how often all were replaced. Numbers of one table are compared with each other only.
    """
    return {str(name): int(value) for name, value in session.connection().exec_driver_sql(_READ_TABLES).all()}


def grow_data_version(connection: Connection, tables: Iterable[str] = (EVERY_TABLE,)) -> None:
    """Raise the version by one in the transaction of the connection, after a change in rows of the tables."""
    connection.exec_driver_sql(_GROW)
    note_changed(connection, tables)


def note_changed(connection: Connection, tables: Iterable[str]) -> None:
    """Count a change in rows of the tables without a new version of the data: what happened changed none of them."""
    for name in sorted(set(tables)):
        connection.exec_driver_sql(_RAISE.format(name=name))
