"""The data version: a number that grows with every committed change; caches are keyed by it.

It is also kept for each room, so that a change in a roadmap does not throw away what was computed from results: an
answer depends on the rows of its own room and of those before it, and on no others.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection
from sqlmodel import Session

from core.store.rooms import ROOMS, rooms_read_by

_READ = "SELECT value FROM data_version WHERE id = 1"
_READ_ROOMS = "SELECT room, value FROM room_version"
_GROW = """
INSERT INTO data_version (id, value) VALUES (1, 1)
ON CONFLICT (id) DO UPDATE SET value = data_version.value + 1
RETURNING value
"""
_RAISE = """
INSERT INTO room_version (room, value) VALUES ('{room}', {value})
ON CONFLICT (room) DO UPDATE SET value = excluded.value
"""


def data_version(session: Session) -> int:
    """Return the version of the data that the session sees; 0 for a store in which nothing was written yet.

    It grows by one with each committed unit of work that changed rows (not with drafts and events alone), and
    restoring a backup makes it greater than it ever was, so that an old cached value is never taken for a new one.
    """
    value = session.connection().exec_driver_sql(_READ).scalar()
    return int(value) if value is not None else 0


def version_for(session: Session, room: str | None) -> int:
    """Return the version of the rows that answers of the room depend on; of all rows for None.

    The same as the data version at the last change in one of these rooms.
    """
    read = set(rooms_read_by(room))
    if len(read) == len(ROOMS):
        return data_version(session)
    rows = session.connection().exec_driver_sql(_READ_ROOMS).all()
    return max((int(value) for name, value in rows if name in read), default=0)


def grow_data_version(connection: Connection, rooms: Iterable[str | None] = (None,)) -> None:
    """Raise the version by one in the transaction of the connection, after a change in the rooms.

    None among them stands for all rooms: rows of a table that no room declares.
    """
    value = int(connection.exec_driver_sql(_GROW).scalar_one())
    changed = set(rooms)
    set_room_versions(connection, ROOMS if None in changed else [one for one in ROOMS if one in changed], value)


def set_room_versions(connection: Connection, rooms: Iterable[str], value: int) -> None:
    """Write the version at which rows of the rooms were last changed."""
    for room in rooms:
        connection.exec_driver_sql(_RAISE.format(room=room, value=value))
