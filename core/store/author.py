"""Who writes: what a writing unit of work knows of the person, for the audit trail."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

_KEY = "author"


@dataclass(frozen=True, slots=True)
class Author:
    """The person behind a unit of work; `reason` is what they said of why, empty where nobody asked."""

    actor: str
    actor_id: int | None = None
    operation_id: str | None = None
    reason: str = ""


def set_author(session: Session, author: Author) -> None:
    """Note in the session who writes."""
    session.info[_KEY] = author


def author_of(session: Session) -> Author:
    """Return who writes in the session. RuntimeError outside a writing unit of work."""
    author = session.info.get(_KEY)
    if not isinstance(author, Author):
        raise RuntimeError("rows are changed only inside core.store.unit_of_work.writing")
    return author


def is_writing(session: Session) -> bool:
    """Say whether the session belongs to a writing unit of work."""
    return _KEY in session.info
