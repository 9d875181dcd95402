"""Blueprints as plain values: what recognition of a file needs to know, free of the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.blueprints.items import normalise_item_code


@dataclass(frozen=True, slots=True)
class CatalogueCriterion:
    """A criterion inside an item: ГИА protocols print the points of each criterion, the item is their sum."""

    code: str
    max_score: int


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """An item of a known blueprint, as much of it as recognition needs."""

    code: str
    max_score: int
    extended: bool
    """True when the answer is extended (second string of a ГИА protocol)."""
    criteria: tuple[CatalogueCriterion, ...] = ()
    """In the order of the protocol; empty when the item is marked as a whole. Maxima add up to `max_score`."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A known blueprint, handed to `inspect` so that works can be identified and ГИА strings be split."""

    procedure: str
    subject: str
    grade: int
    year_from: int
    year_to: int
    items: tuple[CatalogueItem, ...]

    @property
    def max_score(self) -> int:
        """The greatest primary score."""
        return sum(item.max_score for item in self.items)


def match_by_items(
    catalogue: Iterable[CatalogueEntry], codes: Sequence[str], maxima: Sequence[int | None]
) -> tuple[CatalogueEntry, ...]:
    """Return the entries with exactly these items, in any order; a maximum of None matches any.

    `codes` and `maxima` are parallel. Several entries come back when several works have the same items: then the
    items do not say which work it is.
    """
    wanted = {normalise_item_code(code): maximum for code, maximum in zip(codes, maxima, strict=True)}
    if not wanted or len(wanted) != len(codes):
        return ()
    return tuple(entry for entry in catalogue if _has_items(entry, wanted))


def _has_items(entry: CatalogueEntry, wanted: dict[str, int | None]) -> bool:
    if len(entry.items) != len(wanted):
        return False
    return all(
        item.code in wanted and wanted[item.code] in (None, item.max_score) for item in entry.items
    )


def narrow(
    catalogue: Iterable[CatalogueEntry], procedure: str | None = None, subject: str | None = None,
    grade: int | None = None, year: int | None = None,
) -> tuple[CatalogueEntry, ...]:
    """Return the entries that agree with everything that is known; None stands for «not known»."""
    return tuple(
        entry for entry in catalogue
        if (procedure is None or entry.procedure == procedure)
        and (subject is None or entry.subject == subject)
        and (grade is None or entry.grade == grade)
        and (year is None or entry.year_from <= year <= entry.year_to)
    )
