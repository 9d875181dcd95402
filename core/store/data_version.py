"""The data version: a number that grows with every committed change; caches are keyed by it."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlmodel import Session

_READ = "SELECT value FROM data_version WHERE id = 1"
_GROW = """
INSERT INTO data_version (id, value) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET value = data_version.value + 1
"""


def data_version(session: Session) -> int:
    """Return the version of the data that the session sees; 0 for a store in which nothing was written yet.

    It grows by one with each committed unit of work that changed rows (not with drafts and events alone), and
    restoring a backup makes it greater than it ever was, so that an old cached value is never taken for a new one.
    """
    value = session.connection().exec_driver_sql(_READ).scalar()
    return int(value) if value is not None else 0


def grow_data_version(connection: Connection) -> None:
    """Raise the version by one in the transaction of the connection."""
    connection.exec_driver_sql(_GROW)
