"""When a difficulty is personal and when it is corporate: shares of groups and the rule. Pure.

Personal: a teacher's value lies below the border of the instrument. Corporate: at least half of at least five teachers
of a subject or an association share it, or a club or an association has confirmed it by discussion (date and minutes);
from 30 % on it is «возможный». The documents give no number, so the borders are a default that can be changed
(domain.md §7.4, design §5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.analysis.intervals import wilson
from core.analysis.partition import Partition

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_HAIR = 1e-12
"""A value equal to a border has reached it, whatever its last binary digit."""


class Standing(IntEnum):
    """What a difficulty is for a group, the weakest first."""

    NO_DATA = 0
    NONE = 1
    FEW = 2
    """Somebody has it, but the group is too small for the rule."""
    PERSONAL = 3
    POSSIBLE = 4
    CORPORATE = 5

    @property
    def words(self) -> str:
        """Return the Russian words."""
        return _STANDING_WORDS[self]

    @property
    def sign(self) -> str:
        """Return the sign that stands beside the colour."""
        return _STANDING_SIGNS[self]


_STANDING_WORDS = {
    Standing.NO_DATA: "нет данных",
    Standing.NONE: "не отмечен",
    Standing.FEW: "мало педагогов для вывода",
    Standing.PERSONAL: "личный",
    Standing.POSSIBLE: "возможный корпоративный",
    Standing.CORPORATE: "корпоративный",
}
_STANDING_SIGNS = {
    Standing.NO_DATA: "–",
    Standing.NONE: "●",
    Standing.FEW: "?",
    Standing.PERSONAL: "◊",
    Standing.POSSIBLE: "▼",
    Standing.CORPORATE: "▼▼",
}


@dataclass(frozen=True, slots=True)
class CorporateRule:
    """From which share 0..1 of how many teachers a difficulty is corporate, and from which it may be."""

    share: float = 0.5
    possible: float = 0.3
    fewest: int = 5


DEFAULT_RULE = CorporateRule()


@dataclass(frozen=True, slots=True)
class GroupShares:
    """Arrays groups × competences (or questions): who answered, who lacks it, the share with its 95 % Wilson interval.

    Shares are 0..1 and NaN where nobody answered.
    """

    asked: Integers
    lacking: Integers
    share: Floats
    low: Floats
    high: Floats


def group_shares(lacks: Floats, groups: Sequence[Sequence[int]]) -> GroupShares:
    """Return for each group (rows of `lacks`) who answered and lacks each competence; a teacher may be in several."""
    asked, count = (np.zeros((len(groups), lacks.shape[1])) for _ in range(2))
    filled = [number for number, rows in enumerate(groups) if len(rows)]
    members = Partition([tuple(dict.fromkeys(groups[number])) for number in filled])
    answered = ~np.isnan(lacks)
    asked[filled] = members.add(answered.astype(np.float64))
    count[filled] = members.add(np.where(answered, lacks, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(asked > 0, count / asked, np.nan)
    low, high = wilson(share, asked)
    return GroupShares(np.rint(asked).astype(np.int64), np.rint(count).astype(np.int64), share, low, high)


def standings(
    shares: GroupShares, confirmed: ArrayLike | None = None, rule: CorporateRule = DEFAULT_RULE
) -> NDArray[np.int8]:
    """Return the `Standing` of each cell; what was confirmed by discussion is corporate whatever its share."""
    with np.errstate(invalid="ignore"):
        corporate = shares.share >= rule.share - _HAIR
        possible = shares.share >= rule.possible - _HAIR
    enough = shares.asked >= rule.fewest
    found = np.select(
        [shares.asked == 0, shares.lacking == 0, ~enough, corporate, possible],
        [Standing.NO_DATA, Standing.NONE, Standing.FEW, Standing.CORPORATE, Standing.POSSIBLE],
        default=Standing.PERSONAL,
    )
    if confirmed is not None:
        found = np.where(np.asarray(confirmed, dtype=np.bool_), Standing.CORPORATE, found)
    return found.astype(np.int8)
