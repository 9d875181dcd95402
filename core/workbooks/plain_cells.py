"""The plain cells of a worksheet part, found with whole-array operations: numbers and shared strings.

A large sheet of results is millions of bytes of `<c r="G9" s="3"><v>1</v></c>`. Rows that hold nothing but such cells
are taken apart here, a chunk of rows at a time; every byte between `<row …>` and `</row>` is accounted for, and a row
with anything else (formula, text in the cell, error, logical value) is listed as unusual for another reader.
The form of the elements: ECMA-376, part 1, 18.3.1 (`sheetData`, `row`, `c`, `v`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]

SMALL: Final = 256
"""Whole numbers below this one stand in `PlainChunk.codes` as themselves."""
_MARGIN: Final = 32
_MOST_KINDS: Final = 60
_ROW: Final = re.compile(rb'<row r="([1-9]\d{0,6})"(?: [A-Za-z][\w:.]*="[^"<>]*")*/?>', re.ASCII)
_TAIL: Final = re.compile(rb'((?: s="\d{1,5}")?(?: t="([ns])")?)(/?)>')
_NUMBER: Final = re.compile(rb"-?\d{1,40}(?:\.\d{1,40})?(?:[eE][-+]?\d{1,3})?")


def _word(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text, "little"))


_ROW_END: Final = _word(b"</row>")
_CELL_END: Final = _word(b"</v></c>")
_CELL_START: Final = _word(b'<c r="')
_ZEROS: Final = _word(b"00000000")
_QUOTE: Final = _word(b'"')
_EIGHT: Final = np.uint64(8)


class NotPlain(Exception):
    """The part is not built as expected: another reader has to take the whole sheet."""


@dataclass(frozen=True, slots=True)
class PlainChunk:
    """Some successive rows. The arrays `rows`, `columns` and `codes` have one value a cell that holds something.

    `codes`: a whole number below SMALL as itself; SMALL + index of a shared string; −1 − index into `floats`.
    """

    numbers: Integers
    """Numbers of all rows of the chunk as Excel counts, ascending."""
    rows: Integers
    """Number of each cell's row."""
    columns: Integers
    """Column of each cell, counted from 0."""
    codes: Integers
    floats: list[float]
    unusual: list[tuple[int, bytes]]
    """Number and XML of the rows that are not plain."""
    styles: frozenset[bytes]
    """Attributes (` s="3"`) with which numbers stand here: a style may make a date of a number."""


@dataclass(frozen=True, slots=True)
class _Source:
    raw: bytes
    bytes: NDArray[np.uint8]
    words: Words
    """The eight bytes from each position on."""


def read_chunk(raw: bytes) -> PlainChunk:
    """Take apart `raw`: complete rows, one after another. Raise NotPlain where that is not what it holds."""
    padded = raw + bytes(_MARGIN)
    source = _Source(
        raw, np.frombuffer(padded, np.uint8), np.ndarray((len(raw) + _MARGIN - 8,), np.dtype("<u8"), padded, 0, (1,))
    )
    data = source.bytes
    opened, first, second = data[:-2] == 0x3C, data[1:-1], data[2:]
    if (opened & ((first == 0x21) | (first == 0x3F))).any():
        raise NotPlain
    starts = np.flatnonzero(opened & (first == 0x72) & (second == 0x6F))
    numbers, bodies = _row_heads(raw, starts)
    bounds = np.append(starts, len(raw))
    closed = source.words[bounds[1:] - 6] & _low_bytes(6) == _ROW_END
    cells = np.flatnonzero(opened & (first == 0x63) & (second == 0x20))
    values = np.flatnonzero(opened & (first == 0x76) & (second == 0x3E))
    ends = np.flatnonzero(opened & (first == 0x2F) & (second == 0x76))
    per_row = [np.diff(np.searchsorted(found, bounds)) for found in (cells, values, ends)]
    plain = closed & (per_row[1] == per_row[2]) & (per_row[0] > 0)
    if int(np.count_nonzero(opened)) != 2 * len(starts) + len(cells) + 3 * len(values) or not plain.all():
        tags = np.diff(np.searchsorted(np.flatnonzero(opened), bounds))
        plain &= tags == 2 + per_row[0] + 3 * per_row[1]
        cells, values, ends = (
            found[np.repeat(plain, counts)] for found, counts in zip((cells, values, ends), per_row, strict=True)
        )
    row_of = np.repeat(np.arange(len(starts))[plain], per_row[0][plain])
    return _read_cells(source, numbers, bodies, bounds, plain, cells, values, ends, row_of)


def _row_heads(raw: bytes, starts: Integers) -> tuple[Integers, Integers]:
    """Return the number of each row and where its cells begin."""
    numbers, bodies = [], []
    for start in starts.tolist():
        head = _ROW.match(raw, start)
        if head is None:
            raise NotPlain
        numbers.append(int(head[1]))
        bodies.append(head.end())
    found = np.array(numbers, dtype=np.int64)
    if not len(found) or starts[0] != 0 or (np.diff(found) <= 0).any():
        raise NotPlain
    return found, np.array(bodies, dtype=np.int64)


def _read_cells(
    source: _Source, numbers: Integers, bodies: Integers, bounds: Integers, plain: Flags, cells: Integers,
    values: Integers, ends: Integers, row_of: Integers,
) -> PlainChunk:
    """Read the cells of the rows that look plain; a row in which one of them is not becomes unusual."""
    count = len(cells)
    following = np.append(cells[1:], 0)
    last = np.append(np.diff(row_of) != 0, True) if count else np.zeros(0, dtype=np.bool_)
    following[last] = bounds[row_of[last] + 1] - 6
    owners = np.arange(count) if len(values) == count else np.searchsorted(cells, values) - 1
    if len(values) and ((np.diff(owners) <= 0).any() or owners[0] < 0):
        raise NotPlain
    tag_ends = following.copy()
    tag_ends[owners] = values
    valued = np.zeros(count, dtype=np.bool_)
    valued[owners] = True
    good = source.words[cells] & _low_bytes(6) == _CELL_START
    firsts = np.append(True, last[:-1]) if count else last
    good[firsts] &= cells[firsts] == bodies[row_of[firsts]]
    good[owners] &= (source.words[ends] == _CELL_END) & (ends + 8 == following[owners]) & (values < ends)
    columns, address_ends = _addresses(source, numbers, cells, row_of, good)
    in_row = ~firsts
    good[in_row] &= np.diff(columns, prepend=0)[in_row] > 0
    shared, styles = _kinds(source, address_ends, tag_ends, valued, good)
    codes, floats = _codes(source, values + 3, ends, shared[owners], owners, good)
    bad_rows = np.unique(row_of[~good])
    plain = plain.copy()
    plain[bad_rows] = False
    kept = plain[row_of[owners]]
    unusual = [
        (int(numbers[row]), source.raw[bounds[row] : bounds[row + 1]]) for row in np.flatnonzero(~plain).tolist()
    ]
    return PlainChunk(
        numbers, numbers[row_of[owners][kept]], columns[owners][kept], codes[kept], floats, unusual, styles
    )


def _addresses(
    source: _Source, numbers: Integers, cells: Integers, row_of: Integers, good: Flags
) -> tuple[Integers, Integers]:
    """Return the column of each cell and where its address ends; a cell that is not of its row is not good."""
    words = source.words[cells + 6]
    second = (words >> _EIGHT) & np.uint64(0xFF)
    two = second >= np.uint64(65)
    letter = (words & np.uint64(0xFF)).astype(np.int64) - 65
    other = second.astype(np.int64) - 65
    good &= (letter >= 0) & (letter < 26) & (other < 26)
    columns = np.where(two, (letter + 1) * 26 + other, letter)
    texts = [b'%d"' % number for number in numbers.tolist()]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    expected = np.array([int.from_bytes(text[:6], "little") for text in texts], dtype=np.uint64)
    digits = words >> np.where(two, np.uint64(16), _EIGHT)
    own = lengths[row_of]
    # Six bytes stand in the word after two letters: enough for rows to 99 999; longer numbers are looked at again.
    good &= digits & _LOW[np.minimum(own, 6)] == expected[row_of]
    columns_end = cells + 6 + np.where(two, 2, 1)
    if lengths.max() > 6:
        rest = np.array([int.from_bytes(text[6:], "little") for text in texts], dtype=np.uint64)
        good &= source.words[columns_end + 6] & _LOW[np.maximum(own - 6, 0)] == rest[row_of]
    return columns, columns_end + own


def _kinds(
    source: _Source, begins: Integers, tag_ends: Integers, valued: Flags, good: Flags
) -> tuple[Flags, frozenset[bytes]]:
    """Say which cells hold a shared string, and with which attributes numbers stand; other cells are not good."""
    lengths = tag_ends - begins
    good &= (lengths > 0) & (lengths <= 16)
    shared = np.zeros(len(begins), dtype=np.bool_)
    styles: set[bytes] = set()
    left = np.flatnonzero(good)
    own = lengths[left]
    low = source.words[begins[left]] & _LOW[np.minimum(own, 8)]
    high = source.words[begins[left] + 8] & _LOW[np.maximum(own - 8, 0)]
    for _ in range(_MOST_KINDS):
        if not len(left):
            return shared, frozenset(styles)
        same = (low == low[0]) & (high == high[0])
        members = left[same]
        tail = _TAIL.fullmatch(source.raw[begins[left[0]] : tag_ends[left[0]]])
        if tail is None:
            good[members] = False
        else:
            good[members] &= valued[members] != bool(tail[3])
            if tail[2] == b"s":
                shared[members] = True
            elif not tail[3]:
                styles.add(tail[1])
        low, high, left = low[~same], high[~same], left[~same]
    raise NotPlain


def _codes(
    source: _Source, begins: Integers, ends: Integers, shared: Flags, owners: Integers, good: Flags
) -> tuple[Integers, list[float]]:
    """Return the code of each value (see PlainChunk) and the numbers that are not small."""
    codes = source.bytes[begins].astype(np.int64) - 48
    lengths = ends - begins
    fine = (lengths == 1) & (codes >= 0) & (codes < 10)
    longer = np.flatnonzero(~fine & (lengths > 0) & (lengths <= 8))
    shift = np.uint64(64) - (lengths[longer] * 8).astype(np.uint64)
    word = (source.words[begins[longer]] ^ _ZEROS) << shift
    whole = ((word | (word + np.uint64(0x0606060606060606))) & np.uint64(0xF0F0F0F0F0F0F0F0)) == 0
    word = (word * np.uint64(2561)) >> _EIGHT
    word = ((word & np.uint64(0x00FF00FF00FF00FF)) * np.uint64(6553601)) >> np.uint64(16)
    word = ((word & np.uint64(0x0000FFFF0000FFFF)) * np.uint64(42949672960001)) >> np.uint64(32)
    codes[longer[whole]] = word[whole].astype(np.int64)
    fine[longer[whole]] = True
    good[owners[shared & ~fine]] = False
    floats: list[float] = []
    for place in np.flatnonzero(~shared & (~fine | (codes >= SMALL))).tolist():
        text = source.raw[begins[place] : ends[place]]
        if _NUMBER.fullmatch(text):
            floats.append(float(text))
            codes[place] = -len(floats)
        else:
            good[owners[place]] = False
    codes[shared] += SMALL
    return codes, floats


def _low_bytes(count: int) -> np.uint64:
    return np.uint64(2 ** (8 * count) - 1)


_LOW: Final = np.array([2 ** (8 * count) - 1 for count in range(9)], dtype=np.uint64)
