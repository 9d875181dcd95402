"""Stored works, read once for everything that looks at several of them."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session, col, select

from core.intake.tables import Assessment
from core.people.scope import Scope
from core.store.answers import kept_answer


def live_works(session: Session, wanted: Callable[[Assessment], bool] | None = None) -> list[Assessment]:
    """Return the works that are not deleted, those wanted of them, in the order in which they were stored.

    A work is shared by all who wrote it: what of it somebody may see, its classes tell.
    """
    works = _works(session, Scope.local_administrator())
    return list(works) if wanted is None else [work for work in works if wanted(work)]


@kept_answer
def _works(session: Session, _scope: Scope) -> tuple[Assessment, ...]:
    query = select(Assessment).where(col(Assessment.deleted_at).is_(None)).order_by(col(Assessment.id))
    return tuple(session.exec(query))
