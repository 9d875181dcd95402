"""Whether two values mean the same cell content, though a grid shows them in other types than the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import Enum


def same_value(one: object, other: object) -> bool:
    """Say whether the values are the same: an enumeration and its value, a date and its midnight, nothing and NaN."""
    return plain_value(one) == plain_value(other)


def same_cell(one: object, other: object) -> bool:
    """Say whether the values look the same in a cell: as `same_value`, and an empty text is an empty cell."""
    first, second = plain_value(one), plain_value(other)
    return first == second or (first in (None, "") and second in (None, ""))


def plain_value(value: object) -> object:
    """Return the value in the one type in which cell contents are compared."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [plain_value(one) for one in value]
    if isinstance(value, dict):
        return {key: plain_value(one) for key, one in value.items()}
    if not isinstance(value, datetime | date | str | bytes | None):
        scalar = getattr(value, "item", None)
        value = scalar() if callable(scalar) else value
    if isinstance(value, float | datetime) and value != value:
        return None
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            return datetime.fromisoformat(value.astimezone(UTC).isoformat())
        return value.date() if value.time() == time.min else datetime.fromisoformat(value.isoformat())
    return value
