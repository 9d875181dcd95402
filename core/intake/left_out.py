"""Sheets that are not read, and workbooks in which nothing is recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.blueprints.items import parse_item_header
from core.intake.cells import folded
from core.intake.context import Context
from core.intake.layouts.base import Book, Match
from core.intake.layouts.registry import recognise
from core.intake.sheet_top import SheetTop
from core.workbooks.grid import Workbook

_SERVICE = frozenset({"служебный", "порядковый номер класса", "классы", "списки", "справочник", "инструкция"})
"""Sheets of the collection form and the exports that hold lists and no results."""
_FEWEST_ROWS = 4
_MOJIBAKE = re.compile(r"(?:[РС][\u00a0-\u00bf\u0400-\u045f‚ѓ„…†‡€‰‹‘’“”•–—™›]){3,}")
_FEWEST_ITEMS = 4


def report_left_out(workbook: Workbook, matches: Sequence[Match], context: Context) -> None:
    """Warn about hidden sheets and about further sheets with data that are not read."""
    read = {match.top.sheet.name for match in matches}
    for sheet in workbook.sheets:
        if sheet.name in read or folded(sheet.name) in _SERVICE or not sheet.rows:
            continue
        name = sheet.name
        if sheet.hidden:
            context.findings.add(
                "warning", "hidden_sheet", f"Лист «{name}» скрыт и не загружается.",
                "Если на нём результаты, откройте его в Excel и загрузите файл ещё раз.", sheet=name,
            )
        elif len(sheet.rows) >= _FEWEST_ROWS:
            context.findings.add(
                "warning", "sheet_not_read", f"Лист «{name}» не похож на таблицу результатов и не загружается.",
                "Если на нём результаты, проверьте его шапку.", sheet=name,
            )


def report_unreadable(book: Book, context: Context) -> None:
    """Report why a workbook may not have been recognised: hidden results, broken encoding, participants in columns."""
    hidden = tuple(replace(sheet, hidden=False) for sheet in book.workbook.sheets if sheet.hidden)
    found = recognise(Book(replace(book.workbook, sheets=hidden))) if hidden else None
    if found is not None:
        name = found[1][0].top.sheet.name
        context.findings.add(
            "error", "results_hidden", f"Таблица с результатами стоит на скрытом листе «{name}».",
            "Откройте книгу в Excel, покажите этот лист (правая кнопка на ярлыках листов → «Показать») и сохраните.",
            sheet=name,
        )
        return
    for top in book.tops:
        if any(_MOJIBAKE.search(text) for texts in top.texts for text in texts):
            context.findings.add(
                "error", "broken_encoding",
                "Текст в файле испорчен неверной кодировкой: вместо русских букв — сочетания вида «РљРѕРґ».",
                "Выгрузите файл заново в кодировке UTF-8 или Windows-1251.", sheet=top.sheet.name,
            )
            return
        row = _transposed(top)
        if row is not None:
            context.findings.add(
                "error", "transposed", "Похоже, ученики расположены по столбцам, а задания — по строкам.",
                "Поверните таблицу: в Excel «Специальная вставка» → «Транспонировать».",
                sheet=top.sheet.name, row=row + 1,
            )
            return


def _transposed(top: SheetTop) -> int | None:
    """Return the row at which items begin to stand one under another in the first column, or None."""
    for column in (0, 1):
        codes: list[str] = []
        first = 0
        for index, texts in enumerate(top.texts):
            parsed = parse_item_header(texts[column]) if column < len(texts) else None
            if parsed is None or not parsed[0][0].isdecimal():
                if len(codes) >= _FEWEST_ITEMS:
                    break
                codes = []
                continue
            first = index if not codes else first
            codes.append(parsed[0])
        # Running numbers of participants look the same; items there have their maxima or parts in the code.
        told = any(not code.isdecimal() for code in codes) or any("б)" in texts[column] for texts in top.texts if
                                                                  column < len(texts))
        if len(set(codes)) >= _FEWEST_ITEMS and len(set(codes)) == len(codes) and told:
            return first
    return None
