"""A roadmap as the official table: the columns that orders use, and the columns of control behind them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from core.planning.roadmap_tables import IndicatorKind, MeasureKind
from core.planning.statuses import MeasureStatus

OFFICIAL_HEADERS = (
    "№ п/п", "Наименование мероприятия", "Срок исполнения (месяц, год)", "Индикативные показатели", "Исполнители",
)
"""Columns of the roadmap of the Никольский район (приказ от 13.10.2020 № 70)."""

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})*")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as the document shows it; `number` has no full stop at its end. Control columns may be unknown."""

    number: str
    title: str
    deadline: str = ""
    indicator: str = ""
    owner: str = ""
    expected_result: str = ""
    kind: MeasureKind | None = None
    status: MeasureStatus | None = None
    status_note: str = ""
    progress: int | None = None
    done_on: date | None = None
    indicator_kind: IndicatorKind | None = None
    target: float | None = None
    unit: str = ""
    value: float | None = None
    weight: float | None = None
    co_owners: str = ""

    @property
    def official_number(self) -> str:
        """Return the number as documents write it: «5.» at the top, «5.1» below."""
        return self.number if "." in self.number else f"{self.number}."


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Where a row hangs: index of the row above it in the list (None: the top) and its place among siblings from 1."""

    parent: int | None
    position: int


@dataclass(frozen=True, slots=True)
class RoadmapTable:
    """A whole table with its title and what was noticed on reading it."""

    title: str
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = field(default=())
    """Sentences on what was renumbered or left out, with the row."""


def places_of(rows: Sequence[TableRow]) -> tuple[list[TablePlace], list[str]]:
    """Return where each row hangs by its number, and what was noticed.

    A row without a number stands beside the row before it. A number whose parent is missing hangs on the nearest
    parent there is. Numbers are kept by the program: gaps close, and that is said.
    """
    by_number: dict[str, int] = {}
    places: list[TablePlace] = []
    notes: list[str] = []
    counts: dict[int | None, int] = {}
    real: dict[int | None, str] = {None: ""}
    for index, row in enumerate(rows):
        number = row.number.strip().rstrip(".")
        if not _NUMBER.fullmatch(number):
            parent = places[-1].parent if places else None
        elif number in by_number:
            parent = places[by_number[number]].parent
            notes.append(f"Номер {number} встречается дважды: второй пункт стоит после первого.")
        else:
            parent = _parent_of(number, by_number)
        counts[parent] = counts.get(parent, 0) + 1
        places.append(TablePlace(parent, counts[parent]))
        own = f"{real[parent]}.{counts[parent]}" if parent is not None else str(counts[parent])
        real[index] = own
        if _NUMBER.fullmatch(number):
            by_number.setdefault(number, index)
            if own != number:
                notes.append(f"Пункт {number} получил номер {own}.")
    return places, notes


def _parent_of(number: str, by_number: dict[str, int]) -> int | None:
    """Return the index of the nearest row above a number."""
    above = number
    while "." in above:
        above = above.rpartition(".")[0]
        if above in by_number:
            return by_number[above]
    return None
