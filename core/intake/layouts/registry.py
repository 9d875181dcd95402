"""All layouts, in the order in which they are asked."""

from __future__ import annotations

from core.intake.layouts import (
    fisoko_aggregate,
    fisoko_individual,
    fisoko_outcomes,
    gia_protocol,
    survey,
    tidy,
    vpr_export,
    vpr_form,
    wide_table,
)
from core.intake.layouts.base import Book, Layout, Match

CERTAIN = 1.0
LAYOUTS: tuple[Layout, ...] = (
    fisoko_individual, vpr_form, vpr_export, gia_protocol, fisoko_aggregate, fisoko_outcomes, tidy, survey, wide_table,
)


def recognise(book: Book) -> tuple[Layout, list[Match]] | None:
    """Return the layout that claims the workbook with the greatest confidence and its sheets, or None."""
    best: tuple[Layout, list[Match]] | None = None
    for layout in LAYOUTS:
        if best is not None and best[1][0].confidence >= CERTAIN:
            break
        matches = layout.recognise(book)
        if matches and (best is None or matches[0].confidence > best[1][0].confidence):
            best = (layout, matches)
    return best
