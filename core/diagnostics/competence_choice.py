"""A competence chosen in a cell."""

from __future__ import annotations

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
