"""Sheets by python-calamine: the fast engine for .xlsx and .ods."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import cast

from python_calamine import (
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from core.workbooks import refusals
from core.workbooks.grid import Cell, Sheet
from core.workbooks.limits import MAX_SHEETS
from core.workbooks.packed import PackedFile
from core.workbooks.reading_plain import read_plain
from core.workbooks.scan import SheetScan

_NO_SCAN = SheetScan()


def read_fast(
    content: bytes, scans: Mapping[str, SheetScan], tell: Callable[[float, str], None], packed: PackedFile
) -> list[Sheet]:
    """Return the sheets of a packed workbook whose container was checked before; raise FileRefused if damaged."""
    with refusals.refuse_what_breaks():
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    described = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(described) > MAX_SHEETS:
        raise refusals.too_many_sheets(len(described), MAX_SHEETS)
    sheets: list[Sheet] = []
    for number, description in enumerate(described):
        tell(0.1 + 0.9 * number / len(described), f"Чтение листа «{description.name}»")
        scan = scans.get(description.name, _NO_SCAN)
        with refusals.refuse_what_breaks():
            rows = read_plain(packed, scan.part) if scan.part else None
            if rows is None:
                sheet = book.get_sheet_by_name(description.name)
                rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
        sheets.append(
            Sheet(
                name=description.name,
                rows=rows,
                hidden=description.visible != SheetVisibleEnum.Visible,
                errors=scan.errors,
                merged=scan.merged,
            )
        )
    return sheets
