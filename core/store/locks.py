"""A lock between processes, for what only one of them may do at a time: prepare, migrate, restore."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from core.errors import StoreUnavailable

_STEP_SECONDS = 0.05


@contextmanager
def exclusive(path: Path, seconds: float = 60) -> Iterator[None]:
    """Hold the lock file `path` for the block; the system frees it when the process dies.

    Raises StoreUnavailable when another process keeps it longer than so many seconds, or the folder is not writable.
    """
    deadline = time.monotonic() + seconds
    with _opened(path) as file:
        while not _try_lock(file):
            if time.monotonic() > deadline:
                raise StoreUnavailable(
                    "Базу данных сейчас готовит другой запущенный экземпляр программы.",
                    "Дождитесь окончания и запустите программу ещё раз.",
                )
            time.sleep(_STEP_SECONDS)
        try:
            yield
        finally:
            _unlock(file)


def _opened(path: Path) -> IO[bytes]:
    """Open the lock file, which also shows whether the folder may be written to."""
    try:
        return path.open("a+b")
    except OSError as error:
        raise StoreUnavailable(
            f"В папку «{path.parent}» нельзя записывать.", "Проверьте права на запись или выберите другую папку."
        ) from error


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: IO[bytes]) -> bool:
        """Lock the first byte of the file, or say that somebody else holds it."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        """Free the lock."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[bytes]) -> bool:
        """Lock the file, or say that somebody else holds it."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: IO[bytes]) -> None:
        """Free the lock."""
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
