"""A first guess for the mapping screen, where a table was not recognised for sure."""

from __future__ import annotations

from core.intake.contract import Mapping
from core.intake.layouts.base import Book
from core.intake.sheet_top import SheetTop
from core.intake.tabular.describe import describe
from core.intake.tabular.header_rows import SEARCHED, FoundHeader, find_header


def suggest_mapping(book: Book) -> Mapping | None:
    """Return the most likely reading of the sheet with most items; None when no sheet has a header-like row."""
    best: tuple[int, SheetTop, FoundHeader] | None = None
    for top in book.tops:
        found = find_header(top) or _widest_row(top)
        if found is not None and (best is None or len(found.header.items) > best[0]):
            best = (len(found.header.items), top, found)
    if best is None:
        return None
    _, top, found = best
    roles = found.header.roles
    return Mapping(
        sheet=top.sheet.name,
        header_row=found.header_row + 1,
        first_row=found.first_row + 1,
        items={item.column: (item.code, item.max_score or 1) for item in found.header.items},
        code=roles.code if roles.code is not None or roles.name else roles.number,
        name=roles.name,
        school=roles.school_code if roles.school_code is not None else roles.school_name,
        class_name=roles.class_name,
        variant=roles.variant,
        total=roles.total,
        mark=roles.mark,
        journal_mark=roles.journal_mark,
    )


def _widest_row(top: SheetTop) -> FoundHeader | None:
    """Return the first row with most texts as a header without items."""
    rows = [(sum(map(bool, texts)), -index) for index, texts in enumerate(top.texts[:SEARCHED])]
    filled, index = max(rows, default=(0, 0))
    if filled < 2:
        return None
    header = describe(top.texts[-index])
    return FoundHeader(header, -index, -index + 1, False)
