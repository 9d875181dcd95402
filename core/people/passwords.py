"""Passwords: hashing and checking. What a good password is stands in `core.people.password_policy`."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import bcrypt

from core.errors import StoreUnavailable

COST = 12
"""bcrypt's cost: 2^12 rounds, 0.23 s of one core where it was measured (security.md §2.3)."""
INITIAL_LENGTH = 16
LONGEST = 128
"""Most characters of a password that are looked at."""

_AT_ONCE = threading.BoundedSemaphore(2)
"""A flood of sign-ins must not take the processor from those who work."""
_PATIENCE_SECONDS = 20
_ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without characters that look alike: 0 and O, 1, l and I."""


def normal_password(password: str) -> str:
    """Return a password as it is hashed: without blanks at the ends, in Unicode's form NFKC (SP 800-63B-4).

    The form of the sign-in strips the ends, too; so a password is the same wherever it was typed.
    """
    return unicodedata.normalize("NFKC", password).strip()


def hash_password(password: str) -> str:
    """Return the bcrypt hash of base64(SHA-256(password)): bcrypt by itself looks at 72 bytes only."""
    with _one_of_two():
        return bcrypt.hashpw(_digest(password), bcrypt.gensalt(COST)).decode()


def check_password(password: str, stored: str | None) -> bool:
    """Say whether the password belongs to the hash.

    Without a hash (an unknown login, a person who signs in through a provider) the same work is done in vain, so that
    nobody learns from the time which logins exist.
    """
    if len(password) > LONGEST:
        password, stored = password[:LONGEST], None
    with _one_of_two():
        matches = bcrypt.checkpw(_digest(password), (stored or _nobodys_hash()).encode())
    return matches and stored is not None


def needs_rehash(stored: str) -> bool:
    """Say whether the hash was made at a lower cost than today's."""
    return int(stored.split("$")[2]) < COST


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A random password, to be shown once, and its hash."""

    text: str = field(repr=False)
    hashed: str = field(repr=False)


def new_password() -> NewPassword:
    """Return a random password of 93 bits, to be given to a person and changed by them."""
    text = "".join(secrets.choice(_ALPHABET) for _ in range(INITIAL_LENGTH))
    return NewPassword(text, hash_password(text))


def _digest(password: str) -> bytes:
    return base64.b64encode(hashlib.sha256(normal_password(password).encode("utf-8", "surrogatepass")).digest())


def _nobodys_hash() -> str:
    """Return a well-formed hash of today's cost that no password has been found to have."""
    return f"$2b${COST:02d}${'.' * 53}"


@contextmanager
def _one_of_two() -> Iterator[None]:
    """Let at most two passwords be hashed at a time. Raises StoreUnavailable when the queue is too long."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE_SECONDS):
        raise StoreUnavailable("Слишком много людей входит одновременно.", "Повторите вход через минуту.")
    try:
        yield
    finally:
        _AT_ONCE.release()
