"""From which tables something was read, noted from the statements themselves: nobody has to declare it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from sqlalchemy import Connection, Engine, event
from sqlmodel import SQLModel

_WORDS: ContextVar[set[str] | None] = ContextVar("words", default=None)
"""Words of the statements since somebody began to note; names of tables are among them."""
_STATEMENTS = 4096
_VERSIONS = frozenset({"data_version", "table_version"})
"""They say whether an answer still holds; no answer follows from them."""


def note_statements(engine: Engine) -> None:
    """Let `noted_tables` know of what is read through the engine."""

    @event.listens_for(engine, "before_cursor_execute")
    def _note(
        _connection: Connection, _cursor: object, statement: str, _values: object, _context: object, _many: bool
    ) -> None:
        words = _WORDS.get()
        if words is not None:
            words |= _words_of(statement)


@contextmanager
def noted_tables() -> Iterator[set[str]]:
    """Give a set that holds, after the block, the names of the tables that statements in it have named.

    What an inner block notes, the outer one notes as well.
    """
    outer = _WORDS.get()
    words: set[str] = set()
    tables: set[str] = set()
    token = _WORDS.set(words)
    try:
        yield tables
    finally:
        _WORDS.reset(token)
        # A column that is called like a table makes the answer depend on one table more, which does no harm.
        tables |= (words & SQLModel.metadata.tables.keys()) - _VERSIONS
        if outer is not None:
            outer |= tables


def note_tables(tables: Iterable[str]) -> None:
    """Note tables from which an answer was read before that is used again now."""
    words = _WORDS.get()
    if words is not None:
        words.update(tables)


@lru_cache(maxsize=_STATEMENTS)
def _words_of(statement: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z_][a-z0-9_]+", statement))
