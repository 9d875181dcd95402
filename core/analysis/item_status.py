"""Threshold and status of single items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.elements import ItemTraits
from core.analysis.items import ItemStatistics
from core.analysis.status import Status, Thresholds, probability_below, statuses


@dataclass(frozen=True, slots=True)
class ItemStatuses:
    """Threshold (share 0..1) and status of I items."""

    threshold: NDArray[np.float64]
    status: tuple[Status, ...]


def item_statuses(items: Sequence[ItemTraits], found: ItemStatistics, thresholds: Thresholds) -> ItemStatuses:
    """Return threshold and status of each item; `found` are the statistics of the same items."""
    limits = np.array([thresholds.of_level(item.level) for item in items], dtype=np.float64).reshape(-1, 2)
    chance = probability_below(found.facility, found.effective_n, limits[:, 0])
    codes = statuses(chance, found.facility, limits[:, 1])
    return ItemStatuses(limits[:, 0], tuple(Status(int(code)) for code in codes))
