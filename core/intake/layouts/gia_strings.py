"""The two result strings of a ГИА protocol: one character a short answer, «score(maximum)» an extended one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text
from core.intake.matrix import NOT_ATTEMPTED
from core.intake.tabular.scores import BAD, BLANK
from core.workbooks.grid import Cell

_PAIR = re.compile(r"(\d{1,2}|[-X])\((\d{1,2})\)", re.ASCII)
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
    return "".join(cell_text(cell).split()).translate(_SAME) if cell else ""


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
    pairs = [_PAIR.findall(text) for text in texts]
    shapes = Counter(tuple(int(top) for _, top in found) for found in pairs if found)
    if not shapes:
        width = _usual(map(len, texts))
        plain, odd = _short_points(texts, width)
        return plain, (None,) * width, odd
    maxima: tuple[int | None, ...] = shapes.most_common(1)[0][0]
    points = np.full((len(texts), len(maxima)), BAD, dtype=np.int8)
    misread: list[int] = []
    for line, (text, found) in enumerate(zip(texts, pairs, strict=True)):
        honest = sum(len(score) + len(top) + 2 for score, top in found) == len(text)
        row = [NOT_ATTEMPTED if score == "X" else 0 if score == "-" else int(score) for score, _ in found]
        if not honest or tuple(int(top) for _, top in found) != maxima or any(
            score > (top or 0) for score, top in zip(row, maxima, strict=True)
        ):
            misread.append(line)
        else:
            points[line] = row
    return points, maxima, misread
