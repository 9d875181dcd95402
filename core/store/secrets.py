"""Secrets of the installation: made when first needed, kept in files that only their owner can read.

They lie outside the database and are never part of its backups: whoever has a key and a list of names can tell who a
pupil's code is. Back them up apart.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import time
from pathlib import Path

from core.errors import StoreUnavailable
from core.store.files import make_private_directory, settle_directory
from core.store.settings import store_directory

SECRET_BYTES = 48
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_FOREIGN_RIGHTS = stat.S_IRWXG | stat.S_IRWXO


def secret(name: str) -> bytes:
    """Return the secret of this name, 48 random bytes, making it at the first call of all processes.

    Names are short words of Latin letters, digits, «-», «_» and «.». Raises StoreUnavailable when the file can be read
    by others (on systems that know such rights), has been cut, or cannot be made.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name of a secret: {name!r}")
    folder = store_directory() / "secrets"
    path = folder / name
    if not path.exists():
        make_private_directory(store_directory())
        make_private_directory(folder)
        _make(path)
    _require_private(folder)
    _require_private(path)
    value = path.read_bytes()
    if len(value) != SECRET_BYTES:
        raise StoreUnavailable(
            f"Файл секрета «{path}» повреждён: в нём {len(value)} байт вместо {SECRET_BYTES}.",
            "Верните его из отдельной копии секретов: без него коды участников и входы не совпадут с прежними.",
        )
    return value


def _make(path: Path) -> None:
    """Write a new secret under its name at once whole; when another process was faster, its secret stands."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    try:
        descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        finally:
            draft.unlink()
        settle_directory(path.parent)
    except OSError as error:
        raise StoreUnavailable(
            f"Не удалось создать файл секрета «{path}».", "Проверьте права на запись в папку и место на диске."
        ) from error


def _require_private(path: Path) -> None:
    """Refuse a file or folder that others may look into. Windows has no such rights: its folders are per user."""
    if os.name == "posix" and path.stat().st_mode & _FOREIGN_RIGHTS:
        kind, mode = ("Папка", "700") if path.is_dir() else ("Файл", "600")
        raise StoreUnavailable(
            f"{kind} «{path}» с секретами программы доступны другим пользователям компьютера.",
            f"Закройте доступ: chmod {mode} «{path}».",
        )
