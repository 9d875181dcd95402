"""How far one thing of a cycle is: sign, word, numbers, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from core.cycle.records import Derived


class MarkState(StrEnum):
    """Whether a thing is there; the value is what the user reads."""

    DONE = "есть"
    PART = "частично"
    MISSING = "нет"
    BY_HAND = "отмечают люди"
    CLOSED = "не видно вашей роли"

    @property
    def sign(self) -> str:
        """Return the sign that stands beside the word."""
        return _SIGNS[self]

    @property
    def counts(self) -> bool:
        """Say whether the state says anything of the stage."""
        return self in _COUNTED


_SIGNS = {
    MarkState.DONE: "●", MarkState.PART: "◐", MarkState.MISSING: "○", MarkState.BY_HAND: "✎", MarkState.CLOSED: "–",
}
_COUNTED = frozenset({MarkState.DONE, MarkState.PART, MarkState.MISSING})


@dataclass(frozen=True, slots=True)
class Mark:
    """The state of one thing, the numbers behind it in words, and what is missing as a sentence ("" for nothing)."""

    state: MarkState
    words: str = ""
    missing: str = ""


Marks: TypeAlias = Mapping[Derived, Mark]
MarksByPlace: TypeAlias = Mapping[int, Marks]
"""Marks by the id of the organisation."""

_Rows = TypeVar("_Rows")

BY_HAND = Mark(MarkState.BY_HAND)
CLOSED = Mark(MarkState.CLOSED)


def counted(done: int, whole: int, words: str, missing: str) -> Mark:
    """Return the mark of a thing of which `done` of `whole` are there; nothing at all is missing.

    >>> counted(2, 3, "2 из 3", "осталась одна").state.value, counted(3, 3, "3 из 3", "").state.value
    ('частично', 'есть')
    """
    if done <= 0:
        return Mark(MarkState.MISSING, words if whole else "", missing)
    if done < whole:
        return Mark(MarkState.PART, words, missing)
    return Mark(MarkState.DONE, words)


def each_marked(
    rows: Mapping[int, _Rows], marks: Mapping[Derived, Callable[[_Rows], Mark]]
) -> dict[int, dict[Derived, Mark]]:
    """Return by place the marks that follow from its rows."""
    return {place: {derived: mark(own) for derived, mark in marks.items()} for place, own in rows.items()}
