"""Reading files in warm, limited child processes: `run_in_child`.

Two processes at most, kept warm between calls and shared by all threads. A process that died, ran out of time or has
grown is replaced. A file on which calamine dies is tried once more with openpyxl, then refused in Russian.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from dataclasses import dataclass
from typing import Final

from core.errors import QualityError
from core.workbooks.allowed import Engine, Payload, Progress, allowed_function
from core.workbooks.process import ChildDied, ChildFailed, ChildProcess, ChildTimedOut
from core.workbooks.refusals import FileRefused, unreadable_table

PROCESSES: Final = 2
GROWN_BYTES: Final = 500 * 2**20
MAX_CALLS: Final = 1_000
_WAIT_SECONDS: Final = 300.0
_BASE_SECONDS: Final = 30.0
_SECONDS_PER_MEGABYTE: Final = 6.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the child function returned, and the engine it was told to use when it did not die."""

    data: bytes
    engine: Engine


class ChildPool:
    """Reader processes for one program; thread-safe."""

    def __init__(self, processes: int = PROCESSES) -> None:
        self._slots = threading.BoundedSemaphore(processes)
        self._lock = threading.Lock()
        self._idle: list[ChildProcess] = []
        self._busy: set[ChildProcess] = set()
        self._modules: set[str] = set()
        self._closed = False

    def prepare(self, *functions: str) -> None:
        """Start a process ahead of the first call, with the modules of these marked functions imported."""
        for function in functions:
            allowed_function(function)
        with self._lock:
            self._modules.update(function.partition(":")[0] for function in functions)
            if not self._idle and not self._busy and not self._closed:
                self._idle.append(ChildProcess(self._modules))

    def run(
        self,
        function: str,
        content: bytes,
        payload: Payload,
        progress: Progress | None = None,
        seconds: float | None = None,
    ) -> Reply:
        """Do what `run_in_child` says."""
        allowed_function(function)
        limit = _BASE_SECONDS + _SECONDS_PER_MEGABYTE * len(content) / 2**20 if seconds is None else seconds
        if not self._slots.acquire(timeout=_WAIT_SECONDS):
            raise FileRefused(
                "reader_busy",
                "Сейчас читаются другие большие файлы.",
                "Подождите несколько минут и загрузите файл ещё раз.",
            )
        try:
            engines: tuple[Engine, ...] = ("calamine", "openpyxl")
            for engine in engines:
                try:
                    data = self._call(function, content, {**payload, "engine": engine}, limit, progress)
                except ChildDied as error:
                    _log.warning("a reader died with %s on a file of %d bytes: %s", engine, len(content), error)
                    continue
                return Reply(data, engine)
        except ChildTimedOut as error:
            _log.warning("a reader process was stopped after %.0f s on a file of %d bytes", limit, len(content))
            raise FileRefused(
                "file_too_slow",
                f"Файл не удалось прочитать за {limit:.0f} с.",
                "Скопируйте только таблицу с результатами в новую книгу, сохраните её как .xlsx и загрузите.",
            ) from error
        except ChildFailed as error:
            _log.error("a child function failed: %s", error.detail)
            raise
        finally:
            self._slots.release()
        raise unreadable_table()

    def close(self) -> None:
        """End all processes; calls that wait for one raise."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = tuple(self._busy)
        for child in busy:
            child.stop_soon()
        for child in idle:
            child.kill()

    def _call(
        self, function: str, content: bytes, payload: Payload, seconds: float, progress: Progress | None
    ) -> bytes:
        child = self._take(function)
        reusable = False
        try:
            answer = child.call(function, content, payload, seconds, progress)
            reusable = answer.memory < GROWN_BYTES and child.calls < MAX_CALLS
            return answer.data
        except QualityError:
            reusable = child.alive
            raise
        finally:
            self._give_back(child, reusable)

    def _take(self, function: str) -> ChildProcess:
        """Return a living process, a warm one if there is one."""
        with self._lock:
            self._modules.add(function.partition(":")[0])
            while self._idle:
                child = self._idle.pop()
                if child.alive:
                    break
                child.kill()
            else:
                child = ChildProcess(self._modules)
            self._busy.add(child)
            return child

    def _give_back(self, child: ChildProcess, reusable: bool) -> None:
        with self._lock:
            self._busy.discard(child)
            if self._closed:
                reusable = False
            if reusable:
                self._idle.append(child)
                return
            if not self._closed and not self._idle:
                # The next call finds a warm process again.
                self._idle.append(ChildProcess(self._modules))
        child.kill()


_lock = threading.Lock()
_pool: ChildPool | None = None


def run_in_child(
    function: str,
    content: bytes,
    payload: Payload,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Reply:
    """Run a function marked with `runs_in_child` («module:function») on a file's bytes in a limited process.

    `payload` travels as JSON, bytes in it as they are; the function finds `payload["engine"]` there too. `progress` is
    called in this thread. `seconds` is the limit of wall clock and processor time, by default 30 s and 6 s a megabyte.
    Raises the QualityError that the function raised, FileRefused when the file kills the process or takes too long,
    ChildFailed when the function has a mistake, LookupError when it is not marked.
    """
    return _shared_pool().run(function, content, payload, progress, seconds)


def prepare_children(*functions: str) -> None:
    """Start a reader process at the program's start, so that the first upload finds it warm."""
    _shared_pool().prepare(*functions)


def close_children() -> None:
    """End the reader processes; the next call starts new ones. Done by itself when the program ends."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is not None:
        pool.close()


def _shared_pool() -> ChildPool:
    global _pool
    with _lock:
        if _pool is None:
            _pool = ChildPool()
        return _pool


def _forget_after_fork() -> None:
    """A forked copy of the program must not speak on the pipes of the original."""
    global _lock, _pool
    _lock = threading.Lock()
    _pool = None


atexit.register(close_children)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_after_fork)
