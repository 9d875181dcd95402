"""Writers of one database wait in order of arrival, so that none of them starves."""

from __future__ import annotations

import threading
from collections import deque

from core.errors import StoreUnavailable

BUSY_SECONDS = 30
"""How long a writer waits for its turn before the user is told that the database is busy."""

_QUEUES: dict[str, WriterQueue] = {}
_QUEUES_GUARD = threading.Lock()


class WriterQueue:
    """A fair lock: whoever asked first writes first. SQLite's own waiting is by polling, which is not fair."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None

    def enter(self, seconds: float) -> None:
        """Wait for the turn to write, at most so many seconds.

        Raises StoreUnavailable when the time is over. A thread that writes already would wait for itself, which is
        a mistake in the program: RuntimeError.
        """
        me = threading.get_ident()
        with self._guard:
            if self._owner is None:
                self._owner = me
                return
            if self._owner == me:
                raise RuntimeError("a writing unit of work was opened inside another one in the same thread")
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(seconds):
            self._owner = me
            return
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                raise StoreUnavailable(
                    "База данных занята другими сохранениями, изменения не записаны.", "Повторите через минуту."
                )
            self._owner = me

    def leave(self) -> None:
        """Let the next writer in."""
        with self._guard:
            if self._waiting:
                # The turn is handed over without being free in between, or a newcomer could push in.
                self._owner = -1
                self._waiting.popleft().set()
            else:
                self._owner = None


def queue_for(database: str) -> WriterQueue:
    """Return the one queue of this process for a database: a file's whole path or a server's address."""
    with _QUEUES_GUARD:
        return _QUEUES.setdefault(database, WriterQueue())
