"""The chain as typed steps and links: problem field → deficit → recommendation → measure → help → effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sqlmodel import Session

from core.people.scope import Scope


class ChainKind(StrEnum):
    """The steps in their order; the value is what the user reads."""

    FIELD = "Проблемное поле"
    DEFICIT = "Дефицит педагогов"
    RECOMMENDATION = "Рекомендация"
    MEASURE = "Мероприятие"
    HELP = "Методическая помощь"
    EFFECT = "Изменение результата"


@dataclass(frozen=True, slots=True)
class Door:
    """A screen with its address: where something stands or is done."""

    path: str
    label: str
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One object of a step: what it is, how far it is, and where it stands."""

    kind: ChainKind
    title: str
    state: str
    note: str = ""
    door: Door | None = None


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step with its links; without any, `advice` says what to do next, and `door` where."""

    kind: ChainKind
    links: tuple[ChainLink, ...]
    advice: str
    door: Door | None


@dataclass(frozen=True, slots=True)
class Focus:
    """What a chain is about: the problem fields and deficits by their keys, the first one named in words."""

    keys: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of a focus; the steps stand in the order of `ChainKind`."""

    focus: Focus
    steps: tuple[ChainStep, ...]


Provider: TypeAlias = Callable[[Session, Scope, Focus], Sequence[ChainLink]]
"""Finds the links of one step; it shows only what the actor sees."""
