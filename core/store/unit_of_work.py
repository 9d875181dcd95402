"""Units of work: one session, one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from core.store.answers import forget_answers
from core.store.audit import UnitOfWork
from core.store.author import Author, set_author
from core.store.faults import understood
from core.store.traces import is_sweep_asked, sweep


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Give a session for queries only: it sees one state of the data from beginning to end and cannot change it.

    Raises StoreUnavailable when the database cannot be used.
    """
    options: dict[str, object] = {"writes": False}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with understood(), UnitOfWork(engine.execution_options(**options), expire_on_commit=False) as session:
        yield session


@contextmanager
def writing(
    engine: Engine, actor: str, actor_id: int | None = None, operation_id: str | None = None, reason: str = ""
) -> Iterator[Session]:
    """Give a session whose changes are committed together at the end, with their audit trail, or not at all.

    Writers of one database work one after the other from their first query on, so what was read in the unit is still
    true when it is committed: parse and compute before. A writing unit inside another one is a mistake: RuntimeError.
    Raises StoreUnavailable when the database cannot be used and EditConflict when somebody else made the same change
    first; nothing is stored then.
    """
    with understood(), UnitOfWork(engine, expire_on_commit=False) as session:
        set_author(session, Author(actor, actor_id, operation_id, reason))
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        erased = is_sweep_asked(session)
    if erased:
        # Answers of before are given to nobody any more; they shall not stand in memory either.
        forget_answers()
        sweep(engine)
