"""Rows of files and links, alike for every room: listed, found, added up to a limit, opened, taken away, brought back.

    _PROOFS = EvidenceTable(Evidence, "Подтверждение", 50, "Приложено уже 50 подтверждений.", "Удалите лишние.")
    rows = _PROOFS.rows(session, Evidence.measure_id == measure_id)

Whether the actor may is the room's to ask, each time, before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, select

from core.errors import InvalidInput, NotFound
from core.store.attachments import fetch
from core.store.author import Author
from core.store.base import utc_now
from core.store.evidence import Attached, EvidenceColumns, EvidenceKind, store_file
from core.store.unit_of_work import reading

RowT = TypeVar("RowT", bound=EvidenceColumns)


@dataclass(frozen=True, slots=True)
class EvidenceTable(Generic[RowT]):
    """One table of files and links."""

    table: type[RowT]
    called: str
    """How a row is called in Russian when it is not found."""
    most: int
    """How many one thing may have."""
    full: str
    """The sentence when it has as many."""
    advice: str

    def rows(self, session: Session, *of: ColumnElement[bool] | bool, deleted: bool = False) -> list[RowT]:
        """Return the rows that belong to something (`of`), the oldest first, or those that were taken away."""
        there = col(self.table.deleted_at)
        query = select(self.table).where(*of, there.is_not(None) if deleted else there.is_(None))
        return list(session.exec(query.order_by(col(self.table.id))))

    def found(self, session: Session, number: int, *, deleted: bool = False) -> RowT:
        """Return a row by its id, with `deleted` also one that was taken away; raise NotFound otherwise."""
        row = session.get(self.table, number)
        if row is None or (row.deleted_at is not None and not deleted):
            raise NotFound(self.called)
        return row

    def add(self, session: Session, row: RowT, *of: ColumnElement[bool] | bool) -> RowT:
        """Add a row to what it belongs to; raise InvalidInput when that has as many as it may."""
        if len(self.rows(session, *of)) >= self.most:
            raise InvalidInput(self.full, self.advice)
        session.add(row)
        session.flush()
        return row


def attach(
    engine: Engine, author: Author, file_name: str, content: bytes, title: str,
    may: Callable[[Session], object], add: Callable[[Session, Attached], EvidenceColumns],
) -> int:
    """Keep a file and let `add` add its row, in a transaction of its own; return the id of the row.

    `may` raises beforehand unless the actor may attach, so that nothing is written for a refusal; `add` asks again.
    Other refusals are those of `store_file`.
    """
    with reading(engine) as session:
        may(session)

    def note(session: Session, attached: Attached) -> int:
        return add(session, attached).id or 0

    return store_file(engine, author, file_name, content, title, note)


def opened(row: RowT) -> tuple[RowT, bytes]:
    """Return a file's row with its content; NotFound for a link or what was taken away, StoreUnavailable if damaged."""
    if row.deleted_at is not None or row.kind is not EvidenceKind.FILE:
        raise NotFound("Файл")
    return row, fetch(row.stored_name, row.sha256)


def take_away(session: Session, row: RowT) -> RowT:
    """Take a file or a link away; the file stays in the store, so that it can be brought back."""
    row.deleted_at = utc_now()
    session.add(row)
    return row


def bring_back(session: Session, row: RowT) -> RowT:
    """Bring a file or a link back that was taken away."""
    row.deleted_at = None
    session.add(row)
    return row
