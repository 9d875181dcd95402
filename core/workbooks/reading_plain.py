"""Large .xlsx sheets of plain cells, twice as fast as calamine alone and with the same cells.

`plain_cells` takes apart the rows of numbers and shared strings. All that needs knowledge of the format stays with
calamine, in two small workbooks built in memory: the shared strings, the rows with anything unusual, and one number of
every style (to see which are dates). Wherever the sheet is not as expected the whole of it is left to calamine.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, cast
from xml.parsers.expat import ExpatError, ParserCreate

import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from core.workbooks.grid import Cell, column_letter
from core.workbooks.limits import MAX_KEPT_BYTES
from core.workbooks.packed import PackedFile
from core.workbooks.plain_cells import SMALL, NotPlain, PlainChunk, read_chunk

FEWEST_BYTES: Final = 200_000
"""Smaller sheets are read faster by calamine alone."""
_CHUNK_BYTES: Final = 512 * 1024
_MOST_UNUSUAL: Final = 0.3
_ABREAST: Final = 16
"""Shared strings stand so many in a row of the small workbook."""
_STYLES: Final = "xl/styles.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_NAMESPACE: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_PACKAGE_RELATIONS: Final = (
    f'<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_ENCODING: Final = re.compile(rb"""[^>]{0,60}\sencoding\s*=\s*["']([^"'>]+)["']""")
_ADDRESS: Final = re.compile(rb'(<c(?=\s)[^<>]*?\sr=")([A-Z]{1,3})(\d{1,7})"')

Grid = list[list[Cell]]


def read_plain(packed: PackedFile, part: str) -> Grid | None:
    """Return the cells of a worksheet part exactly as calamine gives them; None when calamine should read it."""
    if not FEWEST_BYTES <= packed.size(part) <= MAX_KEPT_BYTES:
        return None
    raw = packed.read(part)
    begin, end = raw.find(b"<sheetData>") + 11, raw.rfind(b"</sheetData>")
    if begin < 11 or end < begin:
        return None
    try:
        chunks = list(_chunks(raw, begin, end))
        if any(after.numbers[0] <= before.numbers[-1] for before, after in pairwise(chunks)):
            return None
        return _assembled(chunks, _Book(packed, raw[:begin]))
    except (NotPlain, CalamineError, zipfile.BadZipFile, IndexError):
        return None


def _chunks(raw: bytes, begin: int, end: int) -> Iterator[PlainChunk]:
    """Yield the sheet's rows, some hundred kilobytes at a time; give up when too many are unusual."""
    unusual = rows = 0
    while begin < end:
        after = raw.find(b"<row ", begin + _CHUNK_BYTES, end) if begin + _CHUNK_BYTES < end else -1
        after = end if after < 0 else after
        chunk = read_chunk(raw[begin:after])
        unusual += len(chunk.unusual)
        rows += len(chunk.numbers)
        if unusual > max(50, _MOST_UNUSUAL * rows):
            raise NotPlain
        yield chunk
        begin = after


class _Book:
    """Small workbooks with the styles and the shared strings of the one that is read."""

    def __init__(self, packed: PackedFile, head: bytes) -> None:
        """`head` is the worksheet part up to its rows: it declares what the rows may use."""
        encoding = _ENCODING.match(head)
        if encoding is not None and encoding[1].upper() != b"UTF-8":
            raise NotPlain
        if any(b"date1904" in packed.read(name) for name in packed.names if name.endswith("workbook.xml")):
            raise NotPlain
        self._packed = packed
        self._head = head

    def sheets(self, *rows: bytes, strings: bool) -> list[CalamineSheet]:
        """Return one sheet for each text of rows, read by calamine."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            numbers = range(1, len(rows) + 1)
            archive.writestr("_rels/.rels", _PACKAGE_RELATIONS)
            archive.writestr("xl/workbook.xml", _workbook(numbers))
            archive.writestr("xl/_rels/workbook.xml.rels", _relations(numbers))
            for name in (_STYLES, *((_STRINGS,) if strings else ())):
                if name in self._packed:
                    archive.writestr(name, self._packed.read(name))
            for number, text in zip(numbers, rows, strict=True):
                archive.writestr(f"xl/worksheets/sheet{number}.xml", self._head + text + b"</sheetData></worksheet>")
        target.seek(0)
        book = CalamineWorkbook.from_filelike(target)
        return [book.get_sheet_by_index(index) for index in range(len(rows))]


def _assembled(chunks: Sequence[PlainChunk], book: _Book) -> Grid | None:
    """Return all rows: plain cells by their codes, unusual rows as calamine reads them."""
    if not chunks:
        return None
    _require_no_dates(sorted(frozenset().union(*(chunk.styles for chunk in chunks))), book)
    used = _used_strings(chunks)
    unusual = [row for chunk in chunks for row in chunk.unusual]
    first, second = book.sheets(_rows_of_strings(used), _renumbered(unusual), strings=True)
    table = _table(first, used)
    odd = _rows(second)
    numbers = [number for number, _ in unusual]
    last = max(int(chunk.rows[-1]) if len(chunk.rows) else 0 for chunk in chunks)
    last = max(last, numbers[len(odd) - 1] if odd else 0)
    width = max([int(chunk.columns.max(initial=-1)) + 1 for chunk in chunks] + [len(odd[0]) if odd else 0])
    grid: Grid = []
    for chunk in chunks:
        height = min(int(chunk.numbers[-1]), last) - len(grid)
        if height > 0:
            grid.extend(_dense(chunk, table, len(grid) + 1, height, width))
    for number, cells in zip(numbers, odd, strict=False):
        grid[number - 1] = cells + [""] * (width - len(cells))
    return grid


def _dense(chunk: PlainChunk, table: NDArray[np.object_], first: int, height: int, width: int) -> Grid:
    """Return the rows from number `first` on, "" where nothing stands."""
    cells = table[np.maximum(chunk.codes, 0)]
    if chunk.floats:
        floats = np.flatnonzero(chunk.codes < 0)
        cells[floats] = np.array(chunk.floats, dtype=object)[-1 - chunk.codes[floats]]
    rows = np.full((height, width), "", dtype=object)
    rows[chunk.rows - first, chunk.columns] = cells
    return cast(Grid, rows.tolist())


def _require_no_dates(styles: Sequence[bytes], book: _Book) -> None:
    """Raise NotPlain when calamine takes a number of one of these styles for anything but a number."""
    row = b"".join(b'<c r="%s1"%s><v>1</v></c>' % (_letters(index), style) for index, style in enumerate(styles))
    (sheet,) = book.sheets(b'<row r="1">' + row + b"</row>", strings=False)
    if styles and [type(cell) for cell in _rows(sheet)[0]] != [float] * len(styles):
        raise NotPlain


def _used_strings(chunks: Sequence[PlainChunk]) -> list[int]:
    """Return the indices of the shared strings that plain cells name, ascending."""
    highest = max((int(chunk.codes.max(initial=0)) for chunk in chunks), default=0)
    if highest >= MAX_KEPT_BYTES:
        raise NotPlain
    used = np.zeros(highest + 1, dtype=np.bool_)
    for chunk in chunks:
        used[chunk.codes[chunk.codes >= SMALL]] = True
    return [int(code) - SMALL for code in np.flatnonzero(used)]


def _rows_of_strings(used: Sequence[int]) -> bytes:
    letters = [_letters(column).decode() for column in range(_ABREAST)]
    rows = []
    for number, start in enumerate(range(0, len(used), _ABREAST), start=1):
        cells = zip(letters, used[start : start + _ABREAST], strict=False)
        row = "".join(f'<c r="{letter}{number}" t="s"><v>{index}</v></c>' for letter, index in cells)
        rows.append(f'<row r="{number}">{row}</row>')
    return "".join(rows).encode()


def _table(strings: CalamineSheet, used: Sequence[int]) -> NDArray[np.object_]:
    """Return what each code of a plain cell stands for."""
    table = np.full(SMALL + (used[-1] + 1 if used else 0), "", dtype=object)
    table[:SMALL] = [float(number) for number in range(SMALL)]
    rows = _rows(strings)
    if len(rows) != -(-len(used) // _ABREAST) or (rows and len(rows[0]) != min(_ABREAST, len(used))):
        raise NotPlain
    texts = [cell for row in rows for cell in row]
    table[np.array(used, dtype=np.intp) + SMALL] = np.array(texts, dtype=object)[: len(used)]
    return table


def _renumbered(unusual: Sequence[tuple[int, bytes]]) -> bytes:
    """Return the rows with the numbers 1, 2, 3 …, so that they make a small sheet however far apart they stand."""
    rows = []
    for place, (number, raw) in enumerate(unusual, start=1):
        _require_whole(raw)
        head, tag, cells = raw.partition(b">")
        found = _ADDRESS.findall(cells)
        if len(found) != cells.count(b"<c ") or any(int(row) != number for _, _, row in found):
            raise NotPlain
        renamed = _ADDRESS.sub(rb'\g<1>\g<2>%d"' % place, cells)
        rows.append(head.replace(b'r="%d"' % number, b'r="%d"' % place, 1) + tag + renamed)
    return b"".join(rows)


def _require_whole(row: bytes) -> None:
    """Raise NotPlain when a row is no well-formed XML by itself: then its fault may reach into other rows."""
    try:
        ParserCreate().Parse(row, True)
    except ExpatError as error:
        raise NotPlain from error


def _rows(sheet: CalamineSheet) -> Grid:
    return cast(Grid, sheet.to_python(skip_empty_area=False))


def _letters(column: int) -> bytes:
    return column_letter(column).encode("ascii")


def _workbook(numbers: Sequence[int]) -> str:
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
    return f'<workbook xmlns="{_NAMESPACE}" xmlns:r="{_RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def _relations(numbers: Sequence[int]) -> str:
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in numbers
    )
    return f'<Relationships xmlns="{_PACKAGE}">{targets}</Relationships>'
