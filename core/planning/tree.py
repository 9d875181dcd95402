"""The tree of measures: order, official numbers («5.1.2»), depth; pure, over anything that has a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from core.errors import InvalidInput


class Placed(Protocol):
    """What has a place in a tree."""

    @property
    def id(self) -> int | None:
        """Return the id."""

    @property
    def parent_id(self) -> int | None:
        """Return the id of the row above, None at the top."""

    @property
    def position(self) -> float:
        """Return what orders siblings."""


RowT = TypeVar("RowT", bound=Placed)


@dataclass(frozen=True, slots=True)
class Branch(Generic[RowT]):
    """A row in its place. `depth` counts from 0; `number` is «5.1.2»; `children` are in order."""

    row: RowT
    number: str
    depth: int
    children: tuple[Branch[RowT], ...]

    @property
    def official_number(self) -> str:
        """Return the number as documents write it: «5.» at the top, «5.1» below."""
        return self.number if self.depth else f"{self.number}."


def grow(rows: Iterable[RowT]) -> tuple[Branch[RowT], ...]:
    """Return the tree of the rows. What hangs below a row that is missing, or below itself, comes up to the top."""
    known = {row.id: row for row in rows}
    below: dict[int | None, list[RowT]] = {}
    for row in known.values():
        parent = row.parent_id if row.parent_id in known and not _is_circular(known, row) else None
        below.setdefault(parent, []).append(row)
    return _branches(below, None, "", 0)


def flat(branches: Iterable[Branch[RowT]]) -> list[Branch[RowT]]:
    """Return all branches from top to bottom, as the document lists them."""
    found: list[Branch[RowT]] = []
    for branch in branches:
        found.append(branch)
        found.extend(flat(branch.children))
    return found


def ids_below(rows: Sequence[Placed], row_id: int) -> set[int]:
    """Return the ids of everything below a row, without the row itself."""
    below: dict[int | None, list[int]] = {}
    for row in rows:
        if row.id is not None:
            below.setdefault(row.parent_id, []).append(row.id)
    found: set[int] = set()
    waiting = [row_id]
    while waiting:
        for child in below.get(waiting.pop(), []):
            if child not in found and child != row_id:
                found.add(child)
                waiting.append(child)
    return found


def require_no_circle(rows: Sequence[Placed], row_id: int, parent_id: int | None, number: str, target: str) -> None:
    """Raise InvalidInput when the row would come below itself. `number` and `target` are numbers without a stop."""
    if parent_id == row_id:
        raise InvalidInput(f"Пункт {number} нельзя вложить в самого себя.", "Выберите другой раздел.")
    if parent_id is not None and parent_id in ids_below(rows, row_id):
        raise InvalidInput(
            f"Пункт {number} нельзя вложить в пункт {target}: он сам находится внутри пункта {number}.",
            "Выберите другой раздел.",
        )


def position_between(before: float | None, after: float | None) -> float:
    """Return a position between two siblings, either of which may be missing."""
    if before is None:
        return 1.0 if after is None else after - 1.0
    return before + 1.0 if after is None else (before + after) / 2


def is_too_close(before: float | None, after: float | None) -> bool:
    """Say whether nothing fits between two siblings any more: then they are to be numbered afresh."""
    return before is not None and after is not None and not before < (before + after) / 2 < after


def _branches(below: dict[int | None, list[RowT]], parent: int | None, prefix: str, depth: int) -> tuple[
    Branch[RowT], ...
]:
    ordered = sorted(below.get(parent, []), key=lambda row: (row.position, row.id or 0))
    return tuple(
        Branch(row, f"{prefix}{place}", depth, _branches(below, row.id, f"{prefix}{place}.", depth + 1))
        for place, row in enumerate(ordered, start=1)
    )


def _is_circular(known: dict[int | None, RowT], row: RowT) -> bool:
    seen = {row.id}
    parent = row.parent_id
    while parent is not None and parent in known:
        if parent in seen:
            return True
        seen.add(parent)
        parent = known[parent].parent_id
    return False
