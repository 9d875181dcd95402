"""The reader process: waits warm for calls on its standard input, works under limits, answers on its standard output.

Started by `core.workbooks.process`. It sees no database, no secret and no environment of the program; what it writes
by mistake to standard output or error goes nowhere.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import BinaryIO, Final

from core.errors import QualityError
from core.workbooks.allowed import Payload, allowed_function
from core.workbooks.channel import ChannelClosed, Kind, flush, receive, send, send_json
from core.workbooks.refusals import FileRefused

MEMORY_BYTES: Final = 2 * 2**30
OPEN_FILES: Final = 64
_PROGRESS_EVERY: Final = 0.05
_WARM_MODULES: Final = ("numpy", "python_calamine", "openpyxl", "xlrd", "core.workbooks.reading")


def serve(modules: list[str]) -> None:
    """Import everything ahead, set the limits and answer calls until the program closes the pipe."""
    incoming, outgoing = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in (*_WARM_MODULES, *modules):
        importlib.import_module(name)
    _limit_process()
    sys.dont_write_bytecode = True
    gc.collect()
    gc.freeze()
    try:
        send(outgoing, Kind.READY, b"")
        flush(outgoing)
        while True:
            _answer(incoming, outgoing)
            gc.enable()
            gc.collect()
    except ChannelClosed:
        return


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return private copies of standard input and output and point the public ones at nothing."""
    incoming = os.fdopen(os.dup(0), "rb")
    outgoing = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)
    return incoming, outgoing


def _answer(incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Run one call and send its outcome. Out of memory ends the process: the program knows what to do then."""
    kind, body = receive(incoming)
    if kind is not Kind.CALL:
        raise ChannelClosed
    call = json.loads(body)
    payload: dict[str, str | int | float | bool | bytes | None] = dict(call["payload"])
    for key in call["bytes"]:
        payload[key] = receive(incoming)[1]
    content = receive(incoming)[1]
    _limit_processor_time(call["seconds"])
    gc.disable()
    try:
        answer, reply = _run(call["function"], content, payload, outgoing)
    except MemoryError:
        os._exit(1)
    send_json(outgoing, Kind.MEMORY, _memory_in_use())
    send(outgoing, answer, reply)
    flush(outgoing)


def _run(name: str, content: bytes, payload: Payload, outgoing: BinaryIO) -> tuple[Kind, bytes]:
    sent = 0.0

    def progress(share: float, words: str) -> None:
        nonlocal sent
        now = time.monotonic()
        if now - sent >= _PROGRESS_EVERY:
            sent = now
            send_json(outgoing, Kind.PROGRESS, [share, words])
            flush(outgoing)

    try:
        return Kind.RESULT, allowed_function(name)(content, payload, progress)
    except QualityError as error:
        return Kind.REFUSAL, _refusal(error)
    except (MemoryError, ChannelClosed):
        raise
    except Exception as error:
        # Whatever went wrong belongs into the program's log, but a message may quote a cell, so it stays here.
        frames = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in _frames(error)]
        return Kind.FAILURE, json.dumps({"error": type(error).__name__, "frames": frames}).encode("ascii")


def _frames(error: Exception) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(error.__traceback__))


def _refusal(error: QualityError) -> bytes:
    place = error.place
    shown = [place.sheet, place.row, place.column, place.field] if place else None
    code = error.code if isinstance(error, FileRefused) else None
    return json.dumps({"message": error.message, "advice": error.advice, "place": shown, "code": code}).encode("ascii")


def _limit_process() -> None:
    """Limit memory, files and core dumps where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        _lower(what, most)


def _limit_processor_time(seconds: int) -> None:
    """Let the system end this process when one call uses more processor time than `seconds` (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1)


def _lower(what: int, most: int) -> None:
    import resource

    _, hard = resource.getrlimit(what)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(what, (wanted, hard))
    except (ValueError, OSError):
        return


def _memory_in_use() -> int:
    """Return the resident bytes of this process, its peak where only that is known, 0 where nothing is known."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
