"""One reader process as the program sees it: started, called, killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from core.errors import InvalidInput, Place, QualityError
from core.workbooks.allowed import Payload, Progress
from core.workbooks.channel import ChannelClosed, Kind, flush, receive, send, send_json
from core.workbooks.refusals import FileRefused

_PROGRAM: Final = Path(__file__).resolve().parents[2]
_START: Final = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from core.workbooks.child import serve; "
_KEPT_ENVIRONMENT: Final = (
    *("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "LANG", "LC_ALL", "HOME"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "USERPROFILE"),
)
_START_SECONDS: Final = 60.0
_END_SECONDS: Final = 5.0


class ChildDied(Exception):
    """The process ended in the middle of a call: crashed, out of memory, or killed."""


class ChildTimedOut(Exception):
    """The process used up the time allowed for the call."""


class ChildFailed(QualityError):
    """The called function has a mistake; `detail` names the error and the lines, never a value of the file."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            "Не удалось разобрать файл из-за ошибки в программе.",
            "Сообщите администратору: подробности записаны в журнал программы.",
        )
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call brought back, and how much memory (bytes) the process holds after it."""

    data: bytes
    memory: int


class ChildProcess:
    """A running reader process. One call at a time; after an exception other than QualityError it is of no use."""

    def __init__(self, modules: Iterable[str] = ()) -> None:
        """Start the process without waiting for it. `modules` are imported ahead of the first call."""
        self.calls = 0
        self._started = False
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-c",
                _START + "serve(json.loads(sys.argv[2]))",
                json.dumps([str(_PROGRAM), *(entry for entry in sys.path if entry)]),
                json.dumps(sorted(modules)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._outgoing = cast(BinaryIO, self._process.stdin)
        self._incoming = cast(BinaryIO, self._process.stdout)

    @property
    def process_id(self) -> int:
        """Return the number of the process in the system."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Say whether the process still runs."""
        return self._process.poll() is None

    def call(
        self, function: str, content: bytes, payload: Payload, seconds: float, progress: Progress | None
    ) -> Answer:
        """Run a marked function in the process and return its answer.

        Raises ChildDied, ChildTimedOut, ChildFailed, or the QualityError that the function raised there. Whatever
        else interrupts it (the progress callback may raise) leaves the process killed.
        """
        self.calls += 1
        late = threading.Event()
        try:
            if not self._started:
                with _Deadline(self, _START_SECONDS, late):
                    self._expect_ready()
            with _Deadline(self, seconds, late):
                self._send(function, content, payload, seconds)
                return self._outcome(progress)
        except ChannelClosed as error:
            self.kill()
            if late.is_set() or self._process.returncode == -getattr(signal, "SIGXCPU", 0):
                raise ChildTimedOut from error
            raise ChildDied(f"exit status {self._process.returncode}") from error
        except QualityError:
            raise
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """End the process at once and wait for it; calling it again does nothing."""
        self._process.kill()
        for stream in (self._outgoing, self._incoming):
            with suppress(OSError):
                stream.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)

    def stop_soon(self) -> None:
        """End the process from another thread while a call waits for it; the call then raises."""
        self._process.kill()

    def _expect_ready(self) -> None:
        kind, _ = receive(self._incoming)
        if kind is not Kind.READY:
            raise ChannelClosed
        self._started = True

    def _send(self, function: str, content: bytes, payload: Payload, seconds: float) -> None:
        values = {key: value for key, value in payload.items() if isinstance(value, bytes)}
        plain = {key: value for key, value in payload.items() if key not in values}
        head = {"function": function, "payload": plain, "seconds": int(seconds) + 1, "bytes": list(values)}
        send_json(self._outgoing, Kind.CALL, head)
        for value in values.values():
            send(self._outgoing, Kind.VALUE, value)
        send(self._outgoing, Kind.CONTENT, content)
        flush(self._outgoing)

    def _outcome(self, progress: Progress | None) -> Answer:
        memory = 0
        while True:
            kind, body = receive(self._incoming)
            if kind is Kind.PROGRESS:
                if progress is not None:
                    share, words = json.loads(body)
                    progress(float(share), str(words))
            elif kind is Kind.MEMORY:
                memory = int(json.loads(body))
            elif kind is Kind.RESULT:
                return Answer(body, memory)
            elif kind is Kind.REFUSAL:
                raise _refusal(body)
            elif kind is Kind.FAILURE:
                failure = json.loads(body)
                raise ChildFailed(f"{failure['error']}: {' < '.join(reversed(failure['frames']))}")
            else:
                raise ChannelClosed


class _Deadline:
    """Kills the process when the time is over; `late` then says that it was the clock."""

    def __init__(self, child: ChildProcess, seconds: float, late: threading.Event) -> None:
        self._child = child
        self._late = late
        self._timer = threading.Timer(seconds, self._strike)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _strike(self) -> None:
        self._late.set()
        self._child.stop_soon()


def _environment() -> dict[str, str]:
    """Return what the process needs to start, and nothing that it has no business to know."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2", "PYTHONUTF8": "1"}


def _refusal(body: bytes) -> QualityError:
    """Return the QualityError that was raised in the process."""
    told = json.loads(body)
    place = Place(*told["place"]) if told["place"] else None
    if told["code"]:
        return FileRefused(told["code"], told["message"], told["advice"], place)
    return InvalidInput(told["message"], told["advice"], place)
