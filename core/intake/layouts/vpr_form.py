"""ВПР «Форма сбора результатов»: what a school fills, version 2026; the total is a formula in prepared rows."""

from __future__ import annotations

from core.intake.context import Context
from core.intake.layouts.base import Book, Match, Reading
from core.intake.sheet_top import SheetTop
from core.intake.tabular.describe import Header, describe
from core.intake.tabular.spec import TableSpec
from core.intake.tabular.table import read_table
from core.intake.titles import read_titles

NAME = "vpr-collection-form"
_REQUIRED = ("код участника", "вариант", "итого баллов")


def recognise(book: Book) -> list[Match]:
    """Return the sheets whose header has code, variant, total, the mark of the term, and items with maxima."""
    matches = []
    for top in book.tops:
        row = top.find_row(*_REQUIRED)
        if row is None:
            continue
        header = _header(top, row)
        if header.items and header.roles.journal_mark is not None and header.roles.school_code is None:
            matches.append(Match(NAME, 1.0, top, row))
    return matches


def read(match: Match, context: Context) -> Reading:
    """Return the work of the sheet. The form names neither school nor subject."""
    top, row = match.top, match.header_row
    header = _header(top, row)
    spec = TableSpec(
        layout=NAME,
        sheet=top.sheet,
        header_row=row,
        first_row=row + 1,
        items=header.items,
        roles=header.roles,
        headers=header.texts,
        twice=header.twice,
        dropped=header.personal,
        found=read_titles(top.sheet.rows[:row]),
        procedure="ВПР",
        ordinal_classes="порядковый номер класса" in top.keys[row],
    )
    work = read_table(spec, context)
    return Reading(works=[work] if work else [])


def _header(top: SheetTop, row: int) -> Header:
    """Return the header; items are the columns with a maximum, for helper columns to the right have none."""
    return describe(top.texts[row], accepts=lambda _code, maximum: maximum is not None)
