"""What differs between two states of a roadmap: rows added, removed and moved, cells changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.planning.snapshots import SnapshotContent, SnapshotRow
from core.words import day, number

CONTENT_LABELS: Mapping[str, str] = {
    "title": "Мероприятие",
    "kind": "Вид строки",
    "deadline": "Срок",
    "indicator": "Показатель",
    "indicator_kind": "Вид показателя",
    "target": "Цель",
    "unit": "Единица",
    "expected_result": "Ожидаемый результат",
    "owner": "Исполнители",
    "co_owners": "Соисполнители",
    "weight": "Вес",
}
"""Cells that an order approves."""

PROGRESS_LABELS: Mapping[str, str] = {
    "status": "Статус",
    "status_note": "Примечание",
    "progress": "Выполнение, %",
    "value": "Достигнуто",
    "done_on": "Дата выполнения",
    "deadline": "Срок",
}
"""Cells that a meeting looks at."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs, as texts."""

    row_id: int
    number: str
    title: str
    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MovedRow:
    """A row that has another number now."""

    row_id: int
    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Redline:
    """All differences, in the order of the later state; removed rows in that of the earlier one."""

    added: tuple[SnapshotRow, ...]
    removed: tuple[SnapshotRow, ...]
    moved: tuple[MovedRow, ...]
    changed: tuple[CellChange, ...]

    @property
    def is_empty(self) -> bool:
        """Say whether nothing differs."""
        return not (self.added or self.removed or self.moved or self.changed)


def redline(
    before: SnapshotContent, after: SnapshotContent, labels: Mapping[str, str] = CONTENT_LABELS
) -> Redline:
    """Return what differs between two states in the cells named by `labels`; rows are the same by their id.

    A row counts as moved when it hangs elsewhere or stands before one that it stood behind; numbers that changed only
    because others came or went are no move.
    """
    old, new = {row.id: row for row in before.rows}, {row.id: row for row in after.rows}
    common = [row for row in after.rows if row.id in old]
    return Redline(
        added=tuple(row for row in after.rows if row.id not in old),
        removed=tuple(row for row in before.rows if row.id not in new),
        moved=tuple(_moved(before, after)),
        changed=tuple(change for row in common for change in _changes(old[row.id], row, labels)),
    )


def _changes(old: SnapshotRow, new: SnapshotRow, labels: Mapping[str, str]) -> list[CellChange]:
    return [
        CellChange(new.id, new.number, new.title, name, label, _text(getattr(old, name)), _text(getattr(new, name)))
        for name, label in labels.items()
        if getattr(old, name) != getattr(new, name)
    ]


def _moved(before: SnapshotContent, after: SnapshotContent) -> list[MovedRow]:
    """Return the rows whose place among the rows common to both states differs."""
    old_ids, new_ids = {row.id for row in before.rows}, {row.id for row in after.rows}
    common = old_ids & new_ids
    old_places, new_places = _places(before, common), _places(after, common)
    old_numbers = {row.id: row.number for row in before.rows}
    return [
        MovedRow(row.id, row.title, old_numbers[row.id], row.number)
        for row in after.rows
        if row.id in common and old_places[row.id] != new_places[row.id]
    ]


def _places(content: SnapshotContent, common: set[int]) -> dict[int, tuple[int | None, int]]:
    """Return parent and place among the common siblings of each common row."""
    above: list[int] = []
    counts: dict[int | None, int] = {}
    found: dict[int, tuple[int | None, int]] = {}
    for row in content.rows:
        del above[row.depth :]
        parent = next((one for one in reversed(above) if one in common), None)
        if row.id in common:
            counts[parent] = counts.get(parent, 0) + 1
            found[row.id] = parent, counts[parent]
        above.append(row.id)
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float):
        return number(value, 0 if value.is_integer() else 2)
    return str(value)
