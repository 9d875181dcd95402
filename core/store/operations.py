"""Saves that carry an id: the same one twice, from a double click or after a lost connection, is done once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from sqlalchemy import Engine
from sqlmodel import Session

from core.errors import InvalidInput, QualityError
from core.store.faults import is_worth_repeating
from core.store.tables import Operation
from core.store.unit_of_work import writing

_ATTEMPTS = 3
_PAUSE_SECONDS = 0.2


def run_once(
    engine: Engine,
    operation_id: str,
    actor: str,
    work: Callable[[Session], dict[str, object]],
    actor_id: int | None = None,
    reason: str = "",
) -> dict[str, object]:
    """Carry out `work` in a writing unit of work unless the operation was carried out before; return its result.

    The result must be made of what JSON knows. A transaction that collided with another one or lost its connection is
    run again, at most three times in all; if it was committed after all, the repeat finds that out. So `work` must
    change nothing besides its session. Raises InvalidInput when the id belongs to another person's operation.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            return _attempt(engine, operation_id, actor, work, actor_id, reason)
        except QualityError as refusal:
            cause = refusal.__cause__
            if attempt == _ATTEMPTS or not isinstance(cause, Exception) or not is_worth_repeating(cause):
                raise
        time.sleep(random.uniform(0, _PAUSE_SECONDS * attempt))
    raise AssertionError("the last attempt returns or raises")


def _attempt(
    engine: Engine,
    operation_id: str,
    actor: str,
    work: Callable[[Session], dict[str, object]],
    actor_id: int | None,
    reason: str,
) -> dict[str, object]:
    """Do the work in one transaction together with the note that it is done."""
    with writing(engine, actor, actor_id, operation_id, reason) as session:
        done = session.get(Operation, operation_id)
        if done is not None:
            if done.actor != actor:
                raise InvalidInput("Это сохранение принадлежит другому пользователю.", "Обновите страницу.")
            return dict(done.result)
        result = work(session)
        session.add(Operation(id=operation_id, actor=actor, result=result))
        return result
