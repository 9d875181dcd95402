"""The two result strings of a ГИА protocol: one character a short answer, «score(maximum)» an extended one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text, clean
from core.intake.matrix import NOT_ATTEMPTED
from core.intake.tabular.scores import BAD, BLANK
from core.workbooks.grid import Cell

_PAIR = re.compile(r"(\d{1,2}|[-X])\((\d{1,2})\)", re.ASCII)
_PAIR_WIDTH = len("2(2)")
_DIGIT = 9
_LOOKED_AT = 200
"""So many strings are looked at for the maxima that they print."""
_SAME = str.maketrans("−–—Ххx", "---XXX")
_POINTS = np.full(256, BAD, dtype=np.int8)
_POINTS[ord("+")] = 1
_POINTS[ord("-")] = 0
_POINTS[ord("X")] = NOT_ATTEMPTED
for _digit in range(10):
    _POINTS[ord("0") + _digit] = _digit


@dataclass(frozen=True, slots=True)
class Answers:
    """Points by position of the strings: lines × (short + extended), with the codes of `tabular.scores`.

    `short` is how many positions are short answers, `long_maxima` the printed maximum of each extended one (None
    where the string prints none), `misread` the lines whose string could not be taken, by part of the protocol.
    """

    points: NDArray[np.int8]
    short: int
    long_maxima: tuple[int | None, ...]
    misread: tuple[tuple[int, bool], ...]
    """(line, True when the short string is meant)."""


def parse_answers(short_cells: Sequence[Cell] | None, long_cells: Sequence[Cell] | None, lines: int) -> Answers:
    """Return the points of all lines. Strings of another length than most are misread: their line is BAD throughout."""
    short = [""] * lines if short_cells is None else [_plain(cell) for cell in short_cells]
    long = [""] * lines if long_cells is None else [_plain(cell) for cell in long_cells]
    width = _usual(map(len, short))
    short = [text.zfill(width) if text.isdecimal() else text for text in short]
    left, left_misread = _short_points(short, width)
    right, maxima, right_misread = _long_points(long)
    points = np.concatenate([left, right], axis=1)
    empty = np.array([not (a or b) for a, b in zip(short, long, strict=True)], dtype=np.bool_)
    points[[line for line in (*left_misread, *right_misread) if not empty[line]]] = BAD
    points[empty] = BLANK
    misread = [(line, True) for line in left_misread] + [(line, False) for line in right_misread]
    return Answers(points, width, maxima, tuple(pair for pair in misread if not empty[pair[0]]))


def _plain(cell: Cell) -> str:
    """Return a string of answers without spaces and line breaks, with one kind of dash and of «X»."""
    text = "".join(cell.split()) if isinstance(cell, str) else cell_text(cell)
    return text if text.isascii() else clean(text).translate(_SAME)


def _usual(lengths: Sequence[int] | map[int]) -> int:
    """Return the most frequent length above 0, 0 when every string is empty."""
    counts = Counter(length for length in lengths if length)
    return counts.most_common(1)[0][0] if counts else 0


def _short_points(texts: Sequence[str], width: int) -> tuple[NDArray[np.int8], list[int]]:
    misread = [line for line, text in enumerate(texts) if len(text) != width]
    joined = "".join(text if len(text) == width else " " * width for text in texts)
    raw = np.frombuffer(joined.encode("latin-1", "replace"), dtype=np.uint8).reshape(len(texts), width)
    points = _POINTS[raw]
    odd = map(int, np.flatnonzero((points == BAD).any(axis=1)))
    misread += [line for line in odd if len(texts[line]) == width]
    return points, sorted(misread)


def _long_points(texts: Sequence[str]) -> tuple[NDArray[np.int8], tuple[int | None, ...], list[int]]:
    width = _usual(map(len, texts))
    example = next((text for text in texts if len(text) == width and _PAIR.match(text)), "")
    if not example:
        plain, odd = _short_points(texts, width)
        return plain, (None,) * width, odd
    maxima = _usual_maxima(texts)
    if max(maxima) <= _DIGIT and width == _PAIR_WIDTH * len(maxima):
        points, misread = _pairs_at_once(texts, maxima, width)
    else:
        points, misread = _pairs_one_by_one(texts, maxima)
    return points, tuple(maxima), misread


def _usual_maxima(texts: Sequence[str]) -> tuple[int, ...]:
    """Return the maxima that most of the first strings print."""
    shapes = Counter(
        tuple(int(top) for _, top in found) for text in texts[:_LOOKED_AT] if (found := _PAIR.findall(text))
    )
    if not shapes:
        shapes = Counter(tuple(int(top) for _, top in found) for text in texts if (found := _PAIR.findall(text)))
    return shapes.most_common(1)[0][0]


def _pairs_at_once(texts: Sequence[str], maxima: Sequence[int], width: int) -> tuple[NDArray[np.int8], list[int]]:
    """Read «2(2)0(3)…» of one length as columns of characters: all scores and maxima have one digit."""
    joined = "".join(text if len(text) == width else " " * width for text in texts)
    raw = np.frombuffer(joined.encode("latin-1", "replace"), np.uint8).reshape(len(texts), len(maxima), _PAIR_WIDTH)
    tops = np.array(maxima, dtype=np.int8)
    points = _POINTS[raw[:, :, 0]]
    framed = (raw[:, :, 1] == ord("(")) & (raw[:, :, 3] == ord(")")) & (raw[:, :, 2] == tops + ord("0"))
    points[~framed | (raw[:, :, 0] == ord("+")) | (points > tops)] = BAD
    return points, [int(line) for line in np.flatnonzero((points == BAD).any(axis=1))]


def _pairs_one_by_one(texts: Sequence[str], maxima: Sequence[int]) -> tuple[NDArray[np.int8], list[int]]:
    points = np.full((len(texts), len(maxima)), BAD, dtype=np.int8)
    misread: list[int] = []
    for line, text in enumerate(texts):
        found = _PAIR.findall(text)
        honest = sum(len(score) + len(top) + 2 for score, top in found) == len(text)
        row = [NOT_ATTEMPTED if score == "X" else 0 if score == "-" else int(score) for score, _ in found]
        same = [int(top) for _, top in found] == list(maxima)
        if honest and same and all(score <= top for score, top in zip(row, maxima, strict=True)):
            points[line] = row
        else:
            misread.append(line)
    return points, misread
