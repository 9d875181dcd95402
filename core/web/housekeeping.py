"""What the server does by itself while it runs: copies of the store that are due, traces of ended sessions, and more.

What else is done comes from above: this room knows nothing of results.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event, Thread
from typing import TypeAlias

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from core.errors import QualityError
from core.people.sessions import forget_old_sessions
from core.store.scheduled import back_up_when_due
from core.store.settings import backup_interval
from core.store.traces import cut_journal
from core.store.unit_of_work import writing
from core.web.incidents import record_incident

PAUSE = timedelta(hours=1)
Chore: TypeAlias = Callable[[Engine], None]
_LOG = logging.getLogger("quality")


class Housekeeping:
    """A thread that does the chores at the start and once an hour; it ends with the process."""

    def __init__(self, engine: Engine, pause: timedelta = PAUSE, more: Sequence[Chore] = ()) -> None:
        self._engine = engine
        self._pause = pause
        self._more = tuple(more)
        self._ended = Event()
        self._thread = Thread(target=self._work, name="housekeeping", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def end(self) -> None:
        """Do no further chore; one that is under way is not cut, the next start does the rest."""
        self._ended.set()

    def wait(self) -> None:
        """Wait until the last chore is done after `end`."""
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.is_set():
            do_chores(self._engine, *self._more)
            self._ended.wait(self._pause.total_seconds())


def do_chores(engine: Engine, *more: Chore) -> None:
    """Do what is due; what cannot be done is said in the server's log and tried again the next time."""
    for chore in (*more, _back_up, _tidy_up, cut_journal):
        _do(chore, engine)


def _do(chore: Chore, engine: Engine) -> None:
    try:
        chore(engine)
    except QualityError as refusal:
        _LOG.warning("%s", refusal)
    except (OSError, SQLAlchemyError) as error:
        _LOG.error("Работа по расписанию прервана, код обращения: %s.", record_incident(error))


def _back_up(engine: Engine) -> None:
    every = backup_interval()
    if every is not None:
        back_up_when_due(engine, every)


def _tidy_up(engine: Engine) -> None:
    with writing(engine, "Поставка") as session:
        forget_old_sessions(session)
