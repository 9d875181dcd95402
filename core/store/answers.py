"""Answers of use cases, kept until a row changes in one of the tables that they were read from.

    @kept_answer
    def plans_of(session, scope, year): ...     # worked out once for the same rights, year and state of those tables

An answer that was kept may be part of another one: the other one depends on its tables too. Whoever gets an answer
looks at it and never changes it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import wraps
from threading import Lock, RLock
from typing import Concatenate, ParamSpec, Protocol, Self, TypeVar, cast

from sqlmodel import Session, SQLModel

from core.store.audit import UnitOfWork, is_counted
from core.store.author import is_writing
from core.store.base import utc_now
from core.store.data_version import EVERY_TABLE, table_versions
from core.store.read_tables import note_tables, noted_tables

_MOST = 2048
"""So many answers are kept at once."""
_VERSIONS = "table_versions"


class Rights(Protocol):
    """Who asks; answers are shared by those who have equal rights."""

    @property
    def key(self) -> str:
        """Return a text that is equal for the same person with equal rights only."""

    def shared(self) -> Self:
        """Return equal rights without a person."""


_Rights = TypeVar("_Rights", bound=Rights)
_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: object
    tables: tuple[str, ...]
    state: tuple[int, ...]
    """How often each of the tables had been changed when the answer was worked out."""
    changes: int
    """How many changes of all tables it has seen."""


_lock = Lock()
_known: OrderedDict[Hashable, _Kept] = OrderedDict()
_turns: dict[Hashable, tuple[AbstractContextManager[object], int]] = {}
"""Who works something out holds the lock; beside it, how many hold it or wait."""


def kept_answer(
    use_case: Callable[Concatenate[Session, _Rights, _Given], _Answer],
) -> Callable[Concatenate[Session, _Rights, _Given], _Answer]:
    """Make a use case that only reads keep its answers; its arguments besides session and scope must be hashable.

    In a unit of work that writes, it is carried out each time: it sees the unit's own changes.
    """

    @wraps(use_case)
    def answered(session: Session, scope: _Rights, /, *given: _Given.args, **options: _Given.kwargs) -> _Answer:
        return answer_of(session, scope, use_case, *given, **options)

    return answered


def shared_answer(
    use_case: Callable[Concatenate[Session, _Rights, _Given], _Answer],
) -> Callable[Concatenate[Session, _Rights, _Given], _Answer]:
    """Make a use case keep its answers likewise, for everybody with equal rights: it never asks who the person is."""

    @wraps(use_case)
    def answered(session: Session, scope: _Rights, /, *given: _Given.args, **options: _Given.kwargs) -> _Answer:
        return answer_of(session, scope.shared(), use_case, *given, **options)

    return answered


def answer_of(
    session: Session, scope: _Rights, use_case: Callable[Concatenate[Session, _Rights, _Given], _Answer],
    *given: _Given.args, **options: _Given.kwargs,
) -> _Answer:
    """Return `use_case(session, scope, …)`, worked out once a day for equal rights, arguments and state of its tables.

    Raises what the use case raises; a refusal is not kept. An answer from tables whose changes nobody counts (drafts,
    visits) is not kept either.
    """
    if is_writing(session):
        return use_case(session, scope, *given, **options)
    store = session.get_bind().engine.url
    # Days of people change with the clock on the wall, those of stored times with UTC.
    days = date.today(), utc_now().date()
    key = (use_case, store, scope.key, given, tuple(sorted(options.items())), days)
    versions = _versions_of(session)
    found = _find(key, versions)
    if found is None:
        with _turn(key):
            # Others who ask meanwhile wait, and find what the first one worked out.
            found = _find(key, versions) or _work_out(
                session, versions, key, lambda own: use_case(own, scope, *given, **options)
            )
    note_tables(found.tables)
    return cast("_Answer", found.answer)


def forget_answers() -> None:
    """Keep nothing of what was worked out so far: after an erasure, and for measurements."""
    with _lock:
        _known.clear()


def _versions_of(session: Session) -> Mapping[str, int]:
    """Return the versions that the session sees; a session that reads sees one state from beginning to end."""
    found: Mapping[str, int] | None = session.info.get(_VERSIONS)
    if found is None:
        found = session.info[_VERSIONS] = table_versions(session)
    return found


def _work_out(
    session: Session, versions: Mapping[str, int], key: Hashable, make: Callable[[Session], object]
) -> _Kept:
    """Return what `make` answers, and keep it if all its tables are counted."""
    # A session of its own: what another one holds already is not read again, and would not be noted.
    with noted_tables() as tables, UnitOfWork(session.connection(), expire_on_commit=False) as own:
        own.info[_VERSIONS] = versions
        answer = make(own)
    names = tuple(sorted(tables))
    found = _Kept(answer, names, _state(versions, names), sum(versions.values()))
    if all(is_counted(SQLModel.metadata.tables[name]) for name in tables):
        _keep(key, found)
    return found


@contextmanager
def _turn(key: Hashable) -> Iterator[None]:
    """Let one after the other through who work out the same answer.

    Answers inside of each other are asked for from the outer to the inner one, so nobody waits in a circle.
    """
    with _lock:
        lock, waiting = _turns.get(key, (RLock(), 0))
        _turns[key] = lock, waiting + 1
    try:
        with lock:
            yield
    finally:
        with _lock:
            lock, waiting = _turns.pop(key)
            if waiting > 1:
                _turns[key] = lock, waiting - 1


def _state(versions: Mapping[str, int], tables: Iterable[str]) -> tuple[int, ...]:
    return tuple(versions.get(name, 0) for name in (EVERY_TABLE, *tables))


def _find(key: Hashable, versions: Mapping[str, int]) -> _Kept | None:
    """Return what is kept under the key, unless the session sees its tables in another state."""
    with _lock:
        found = _known.get(key)
        if found is None or found.state != _state(versions, found.tables):
            return None
        _known.move_to_end(key)
        return found


def _keep(key: Hashable, kept: _Kept) -> None:
    with _lock:
        known = _known.get(key)
        if known is not None and known.changes > kept.changes:
            # Somebody who began before a change must not put their answer in place of a newer one.
            return
        _known[key] = kept
        _known.move_to_end(key)
        while len(_known) > _MOST:
            _known.popitem(last=False)

