"""A row that was not deleted, by its id."""

from __future__ import annotations

from typing import TypeVar

from sqlmodel import Session

from core.errors import NotFound
from core.store.base import SoftDeleted

RowT = TypeVar("RowT", bound=SoftDeleted)


def live_row(session: Session, table: type[RowT], row_id: int, called: str) -> RowT:
    """Return a row of the table; raise NotFound, naming it in Russian (`called`), when it is not there or deleted."""
    row = session.get(table, row_id)
    if row is None or row.deleted_at is not None:
        raise NotFound(called)
    return row
