"""The one way in which the audit trail is rewritten: a person's name gives way to an alias when their data are erased.

Triggers in the database refuse every change of `audit_entry`. Here they are lifted inside the transaction of the
erasure and put back before it ends; when anything fails, the transaction takes both the changes and the lifting back.
What happened and when stays as it was, and the erasure notes itself in the trail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text
from sqlmodel import Session

from core.store.audit import count_changed
from core.store.author import is_writing
from core.store.migrations.protection import SQLITE_TRIGGERS
from core.store.tables import AuditEntry


@contextmanager
def trail_unlocked(session: Session) -> Iterator[Connection]:
    """Give the connection of a writing unit of work, on which entries may be updated in the block. Only for erasure."""
    if not is_writing(session):
        raise RuntimeError("the audit trail is rewritten inside a writing unit of work only")
    session.flush()
    count_changed(session, {str(AuditEntry.__tablename__)})
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        for name in SQLITE_TRIGGERS:
            connection.execute(text(f"DROP TRIGGER {name}"))
        yield connection
        for statement in SQLITE_TRIGGERS.values():
            connection.execute(text(statement))
    else:
        connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        yield connection
        connection.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))
