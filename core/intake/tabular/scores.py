"""Columns of scores to int8 columns: whole columns at once where they are numbers, by distinct value where not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text, folded
from core.intake.matrix import MAX_SCORE, NOT_ADMINISTERED, NOT_ATTEMPTED, Scores
from core.intake.tabular.grid_columns import coded
from core.intake.tabular.spec import Vocabulary
from core.intake.tabular.values import score_value
from core.workbooks.grid import Cell

BLANK = -3
ABSENT = -4
UNUSUAL = -5
"""«-» or «N» in place of «X»: becomes NOT_ATTEMPTED, with a warning."""
BAD = -6
"""Not a score; `core.intake.tabular.diagnosis` says what it is."""

_NUMERIC = (frozenset({float}), frozenset({int}), frozenset({float, int}))


def score_column(cells: Sequence[Cell], vocabulary: Vocabulary) -> Scores:
    """Return one column of scores as int8: 0..127, NOT_ATTEMPTED, NOT_ADMINISTERED or one of the codes above."""
    if frozenset(map(type, cells)) in _NUMERIC:
        numbers = np.array(cells, dtype=np.float64)
        # NaN and infinities fail both comparisons, so only honest numbers take the short way.
        if numbers.size and numbers.min() >= 0 and numbers.max() <= MAX_SCORE:
            whole = numbers.astype(np.int8)
            if np.array_equal(whole, numbers):
                return whole
    return coded(cells, partial(score_code, vocabulary=vocabulary), np.int8)


def score_code(cell: Cell, vocabulary: Vocabulary) -> int:
    """Return the code of one cell (see `score_column`)."""
    value = score_value(cell)
    if value is not None:
        return value if 0 <= value <= MAX_SCORE else BAD
    if isinstance(cell, str) or cell is None:
        return _word_code(folded(cell_text(cell)), vocabulary)
    return BAD


@lru_cache(maxsize=1024)
def _word_code(word: str, vocabulary: Vocabulary) -> int:
    if not word:
        return BLANK
    if word in vocabulary.skipped:
        return NOT_ATTEMPTED
    if word in vocabulary.not_administered:
        return NOT_ADMINISTERED
    if word in vocabulary.absent:
        return ABSENT
    return UNUSUAL if word in vocabulary.skipped_unusual else BAD


def score_matrix(columns: Sequence[Sequence[Cell]], rows: int, vocabulary: Vocabulary) -> NDArray[np.int8]:
    """Return the matrix rows × columns with the codes of `score_column`, one column after another in memory."""
    matrix = np.empty((rows, len(columns)), dtype=np.int8, order="F")
    for index, cells in enumerate(columns):
        matrix[:, index] = score_column(cells, vocabulary)
    return matrix


def points(matrix: NDArray[np.int8]) -> NDArray[np.int16]:
    """Return the sum of points of each row; every code below 0 counts as 0."""
    sums: NDArray[np.int16] = np.maximum(matrix, 0).sum(axis=1, dtype=np.int16)
    return sums
