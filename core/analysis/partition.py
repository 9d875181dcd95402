"""Adding up rows of classes into rows of bigger units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Partition:
    """Which rows make up each unit. A row may belong to several units; each unit has at least one."""

    def __init__(self, members: Sequence[Sequence[int]]) -> None:
        self.order: NDArray[np.intp] = np.array([row for rows in members for row in rows], dtype=np.intp)
        self.firsts: NDArray[np.intp] = np.cumsum([0, *(len(rows) for rows in members[:-1])]).astype(np.intp)
        self.sizes: NDArray[np.intp] = np.array([len(rows) for rows in members], dtype=np.intp)
        self._is_plain = bool((self.order == np.arange(self.order.size)).all())

    def add(self, rows: Floats, axis: int = 0) -> Floats:
        """Return the sums of each unit's rows along the axis."""
        if not self.sizes.size:
            return np.zeros([0 if place == axis else size for place, size in enumerate(rows.shape)])
        taken = rows
        if not (self._is_plain and rows.shape[axis] == self.order.size):
            taken = np.take(rows, self.order, axis=axis)
        if self.sizes.size == self.order.size:
            return taken
        result: Floats = np.add.reduceat(taken, self.firsts, axis=axis)
        return result

    def spread(self, units: Floats) -> Floats:
        """Return the unit's value for each of its rows, in the order of `order`."""
        result: Floats = np.repeat(units, self.sizes, axis=0)
        return result
