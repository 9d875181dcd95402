"""Alembic's entry: run the revisions on the connection that the caller holds, inside the caller's transaction.

The caller (`core.store.revisions`) has begun the transaction, so that a killed migration leaves the old schema.
A column type of our own is written into a revision as the plain type below it, so that revisions depend on nothing.
"""

from __future__ import annotations

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum, Table
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

_only: frozenset[str] | None = context.config.attributes.get("only_tables")


def _included(item: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: SchemaItem | None) -> bool:
    """Say whether a table takes part in the comparison."""
    if kind != "table" or not isinstance(item, Table):
        return True
    return name != context.config.attributes["version_table"] and (_only is None or name in _only)


def _rendered(kind: str, item: object, _autogen: AutogenContext) -> str | Literal[False]:
    """Return the plain type that a type of our own or an enumeration stands for; leave the rest to Alembic."""
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    version_table=context.config.attributes["version_table"],
    transactional_ddl=True,
    render_as_batch=True,
    include_object=_included,
    render_item=_rendered,
)
with context.begin_transaction():
    context.run_migrations()
