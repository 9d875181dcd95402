"""Values of columns as the short text that the audit trail keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from sqlalchemy import Column, inspect
from sqlmodel import SQLModel

_LONGEST = 2000
_LONGEST_LABEL = 120
_HIDDEN = "скрыто"
_LABELS = ("name", "title", "file_name", "class_name", "code", "key", "group_name", "item")


def text_of(value: object, *, hidden: bool = False) -> str | None:
    """Return the text of a value: dates as ISO 8601, a blob as its size and checksum, long texts cut.

    `hidden` values (columns with `info={"secret": True}`, such as hashes of passwords) are not shown at all.
    """
    if value is None:
        return None
    if hidden:
        return _HIDDEN
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bytes | bytearray | memoryview):
        blob = bytes(value)
        return f"{len(blob)} байт, контрольная сумма {hashlib.blake2b(blob, digest_size=8).hexdigest()}"
    if isinstance(value, bool):
        text = "да" if value else "нет"
    elif isinstance(value, datetime | date):
        text = value.isoformat()
    elif isinstance(value, dict | list | tuple):
        text = json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def is_hidden(column: Column[object]) -> bool:
    """Say whether the values of a column must not appear in the audit trail."""
    return bool(column.info.get("secret"))


def label_of(row: SQLModel) -> str | None:
    """Return what people call the row, such as its name; None when it has nothing of the kind to show."""
    columns = inspect(type(row)).local_table.columns
    for field in _LABELS:
        value = getattr(row, field, None)
        if isinstance(value, str) and value and not (field in columns and is_hidden(columns[field])):
            return value[:_LONGEST_LABEL]
    return None


def organisation_of(row: SQLModel) -> int | None:
    """Return the id of the organisation that a row belongs to, as far as the row says so itself."""
    if row.__tablename__ == "organisation":
        own = getattr(row, "id", None)
        return own if isinstance(own, int) else None
    for field in ("organisation_id", "school_id"):
        value = getattr(row, field, None)
        if isinstance(value, int):
            return value
    return None


def label_in(values: Mapping[str, object]) -> str | None:
    """Return what people call a row that is given by its values."""
    for field in _LABELS:
        value = values.get(field)
        if isinstance(value, str) and value:
            return value[:_LONGEST_LABEL]
    return None


def organisation_in(values: Mapping[str, object]) -> int | None:
    """Return the id of the organisation that a row given by its values belongs to."""
    for field in ("organisation_id", "school_id"):
        value = values.get(field)
        if isinstance(value, int):
            return value
    return None
