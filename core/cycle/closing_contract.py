"""What closing a cycle is about: things that the records tell of, what is decided about each, the note. Plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from zlib import crc32

from core.cycle.closing_tables import Decision, ItemKind, Outcome
from core.cycle.records import RoomName
from core.people.actions import Action

RIGHTS: Final[Mapping[ItemKind, Action]] = {
    ItemKind.FIELD: Action.VIEW,
    ItemKind.MEASURE: Action.VIEW_ROADMAPS,
    ItemKind.RECOMMENDATION: Action.VIEW_RECOMMENDATIONS,
    ItemKind.DEFICIT: Action.VIEW_DEFICITS,
    ItemKind.INDICATOR: Action.VIEW_INDICATORS,
    ItemKind.MENTORSHIP: Action.VIEW_HELP,
}
"""What somebody must be allowed to see in the whole organisation to be shown things of a kind one by one."""

SCREENS: Final[Mapping[ItemKind, str]] = {
    ItemKind.FIELD: "problem-fields",
    ItemKind.MEASURE: "roadmaps",
    ItemKind.RECOMMENDATION: "recommendations",
    ItemKind.DEFICIT: "deficits",
    ItemKind.INDICATOR: "indicators",
    ItemKind.MENTORSHIP: "mentorship",
}
"""Addresses of the screens where things of a kind are worked on."""

ROOMS: Final[Mapping[ItemKind, tuple[RoomName, ...]]] = {
    ItemKind.FIELD: (RoomName.ANALYSIS, RoomName.PLANNING),
    ItemKind.MEASURE: (RoomName.PLANNING,),
    ItemKind.RECOMMENDATION: (RoomName.PLANNING,),
    ItemKind.DEFICIT: (RoomName.DIAGNOSTICS, RoomName.ANALYSIS, RoomName.SUPPORT),
    ItemKind.INDICATOR: (RoomName.MONITORING,),
    ItemKind.MENTORSHIP: (RoomName.SUPPORT,),
}
"""Where things of a kind are worked on, the likeliest room first."""

MEASURED: Final = frozenset({ItemKind.FIELD, ItemKind.DEFICIT})
"""Kinds that rest on results of people: of a small group not even their count is told outside the own school."""


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A thing of a cycle as the records tell it now."""

    kind: ItemKind
    reference: str
    words: str
    outcome: Outcome
    inside: bool = False


@dataclass(frozen=True, slots=True)
class ClosingItem:
    """A thing of a cycle with what is decided about it."""

    item: FoundItem
    decision: Decision
    reason: str
    version: int
    """Of the stored decision; 0 where none is stored."""
    origin_id: int | None
    years: int
    """In how many cycles one after the other it has been met, this one counted."""
    row_id: int | None = None

    @property
    def number(self) -> int:
        """Return what a grid knows the thing by: the same in every reading."""
        return crc32(self.item.reference.encode()) & 0x7FFFFFFF

    @property
    def is_of_few(self) -> bool:
        """Say whether it tells of a group so small that the own school alone knows of it."""
        return self.item.inside and self.item.kind in MEASURED

    @property
    def screen(self) -> str:
        """Return the address of the screen where it is worked on."""
        return SCREENS[self.item.kind]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that the actor sees of what a cycle leaves, and the kinds that they do not see."""

    items: tuple[ClosingItem, ...]
    unseen: tuple[ItemKind, ...] = ()

    @property
    def solved(self) -> tuple[ClosingItem, ...]:
        """Return what was solved."""
        return tuple(one for one in self.items if one.item.outcome is Outcome.SOLVED)

    @property
    def unsettled(self) -> tuple[ClosingItem, ...]:
        """Return what has to be decided about."""
        return tuple(one for one in self.items if one.item.outcome is not Outcome.SOLVED)

    @property
    def for_all(self) -> Findings:
        """Return what may be counted before everybody: without what tells of a small group."""
        return Findings(tuple(one for one in self.items if not one.is_of_few), self.unseen)

    def with_outcome(self, outcome: Outcome) -> tuple[ClosingItem, ...]:
        """Return the things that came out so."""
        return tuple(one for one in self.items if one.item.outcome is outcome)

    def decided(self, decision: Decision) -> tuple[ClosingItem, ...]:
        """Return the things about which it is decided so."""
        return tuple(one for one in self.items if one.decision is decision)

    def counts(self) -> dict[ItemKind, tuple[int, int]]:
        """Return by kind how many were solved, and of how many."""
        whole = Counter(one.item.kind for one in self.items)
        solved = Counter(one.item.kind for one in self.solved)
        return {kind: (solved[kind], whole[kind]) for kind in ItemKind if whole[kind]}


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A line of a section's list: sort, what it is, what is said of it."""

    kind: str
    words: str
    remark: str


@dataclass(frozen=True, slots=True)
class NoteSection:
    """A titled part of the closing note; `rows` are those that the reader may see."""

    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[NoteRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ClosingNote:
    """The closing note of a cycle: written by rules, as people changed it."""

    title: str
    organisation: str
    model: str
    year: int
    closed_on: date | None
    """None: the cycle is still open, and this is the draft."""
    closed_by: str
    sections: tuple[NoteSection, ...]
