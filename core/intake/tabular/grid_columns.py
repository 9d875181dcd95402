"""Columns of a sheet's body, and functions of cells computed once a distinct value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.intake.cells import cell_text, clean
from core.workbooks.grid import Cell

Value = TypeVar("Value")
Number = TypeVar("Number", np.int8, np.int16, np.intp)


class _Memo(dict[Cell, Value], Generic[Value]):
    """Results of a function by its argument, computed when first asked for."""

    def __init__(self, function: Callable[[Cell], Value]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, cell: Cell) -> Value:
        value = self[cell] = self._function(cell)
        return value


def columns_of(rows: Sequence[Sequence[Cell]], width: int) -> list[tuple[Cell, ...]]:
    """Return at least `width` columns, each as long as there are rows; short rows are filled with ""."""
    same_length = len(set(map(len, rows))) <= 1
    found: list[tuple[Cell, ...]] = list(zip(*rows, strict=True) if same_length else zip_longest(*rows, fillvalue=""))
    empty: tuple[Cell, ...] = ("",) * len(rows)
    return found + [empty] * (width - len(found))


def texts(cells: Sequence[Cell]) -> list[str]:
    """Return the cleaned text of each cell."""
    if set(map(type, cells)) == {str}:
        return [cell if cell.isascii() and cell.isalnum() else clean(cell) for cell in cells if isinstance(cell, str)]
    return mapped(cells, cell_text)


def mapped(cells: Sequence[Cell], function: Callable[[Cell], Value]) -> list[Value]:
    """Return function(cell) of each cell, called once a distinct value."""
    return list(map(_lookup(cells, function), cells))


def coded(cells: Sequence[Cell], function: Callable[[Cell], int], dtype: type[Number]) -> NDArray[Number]:
    """Return function(cell) of each cell as an array of `dtype`, called once a distinct value."""
    return np.fromiter(map(_lookup(cells, function), cells), dtype, len(cells))


def _lookup(cells: Sequence[Cell], function: Callable[[Cell], Value]) -> Callable[[Cell], Value]:
    """Return the function, remembering its results unless TRUE stands in the cells: as a key it would equal 1."""
    return function if bool in set(map(type, cells)) else _Memo(function).__getitem__
