"""Reading rows without the columns that nobody asks for: long texts and JSON cost more than the rest of a row."""

from __future__ import annotations

from sqlalchemy.orm import load_only
from sqlalchemy.orm.interfaces import LoaderOption
from sqlmodel import SQLModel


def only(table: type[SQLModel], *names: str) -> LoaderOption:
    """Return the option of a query by which its rows have these columns and their key; others are read when touched."""
    return load_only(*(getattr(table, name) for name in names))
