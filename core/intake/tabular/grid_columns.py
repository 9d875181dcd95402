"""Columns of a sheet's body, and texts of a column computed once a distinct value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TypeVar

from core.intake.cells import cell_text
from core.workbooks.grid import Cell

Value = TypeVar("Value")


def columns_of(rows: Sequence[Sequence[Cell]], width: int) -> list[tuple[Cell, ...]]:
    """Return at least `width` columns, each as long as there are rows; short rows are filled with ""."""
    found: list[tuple[Cell, ...]] = list(zip_longest(*rows, fillvalue=""))
    empty: tuple[Cell, ...] = ("",) * len(rows)
    return found + [empty] * (width - len(found))


def texts(cells: Sequence[Cell]) -> list[str]:
    """Return the cleaned text of each cell."""
    if all(type(cell) is str for cell in cells):
        return [cell_text(cell) for cell in cells]
    return mapped(cells, cell_text)


def mapped(cells: Sequence[Cell], function: Callable[[Cell], Value]) -> list[Value]:
    """Return function(cell) of each cell, called once a distinct value. TRUE and 1 are told apart."""
    if bool in set(map(type, cells)):
        return [function(cell) for cell in cells]
    values = {cell: function(cell) for cell in set(cells)}
    return [values[cell] for cell in cells]
