"""Rows that come with the program: brought up to date at a start, and never over what a person changed or deleted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from sqlmodel import Session, SQLModel, col, select

from core.blueprints.tables import Origin, Shipped
from core.store.base import SoftDeleted

Values: TypeAlias = Mapping[str, object]
"""The columns that a file of reference data fills."""
ShippedRow = TypeVar("ShippedRow", bound=Shipped)


@dataclass(frozen=True, slots=True)
class SeedReport:
    """What seeding did: rows added, brought up to date, and left because a person had changed them."""

    added: int = 0
    updated: int = 0
    kept: int = 0

    def __add__(self, other: SeedReport) -> SeedReport:
        return SeedReport(self.added + other.added, self.updated + other.updated, self.kept + other.kept)


ADDED, UPDATED, KEPT, SAME = SeedReport(added=1), SeedReport(updated=1), SeedReport(kept=1), SeedReport()


def shipped_rows(session: Session, table: type[ShippedRow]) -> dict[str, ShippedRow]:
    """Return the rows that came with the program by their keys, deleted ones too."""
    rows = session.exec(select(table).where(col(table.shipped_key).is_not(None)))
    return {row.shipped_key: row for row in rows if row.shipped_key is not None}


def seed_row(
    session: Session, row: ShippedRow | None, key: str, values: Values, table: type[ShippedRow]
) -> SeedReport:
    """Add the row, bring it up to date, or leave it as a person made it."""
    digest = digest_of([values])
    if row is None:
        session.add(table.model_validate(new_values(values, key, digest)))
        return ADDED
    if row.shipped_digest == digest:
        return SAME
    if is_deleted(row) or digest_of([said(row, values)]) != row.shipped_digest:
        return KEPT
    assign(row, values)
    row.shipped_digest = digest
    session.add(row)
    return UPDATED


def new_values(values: Values, key: str, digest: str) -> Values:
    """Return the values of a row that comes with the program."""
    return {**values, "origin": Origin.SHIPPED, "shipped_key": key, "shipped_digest": digest}


def said(row: SQLModel, like: Values) -> Values:
    """Return what a stored row says in the columns that reference data fill."""
    return {column: getattr(row, column) for column in like}


def assign(row: SQLModel, values: Values) -> None:
    """Put the values into the row."""
    for column, value in values.items():
        setattr(row, column, value)


def is_deleted(row: SQLModel) -> bool:
    """Say whether a person deleted the row."""
    return isinstance(row, SoftDeleted) and row.deleted_at is not None


def digest_of(parts: Iterable[Values]) -> str:
    """Return a fingerprint of what a row and those that belong to it say."""
    text = json.dumps(list(parts), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
