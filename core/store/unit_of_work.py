"""Units of work: one session, one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session for queries only; nothing it does is kept, and rows it gave stay readable afterwards."""
    with Session(engine.execution_options(writes=False), expire_on_commit=False) as session:
        yield session
        session.expunge_all()


@contextmanager
def writing(
    engine: Engine, actor: str, actor_id: int | None = None, operation_id: str | None = None
) -> Iterator[Session]:
    """Give a session whose changes are committed together at the end, with their audit trail, or not at all."""
    with Session(engine, expire_on_commit=False) as session:
        session.info.update(actor=actor, actor_id=actor_id, operation_id=operation_id)
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
