"""What calamine does not tell of a sheet, read off its raw XML: errors, uncomputed formulas, how far it reaches.

The whole 5 000 × 30 sheet is several megabytes, and bytes.find of one rare character costs a tenth of any longer
search; so the letter "f" (of `<f>`) and "#" (of `<v>#N/A</v>`) are looked for first, and the neighbours afterwards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from core.workbooks.grid import CellError
from core.workbooks.limits import MAX_CELL_ERRORS, MAX_DENSE_CELLS, MAX_ROWS

NOT_COMPUTED: Final = "формула не вычислена"
_DIMENSION: Final = re.compile(rb"<(?:\w+:)?dimension\s[^>]*?ref=[\"'](?:[A-Z]+\d+:)?([A-Z]{1,3})(\d{1,7})[\"']")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](\d{1,9})[\"']")
_REFERENCE: Final = re.compile(rb"\sr=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([^\"']*)[\"']")
_ADDRESS: Final = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})")
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_383
_TEXT_TYPE: Final = re.compile(rb"\st=[\"']str[\"']")
_ERROR_TYPE: Final = re.compile(rb"\st=[\"']e[\"']")
_VALUE: Final = re.compile(rb"\s*<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_FORMULA_END: Final = re.compile(rb"</(?:\w+:)?f\s*>")
_MERGED: Final = re.compile(rb"mergeCell\s+ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_HEAD_BYTES: Final = 4096
_FEW: Final = 64


@dataclass(frozen=True, slots=True)
class SheetScan:
    """Facts about one sheet part. `rows` and `columns` say how far the sheet claims to reach, 0 when unknown."""

    rows: int = 0
    columns: int = 0
    errors: tuple[CellError, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """Merged areas as in `Sheet.merged`."""
    part: str = ""
    """Name of the part of an .xlsx file that was scanned."""


def scan_sheet(raw: bytes) -> SheetScan:
    """Return the facts about a worksheet part of an .xlsx file."""
    start = max(raw.find(b"sheetData"), 0)
    end = raw.rfind(b"sheetData")
    if end <= start:
        return SheetScan()
    columns = rows = 0
    if dimension := _DIMENSION.search(raw, 0, min(start, _HEAD_BYTES)):
        columns = column_index(dimension[1].decode("ascii")) + 1
        rows = int(dimension[2])
    last = raw.rfind(b"row ", start, end)
    if last > 0 and (row := _ROW.match(raw, raw.rfind(b"<", start, last))):
        rows = int(row[1])
    if rows > MAX_ROWS or rows * columns > MAX_DENSE_CELLS:
        rows = min(rows, _last_row_with_value(raw, start, end))
    found: dict[tuple[int, int], str] = {}
    _collect_errors(raw, start, end, found)
    _collect_formulas(raw, start, end, found)
    errors = (CellError(row=row, column=column, text=text) for (row, column), text in sorted(found.items()))
    merged = tuple(
        (int(top) - 1, column_index(left.decode("ascii")), int(bottom) - 1, column_index(right.decode("ascii")))
        for left, top, right, bottom in _MERGED.findall(raw, end)
    )
    return SheetScan(rows=rows, columns=columns, errors=tuple(errors), merged=merged)


def _last_row_with_value(raw: bytes, start: int, end: int) -> int:
    """Return the row of the last cell that holds something: rows that are only formatted cost the reader nothing."""
    value = max(raw.rfind(sign, start, end) for sign in (b"<v", b":v", b"<is", b":is"))
    row = raw.rfind(b"row ", start, value) if value >= 0 else -1
    match = _ROW.match(raw, raw.rfind(b"<", start, row)) if row > 0 else None
    return int(match[1]) if match else 0


def references_in_order(raw: bytes) -> bool:
    """Say whether all cell references of a worksheet part exist in Excel and ascend row by row, left to right."""
    before = (0, -1)
    for match in _CELL.finditer(raw):
        address = _ADDRESS.fullmatch(match[1])
        if address is None:
            return False
        here = (int(address[2]), column_index(address[1].decode("ascii")))
        if here <= before or here[0] > _LAST_ROW or here[1] > _LAST_COLUMN:
            return False
        before = here
    return True


def column_index(letters: str) -> int:
    """Return the column counted from 0 of Excel's letters; inverse of `column_letter`."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _collect_errors(raw: bytes, start: int, end: int, found: dict[tuple[int, int], str]) -> None:
    """Put cells with type «e» into `found`: (row, column) -> text of the error."""
    position = start
    looked = 0
    while len(found) < MAX_CELL_ERRORS:
        # Every error that Excel knows begins with "#"; many other "#" mean plain text, then search the whole pattern.
        position = raw.find(b"#" if looked < _FEW else b">#", position + 1, end)
        if position < 0:
            return
        looked += 1
        text_at = position if raw[position : position + 1] == b"#" else position + 1
        if raw[text_at - 1 : text_at] != b">":
            continue
        cell = _cell_before(raw, text_at, start)
        if cell is not None and _ERROR_TYPE.search(raw, cell, raw.find(b">", cell)):
            close = raw.find(b"<", text_at, end)
            found[_reference(raw, cell, start)] = raw[text_at:close].decode("utf-8", "replace")[:40]


def _collect_formulas(raw: bytes, start: int, end: int, found: dict[tuple[int, int], str]) -> None:
    """Put cells with a formula and no computed value into `found`."""
    position = start
    looked = 0
    while len(found) < MAX_CELL_ERRORS:
        position = raw.find(b"f" if looked < _FEW else b"<f", position + 1, end)
        if position < 0:
            return
        looked += 1
        letter = position if raw[position : position + 1] == b"f" else position + 1
        if raw[letter - 1 : letter] not in (b"<", b":") or raw[letter + 1 : letter + 2] not in (b">", b" ", b"/"):
            continue
        tag_end = raw.find(b">", letter, end)
        after = tag_end + 1
        if raw[tag_end - 1 : tag_end] != b"/":
            closing = _FORMULA_END.search(raw, tag_end, end)
            if closing is None:
                return
            after = closing.end()
        position = after - 1
        if _VALUE.match(raw, after, end):
            continue
        cell = _cell_before(raw, letter, start)
        if cell is not None and not _TEXT_TYPE.search(raw, cell, raw.find(b">", cell)):
            found.setdefault(_reference(raw, cell, start), NOT_COMPUTED)


def _cell_before(raw: bytes, position: int, start: int) -> int | None:
    """Return where the cell tag around `position` begins, whatever prefix its name has."""
    plain = raw.rfind(b"<c ", start, position)
    prefixed = raw.rfind(b":c ", start, position) if raw[start - 1 : start] == b":" else -1
    cell = max(plain, prefixed)
    return cell if cell >= 0 else None


def _reference(raw: bytes, cell: int, start: int) -> tuple[int, int]:
    """Return (row from 1, column from 0) of the cell tag at `cell`; cells without a reference are counted."""
    if match := _REFERENCE.search(raw, cell, raw.find(b">", cell)):
        return int(match[2]), column_index(match[1].decode("ascii"))
    row_at = max(raw.rfind(b"<row", start, cell), start)
    return raw.count(b"<row", start, cell), raw.count(b"<c ", row_at, cell)
