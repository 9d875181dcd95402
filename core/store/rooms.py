"""The rooms of the house in the order in which data walks through them: a room reads only tables of rooms before it."""

from __future__ import annotations

from sqlalchemy import Table
from sqlmodel import SQLModel

ROOMS = (
    "store", "people", "blueprints", "intake", "analysis", "diagnostics", "practice", "planning", "support",
    "monitoring", "cycle", "glance", "documents",
)
"""Rooms that read or keep rows. A test holds them to the layers that the import linter checks."""

_OF_EVERYBODY = frozenset({"store", "people"})
"""The trail and personal data go over the tables of all rooms."""


def room_of(module: str) -> str | None:
    """Return the room in which a module stands; None for one outside of these rooms, a screen for example.

    >>> room_of("core.planning.roadmaps"), room_of("pages.plan.roadmaps")
    ('planning', None)
    """
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "core" and parts[1] in ROOMS else None


def rooms_read_by(room: str | None) -> tuple[str, ...]:
    """Return the rooms whose rows an answer of the room can depend on: all for a room that goes over all tables.

    >>> rooms_read_by("blueprints"), rooms_read_by("people") == ROOMS
    (('store', 'people', 'blueprints'), True)
    """
    if room is None or room in _OF_EVERYBODY:
        return ROOMS
    return ROOMS[: ROOMS.index(room) + 1]


def room_of_table(table: Table) -> str | None:
    """Return the room that declares the table, found by its name: statements carry copies of their tables."""
    classes = (one.class_ for one in SQLModel._sa_registry.mappers)
    owner = next((one for one in classes if one.__tablename__ == table.name), None)
    return room_of(owner.__module__) if owner is not None else None
