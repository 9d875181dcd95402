"""Whether a regulation holds on a day, and which of a model's regulations are there. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.cycle.records import Regulation as RequiredRegulation
from core.people.organisations import normal_name
from core.words import day as day_in_words

SOON = timedelta(days=60)
"""A regulation that ends within so many days is said to be ending, so that a new one is written in time."""


class Validity(StrEnum):
    """Whether a regulation holds; the value is what the user reads."""

    VALID = "действует"
    ENDING = "истекает"
    COMING = "ещё не действует"
    UNDATED = "нет даты принятия"
    ENDED = "не действует"

    @property
    def sign(self) -> str:
        """Return the sign that stands beside the word."""
        return _VALIDITY_SIGNS[self]


class Presence(StrEnum):
    """Whether a regulation that a model stands on is in the register; the value is what the user reads."""

    PRESENT = "есть"
    ENDING = "истекает"
    UNDATED = "нет даты принятия"
    EXPIRED = "не действует"
    MISSING = "нет в реестре"

    @property
    def sign(self) -> str:
        """Return the sign that stands beside the word."""
        return _PRESENCE_SIGNS[self]

    @property
    def is_there(self) -> bool:
        """Say whether one may stand on it."""
        return self in (Presence.PRESENT, Presence.ENDING)


_VALIDITY_SIGNS = {
    Validity.VALID: "●", Validity.ENDING: "◐", Validity.COMING: "◌", Validity.UNDATED: "◌", Validity.ENDED: "○",
}
_PRESENCE_SIGNS = {
    Presence.PRESENT: "●", Presence.ENDING: "◐", Presence.UNDATED: "◌", Presence.EXPIRED: "○", Presence.MISSING: "○",
}
_RANKS = (Validity.VALID, Validity.ENDING, Validity.COMING, Validity.UNDATED, Validity.ENDED)
_PRESENT_AS = {
    Validity.VALID: Presence.PRESENT, Validity.ENDING: Presence.ENDING, Validity.COMING: Presence.EXPIRED,
    Validity.UNDATED: Presence.UNDATED, Validity.ENDED: Presence.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Registered:
    """A regulation of the register, as far as it matters here."""

    id: int
    title: str
    answers: str
    """Name of the regulation of a model that it is; "" where people have not said so."""
    valid_from: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Required:
    """A regulation of a model, whether it is there, and by which of the register."""

    item: RequiredRegulation
    presence: Presence
    ids: tuple[int, ...]
    """Those of the register, the best first."""


def validity(valid_from: date | None, valid_until: date | None, on: date) -> Validity:
    """Return whether what holds from a day until a day with it (None: without a term) holds on a day.

    Without the first day nobody knows that it was adopted at all.

    >>> validity(date(2024, 9, 1), date(2026, 12, 31), date(2026, 11, 22)).value
    'истекает'
    """
    if valid_from is None:
        return Validity.UNDATED
    if valid_until is not None and valid_until < on:
        return Validity.ENDED
    if valid_from > on:
        return Validity.COMING
    if valid_until is not None and valid_until <= on + SOON:
        return Validity.ENDING
    return Validity.VALID


def validity_words(valid_from: date | None, valid_until: date | None, on: date) -> str:
    """Return sign, word and day: «◐ истекает 31.12.2026»."""
    state = validity(valid_from, valid_until, on)
    when = ""
    if state is Validity.COMING and valid_from is not None:
        when = f" до {day_in_words(valid_from)}"
    elif state in (Validity.ENDING, Validity.ENDED) and valid_until is not None:
        when = f" {'с ' if state is Validity.ENDED else ''}{day_in_words(_ended(state, valid_until))}"
    return f"{state.sign} {state.value}{when}"


def required(
    regulations: Sequence[RequiredRegulation], register: Sequence[Registered], on: date
) -> tuple[Required, ...]:
    """Return the regulations of a model with what the register has of each.

    One of the register belongs to one of the model that people named, or that has its title.
    """
    found = []
    for one in regulations:
        own = [row for row in register if _is(row, one.name)]
        ranked = sorted(own, key=lambda row: _RANKS.index(validity(row.valid_from, row.valid_until, on)))
        best = validity(ranked[0].valid_from, ranked[0].valid_until, on) if ranked else None
        presence = Presence.MISSING if best is None else _PRESENT_AS[best]
        found.append(Required(one, presence, tuple(row.id for row in ranked)))
    return tuple(found)


def _is(row: Registered, name: str) -> bool:
    return row.answers == name if row.answers else normal_name(row.title) == normal_name(name)


def _ended(state: Validity, until: date) -> date:
    """Return the first day without the regulation, or its last one while it holds."""
    return until + timedelta(days=1) if state is Validity.ENDED else until
