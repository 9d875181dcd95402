"""Codes in place of names: a keyed hash, so that the same pupil gets the same code and nobody can guess back."""

from __future__ import annotations

import hmac
import re

from core.intake.cells import as_cyrillic

PREFIX = "П-"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_NOT_LETTERS = re.compile(r"[^а-яa-z0-9]+")


def normal_name(parts: tuple[str, ...]) -> str:
    """Return a person's name for comparing: lower case, «ё» as «е», Latin look-alikes as Cyrillic, letters only."""
    joined = as_cyrillic(" ".join(parts)).casefold().replace("ё", "е")
    return _NOT_LETTERS.sub(" ", joined).strip()


class Pseudonyms:
    """Gives codes to persons of one file. `key` must not be empty: an unkeyed hash of a name can be searched."""

    def __init__(self, key: bytes) -> None:
        if not key:
            raise ValueError("a key is needed")
        self._key = key
        self._taken: dict[str, tuple[str, str]] = {}

    def code(self, name: tuple[str, ...], school: str, class_name: str, document: str = "") -> str:
        """Return «П-» and 10 base32 characters (50 bits) of HMAC-SHA256(key, name | school | class).

        The document tells namesakes of one class apart: the second of them gets a suffix, as does a chance
        collision. The same person always gets the same code within a file.
        """
        message = "|".join((normal_name(name), school.casefold(), class_name.casefold()))
        digest = hmac.digest(self._key, message.encode(), "sha256")
        base = PREFIX + _base32(digest)
        person = (message, document)
        code, number = base, 1
        while self._taken.setdefault(code, person) != person:
            number += 1
            code = f"{base}-{number}"
        return code


def _base32(digest: bytes) -> str:
    """Return the first 50 bits as 10 base32 characters (RFC 4648)."""
    bits = int.from_bytes(digest[:7], "big") >> 6
    return "".join(_PAIRS[bits >> shift & 1023] for shift in (40, 30, 20, 10, 0))
