"""Saves that a second click, a lost connection or an impatient finger must not repeat.

    write_once(f"heard|{item_id}|{version}|{status}", hear_item, item_id, update, version)

The words before the use case name what the person meant: the same words from the same person are carried out once, and
give back the first result ever after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol

from sqlmodel import Session

from core.people.scope import Scope
from core.store.operations import run_once
from pages.widgets.session import current_scope, engine

_Given = ParamSpec("_Given")


class _Stored(Protocol):
    """A row with an id."""

    id: int | None


def write_once(
    intention: str,
    use_case: Callable[Concatenate[Session, Scope, _Given], _Stored | None],
    *given: _Given.args,
    **options: _Given.kwargs,
) -> int:
    """Return the id of the row that `use_case(session, scope, …)` gives, 0 for none; carried out once an intention.

    Raises what the use case raises; what was refused may be tried again.
    """
    scope = current_scope()

    def work(session: Session) -> dict[str, object]:
        row = use_case(session, scope, *given, **options)
        return {"id": 0 if row is None else row.id or 0}

    operation = hashlib.sha256(f"{scope.actor_id}|{intention}".encode()).hexdigest()
    found = run_once(engine(), operation, scope.actor_name, work, scope.actor_id)["id"]
    return found if isinstance(found, int) else 0
