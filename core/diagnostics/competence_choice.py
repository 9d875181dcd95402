"""Competences chosen in a cell: one, or several."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session

from core.diagnostics.instrument_tables import Competence
from core.errors import InvalidInput
from core.people.ownership import may_read
from core.people.scope import Scope


def competence_value(session: Session, scope: Scope, value: object) -> int | None:
    """Return the id of a competence that the actor may read, None for an empty cell; raise InvalidInput otherwise."""
    if value is None or value == "" or value != value:
        return None
    try:
        row = session.get(Competence, int(str(value).removesuffix(".0")))
    except ValueError:
        row = None
    if row is None or row.deleted_at is not None or not may_read(session, scope, row.organisation_id):
        raise InvalidInput("Такой компетенции нет или она удалена.", "Выберите компетенцию из списка.")
    return row.id


def competence_values(session: Session, scope: Scope, value: object, kept: Collection[int] = ()) -> list[int]:
    """Return the ids of several competences, each once, in the order of the cell; [] for an empty cell.

    `kept` are those that stand there already: they may stay although they were deleted meanwhile. Raises InvalidInput
    for others that the actor may not read.
    """
    several = value if isinstance(value, list | tuple) else [value]
    found: dict[int, None] = {}
    for one in several:
        number = one if isinstance(one, int) and one in kept else competence_value(session, scope, one)
        if number is not None:
            found[number] = None
    return list(found)
