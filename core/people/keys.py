"""The installation's key: made at the first start, outside the database and its backups.

Everything that proves who somebody is passes through it, so a copy of the database alone opens nothing, and a session
of another installation does not work here.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken

from core.store.secrets import secret


@dataclass(frozen=True, slots=True, repr=False)
class InstallationKey:
    """The key in memory, with what is done by it. It never appears in texts or logs."""

    value: bytes

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
        return hmac.digest(self.value, purpose.encode(), hashlib.sha256)

    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self._derived("encryption")))


def new_token() -> str:
    """Return 256 random bits for a cookie, a ticket or a link."""
    return secrets.token_urlsafe(32)


def installation_key() -> InstallationKey:
    """Return the installation's key, made at the first call of all; see `core.store.secrets` for what it raises."""
    return InstallationKey(secret("server.key"))
