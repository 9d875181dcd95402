"""Small groups outside the actor's own schools are not shown."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FEWEST_SHOWN = 5
"""Cells with fewer participants are not shown outside the school (design §4)."""


def suppress(participants: ArrayLike, owned: ArrayLike) -> NDArray[np.bool_]:
    """Say which cells must be hidden: fewer than five participants of a unit that is not the actor's own.

    The one place that decides it. An empty cell hides nothing and is not marked.
    """
    n = np.asarray(participants)
    return (n > 0) & (n < FEWEST_SHOWN) & ~np.asarray(owned, dtype=np.bool_)
