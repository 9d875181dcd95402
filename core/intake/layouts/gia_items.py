"""Positions of the result strings to items of the work: by the blueprint where it is known, in a row where not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.blueprints.entries import CatalogueEntry, CatalogueItem, narrow
from core.intake.context import Context
from core.intake.contract import AssessmentKey
from core.intake.layouts.gia_strings import Answers
from core.intake.matrix import NOT_ATTEMPTED
from core.intake.tabular.scores import BAD, BLANK


def entry_of(answers: Answers, key: AssessmentKey, context: Context) -> CatalogueEntry | None:
    """Return the only known work whose short and extended answers have the strings' shape."""
    known = narrow(context.request.catalogue, key.procedure, key.subject, key.grade, key.year)
    reached = answers.points[:, : answers.short].max(axis=0, initial=0)
    found = [entry for entry in known if _has_shape(entry, answers, reached)]
    works = {(entry.procedure, entry.subject, entry.grade) for entry in found}
    return found[-1] if len(works) == 1 else None


def _has_shape(entry: CatalogueEntry, answers: Answers, reached: NDArray[np.int8]) -> bool:
    short = [item.max_score for item in entry.items if not item.extended]
    long = [top for item in entry.items if item.extended for top in _parts(item)]
    return (
        len(short) == answers.short
        and len(long) == len(answers.long_maxima)
        and all(printed in (None, top) for printed, top in zip(answers.long_maxima, long, strict=True))
        and bool((reached <= np.array(short, dtype=np.int16)).all())
    )


def _parts(item: CatalogueItem) -> list[int]:
    """Return the maxima of an extended item's positions in the protocol: of its criteria, or its own."""
    return [criterion.max_score for criterion in item.criteria] or [item.max_score]


def items_by_entry(answers: Answers, entry: CatalogueEntry) -> tuple[list[tuple[str, int]], NDArray[np.int8]]:
    """Return (code, maximum) of the entry's items, and the matrix lines × items in their order."""
    positions: list[Sequence[int]] = []
    short, long = 0, answers.short
    for item in entry.items:
        if not item.extended:
            positions.append((short,))
            short += 1
        else:
            width = len(_parts(item))
            positions.append(range(long, long + width))
            long += width
    columns = [_together(answers.points[:, list(own)]) for own in positions]
    return [(item.code, item.max_score) for item in entry.items], np.stack(columns, axis=1)


def items_in_a_row(answers: Answers) -> tuple[list[tuple[str, int]], NDArray[np.int8]]:
    """Return items 1, 2, 3 …, short answers first; a maximum that is not printed is the greatest score met."""
    reached = answers.points.max(axis=0, initial=1)
    printed = (None,) * answers.short + answers.long_maxima
    items = [
        (str(number), int(top) if maximum is None else maximum)
        for number, (maximum, top) in enumerate(zip(printed, reached, strict=True), start=1)
    ]
    return items, answers.points


def _together(points: NDArray[np.int8]) -> NDArray[np.int8]:
    """Return the sum of an item's criteria a line; NOT_ATTEMPTED only where all are; BAD and BLANK lines stay so."""
    if points.shape[1] == 1:
        return points[:, 0]
    summed: NDArray[np.int8] = np.maximum(points, 0).sum(axis=1, dtype=np.int8)
    summed[(points == NOT_ATTEMPTED).all(axis=1)] = NOT_ATTEMPTED
    for code in (BAD, BLANK):
        summed[(points == code).any(axis=1)] = code
    return summed
