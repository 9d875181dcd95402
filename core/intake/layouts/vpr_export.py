"""Raw regional exports of ВПР: 2020 («a-1-grade»), 2021 («балл за 1»), 2022 (sheets «Классы» and «Протокол»)."""

from __future__ import annotations

import re

from core.intake.context import Context
from core.intake.layouts.base import Book, Match, Reading
from core.intake.sheet_top import SheetTop
from core.intake.tabular.describe import Header, describe
from core.intake.tabular.spec import TableSpec
from core.intake.tabular.table import read_table
from core.intake.titles import read_titles

_SIGNATURES: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    ("vpr-export-2020", ("code", "klass"), re.compile(r"a-\d+-grade")),
    ("vpr-export-2021", ("логин школы", "код обучающегося"), re.compile(r"балл за \d+")),
    ("vpr-export-2022", ("пользователь", "код", "вариант", "итого баллов"), re.compile(r".+\(\s*\d+\s*б\.?\s*\)")),
)
"""Layout, columns that it must have, how its items are written."""


def recognise(book: Book) -> list[Match]:
    """Return the sheets in one of the three layouts."""
    matches = []
    for top in book.tops:
        for name, required, item in _SIGNATURES:
            row = top.find_row(*required)
            if row is not None and any(item.fullmatch(key) for key in top.keys[row]):
                matches.append(Match(name, 1.0, top, row))
                break
    return matches


def read(match: Match, context: Context) -> Reading:
    """Return the work of the sheet with all schools and classes.

    The columns of 2020 and 2021 are numbered through and not as in the work (domain.md §1.3).
    """
    top, row = match.top, match.header_row
    header = _header(match.layout, top, row)
    spec = TableSpec(
        layout=match.layout,
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
        sequential_items=match.layout != "vpr-export-2022",
    )
    work = read_table(spec, context)
    return Reading(works=[work] if work else [])


def _header(layout: str, top: SheetTop, row: int) -> Header:
    pattern = next(item for name, _, item in _SIGNATURES if name == layout)
    items = {column for column, key in enumerate(top.keys[row]) if pattern.fullmatch(key)}
    known = describe([text if column not in items else "" for column, text in enumerate(top.texts[row])],
                     accepts=lambda _code, _maximum: False)
    found = describe([text if column in items else "" for column, text in enumerate(top.texts[row])])
    return Header(known.roles, found.items, tuple(top.texts[row]), known.personal, found.twice)
