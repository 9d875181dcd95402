"""Shares of groups by lines with what may be shown of them: the table behind every list of shared deficits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.diagnostics.confirmations import Confirmed, confirmations_in
from core.diagnostics.groups import Group, may_be_shown
from core.diagnostics.lines import Line, lacks
from core.diagnostics.rounds import RoundAnswers
from core.diagnostics.standing import Floats, GroupShares, group_shares, standings


class GroupCells(NamedTuple):
    """Groups × lines: shares, how serious they are, whether they may be shown, what was confirmed of them."""

    shares: GroupShares
    standing: NDArray[np.int8]
    shown: NDArray[np.bool_]
    confirmed: list[list[Confirmed | None]]


def cells_of(
    loaded: RoundAnswers, groups: Sequence[Group], lines: Sequence[Line], confirmations: Sequence[Confirmed],
    places_for: Callable[[Group], frozenset[int]],
) -> GroupCells:
    """Return the cells of all groups; `places_for` says whose confirmations hold for a group by subject."""
    lacking = lacks(loaded.answers, lines)
    shares = group_shares(lacking, [group.rows for group in groups])
    confirmed: list[list[Confirmed | None]] = []
    for group in groups:
        # Most groups have none, and there are many groups.
        here = confirmations_in(confirmations, group, places_for(group)) if confirmations else ()
        confirmed.append(
            [next((one for one in here if one.is_about(line)), None) for line in lines] if here else [None] * len(lines)
        )
    marked = np.array([[one is not None for one in row] for row in confirmed], dtype=np.bool_)
    standing = standings(shares, marked.reshape(shares.asked.shape))
    return GroupCells(shares, standing, shown_cells_of(loaded, groups, lacking), confirmed)


def shown_cells_of(loaded: RoundAnswers, groups: Sequence[Group], lacking: Floats) -> np.ndarray:
    """Return groups × lines: True where the share may be shown. Lines that the same people answered are alike."""
    shown = np.zeros((len(groups), lacking.shape[1]), dtype=np.bool_)
    known: dict[bytes, tuple[bool, ...]] = {}
    for column in range(lacking.shape[1]):
        answered = ~np.isnan(lacking[:, column])
        pattern = answered.tobytes()
        if pattern not in known:
            rows = frozenset(int(row) for row in np.flatnonzero(answered))
            known[pattern] = may_be_shown(loaded.answers.respondents, loaded.area, groups, rows)
        shown[:, column] = known[pattern]
    return shown
