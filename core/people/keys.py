"""The installation's key: made at the first start, outside the database and its backups.

Everything that proves who somebody is passes through it, so a copy of the database alone opens nothing, and a session
of another installation does not work here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from core.errors import StoreUnavailable
from core.store.files import make_private_directory
from core.store.locks import exclusive
from core.store.settings import store_directory

KEY_BYTES = 48
_OTHERS_MAY_READ = 0o077


@dataclass(frozen=True, slots=True, repr=False)
class InstallationKey:
    """The key in memory, with what is done by it. It never appears in texts or logs."""

    secret: bytes

    def fingerprint(self, purpose: str, text: str) -> str:
        """Return the keyed hash (HMAC-SHA256, 64 hexadecimal digits) of a text for one purpose."""
        return hmac.digest(self._derived(purpose), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()

    def encrypt(self, text: str) -> str:
        """Return a secret as it can be stored."""
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, stored: str) -> str | None:
        """Return the stored secret, None when another key made it."""
        try:
            return self._fernet().decrypt(stored.encode()).decode()
        except InvalidToken:
            return None

    def _derived(self, purpose: str) -> bytes:
        return hmac.digest(self.secret, purpose.encode(), hashlib.sha256)

    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._derived("encryption")))


def new_token() -> str:
    """Return 256 random bits for a cookie, a ticket or a link."""
    return secrets.token_urlsafe(32)


def installation_key(directory: Path | None = None) -> InstallationKey:
    """Return the key in the folder of run-time files (the configured one by default), made when there is none.

    Raises StoreUnavailable when others may read the file or it is damaged: then all secrets must be considered known.
    """
    folder = (directory or store_directory()) / "secrets"
    path = folder / "server.key"
    if not path.exists():
        make_private_directory(folder)
        with exclusive(folder / "server.lock"):
            if not path.exists():
                _write_key(path)
    if os.name == "posix" and path.stat().st_mode & _OTHERS_MAY_READ:
        raise StoreUnavailable(
            f"Файл ключа «{path}» доступен другим пользователям компьютера.",
            "Закройте доступ командой chmod 600. Если файл могли прочитать, удалите его: будет создан новый ключ, "
            "и всем придётся войти заново.",
        )
    secret = path.read_bytes().strip()
    if len(secret) < KEY_BYTES:
        raise StoreUnavailable(
            f"Файл ключа «{path}» повреждён.", "Верните его из копии или удалите: всем придётся войти заново."
        )
    return InstallationKey(secret)


def _write_key(path: Path) -> None:
    """Put a new key in place at once, never half of it."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        os.write(descriptor, secrets.token_urlsafe(KEY_BYTES).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(path)
