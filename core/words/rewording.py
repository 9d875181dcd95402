"""What differs between two wordings of a text, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECES = re.compile(r"\S+\s*|\s+")
"""A word with the gap behind it, so that a changed phrase stays in one piece."""


class Change(StrEnum):
    """What happened to a piece of the text; the value is what a reader of the difference is told."""

    KEPT = "без изменений"
    REMOVED = "было"
    ADDED = "стало"


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring words with the gaps between them, all of one fate."""

    change: Change
    text: str


def rewording(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces from which both texts can be put together: kept and removed give the old one, and so on.

    >>> [(piece.change.value, piece.text) for piece in rewording("было 5 классов", "было 6 классов")]
    [('без изменений', 'было '), ('было', '5 '), ('стало', '6 '), ('без изменений', 'классов')]
    """
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    found: list[Piece] = []
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece(Change.KEPT, "".join(before[first:last])))
            continue
        if last > first:
            found.append(Piece(Change.REMOVED, "".join(before[first:last])))
        if end > start:
            found.append(Piece(Change.ADDED, "".join(after[start:end])))
    return tuple(found)
