"""Files of evidence on the disk, in a folder of their own and under names that we make."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from core.errors import StoreUnavailable
from core.store.files import make_private_directory, settle_directory
from core.store.settings import store_directory

_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")


def attachments_directory() -> Path:
    """Return the folder of attachments beside the database."""
    return store_directory() / "attachments"


def keep(content: bytes, ending: str) -> str:
    """Write the content under a new name and return the name; only the owner of the program can read it.

    Raises StoreUnavailable when the disk is full or the folder cannot be written to; nothing half-written stays.
    """
    name = f"{secrets.token_hex(16)}.{ending}"
    folder = attachments_directory()
    make_private_directory(folder)
    draft = folder / f".{name}"
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / name)
        settle_directory(folder)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreUnavailable(
            f"Файл не удалось сохранить в папку «{folder}».", "Проверьте место на диске и права на запись."
        ) from error
    return name


def fetch(name: str, sha256: str) -> bytes:
    """Return the content; raise StoreUnavailable when the file is gone or differs from what was kept."""
    try:
        content = _path(name).read_bytes()
    except OSError as error:
        raise StoreUnavailable(
            "Приложенный файл не найден в хранилище.",
            "Верните его из резервной копии (python -m core restore) или приложите файл заново.",
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoreUnavailable(
            "Приложенный файл повреждён: его контрольная сумма не совпадает.",
            "Верните его из резервной копии (python -m core restore) или приложите файл заново.",
        )
    return content


def forget(name: str) -> None:
    """Remove a file that no row names, after a transaction that failed."""
    _path(name).unlink(missing_ok=True)


def is_name(name: str) -> bool:
    """Say whether a file of this name can be one of ours."""
    return bool(_NAME.fullmatch(name))


def _path(name: str) -> Path:
    """Return where a file lies; ValueError for a name that is not one of ours."""
    if not is_name(name):
        raise ValueError(f"not a name of an attachment: {name!r}")
    return attachments_directory() / name
