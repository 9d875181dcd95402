"""Triggers that make the audit trail append-only, on both databases."""

from __future__ import annotations

from alembic import op

from core.store.migrations.protection import SQLITE_TRIGGERS

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'audit_entry is append-only'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()
"""


def protect_audit() -> None:
    """Make the database refuse to change or delete rows of `audit_entry`; to be called inside a migration."""
    if op.get_context().dialect.name == "sqlite":
        for statement in SQLITE_TRIGGERS.values():
            op.execute(statement)
    else:
        op.execute(_POSTGRESQL_FUNCTION)
        op.execute(_POSTGRESQL)
