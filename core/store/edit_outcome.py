"""What a user changed in a grid, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from core.errors import QualityError


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell that the user changed: the row's version and the cell's value as they saw them, and what they typed."""

    row_id: int
    version_seen: int
    field: str
    value: object
    value_seen: object


@dataclass(frozen=True, slots=True)
class RowDelete:
    """One row that the user deleted, with the version that they saw."""

    row_id: int
    version_seen: int


@dataclass(frozen=True, slots=True)
class CellConflict:
    """A cell (or, with `field` None, a row to delete) that somebody else changed meanwhile; nothing was written to it.

    To write it all the same, send the edit again with `version` and `theirs` as what was seen.
    `row_deleted` says that the whole row is gone; then there is nothing to write to until it is restored.
    """

    row_id: int
    field: str | None
    mine: object
    theirs: object
    who: str
    when: datetime | None
    version: int
    row_deleted: bool = False


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """A cell whose new value breaks a rule. `row` is the row's id, or the number of a new row from 0."""

    row: int
    field: str
    value: object
    error: QualityError


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What became of the changes. While anything is refused, nothing at all is saved: the user mends it first."""

    saved: list[CellEdit] = field(default_factory=list)
    conflicts: list[CellConflict] = field(default_factory=list)
    refused: list[CellRefusal] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)
    """New version of each row that was changed, inserted or deleted, by id."""
