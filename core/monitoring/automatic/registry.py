"""The registry of calculations by the key that stands in a passport («automatic»)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from core.monitoring.automatic.counted import ByOrganisation, RecordKind
from core.monitoring.automatic.records import Records

Calculation: TypeAlias = Callable[[Records], ByOrganisation]


@dataclass(frozen=True, slots=True)
class Automatic:
    """A calculation and whose records it counts."""

    kind: RecordKind
    calculate: Calculation
    of_vpr: bool = False
    """Whether it stands on results of ВПР, so that no school is judged by it beside others."""

    @property
    def area(self) -> str:
        """Return the area of records that it counts: calculations of one area share what they read."""
        return self.calculate.__module__


_KNOWN: dict[str, Automatic] = {}


def auto(key: str, kind: RecordKind, *, of_vpr: bool = False) -> Callable[[Calculation], Calculation]:
    """Register a calculation: from the records of an area to the own part of each of its organisations."""

    def register(calculate: Calculation) -> Calculation:
        if key in _KNOWN:
            raise ValueError(f"there are two calculations of {key}")
        _KNOWN[key] = Automatic(kind, calculate, of_vpr)
        return calculate

    return register


def automatic(key: str) -> Automatic:
    """Return the calculation with this key; KeyError where there is none."""
    _load()
    return _KNOWN[key]


def automatic_keys() -> frozenset[str]:
    """Return the keys of all calculations."""
    _load()
    return frozenset(_KNOWN)


def _load() -> None:
    """Import the modules whose functions register themselves; they import this module, so it cannot do so above."""
    from core.monitoring.automatic import (  # noqa: F401
        associations,
        development,
        diagnostics,
        fields,
        mentorship,
        planning,
        results,
    )
