"""Names of teachers -> keyed hashes: a file is matched with stored teachers and no name leaves the reader."""

from __future__ import annotations

from core.diagnostics.reading.mapping import NameKeys
from core.intake.pseudonyms import Pseudonyms, normal_name

KEY_NAME = "teacher-names"
"""The secret's name (`core.store.secrets`)."""


def name_keys(key: bytes, *parts: str) -> NameKeys:
    """Return the hashes of a name in one cell or several; none for a text that is no name of two words.

    The whole name is hashed with its words in alphabetical order: «Анна Ветрова» and «Ветрова Анна» are one person.
    Surname and initials are taken in the order of documents: «Ветрова Анна Олеговна» and «Ветрова А. О.» agree.
    """
    words = normal_name(parts).split()
    if len(words) < 2:
        return NameKeys()
    short = (words[0], *(word[0] for word in words[1:3]))
    return NameKeys(_code(key, sorted(words)), _code(key, short))


def _code(key: bytes, words: list[str] | tuple[str, ...]) -> str:
    return Pseudonyms(key).code((" ".join(words),), "", "")
