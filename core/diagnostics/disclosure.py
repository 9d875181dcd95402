"""Which groups of teachers may be shown with their shares, so that no small group can be found by subtraction. Pure.

How many teachers a school has is no secret; what they answered is. Subjects, schools and associations overlap, so the
difference of two big groups may be one teacher. A group is shown only when no set of fewer than five teachers can be
had from all shown groups by adding and subtracting (the audit of sums over overlapping sets: F. Chin, G. Özsoyoğlu,
«Auditing and inference control in statistical databases», IEEE Transactions on Software Engineering 8, 1982). The
suppression of `core.people.suppression` hides counts too, and for that nearly all of a small district.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.people.suppression import SMALLEST_SHOWN

Floats = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

_NEAR_ZERO = 1e-8
_KEPT = 64
_SEED = 20261122
"""Of the projection by which sets are compared; every hit is checked on all coordinates."""


def shown_groups(groups: Mapping[Key, Collection[int]], smallest: int = SMALLEST_SHOWN) -> frozenset[Key]:
    """Return the groups that may be shown together, the first ones preferred.

    Groups are sets of teachers by any numbers. A group of fewer than `smallest` is never shown; a bigger one is not
    shown when together with the others it would give away a set of fewer than `smallest`.
    """
    found = _shown(tuple(frozenset(members) for members in groups.values()), smallest)
    return frozenset(key for key, is_shown in zip(groups, found, strict=True) if is_shown)


@lru_cache(maxsize=_KEPT)
def _shown(groups: tuple[frozenset[int], ...], smallest: int) -> tuple[bool, ...]:
    """Decide once for the same sets: a hundred schools take a second, and every screen asks again."""
    people = sorted({one for members in groups for one in members})
    place = {person: number for number, person in enumerate(people)}
    # People who are in the same groups cannot be told apart by anything, so each such set is counted as one.
    member = np.zeros((len(groups), len(people)))
    for number, members in enumerate(groups):
        member[number, [place[one] for one in members]] = 1.0
    atoms, sizes = np.unique(member, axis=1, return_counts=True)
    free = np.eye(atoms.shape[1])
    found = []
    for members, row in zip(groups, atoms, strict=True):
        is_shown = False
        if len(members) >= smallest:
            further = _without(free, row)
            # Where nothing comes in addition, what the group sums up follows from the shown ones.
            is_shown = further is None or not _has_small_zero_sum(further, sizes, smallest)
            free = further if further is not None and is_shown else free
        found.append(is_shown)
    return tuple(found)


def gives_away(member: Floats, sizes: NDArray[np.intp], smallest: int = SMALLEST_SHOWN) -> bool:
    """Say whether sums over groups give away a set of 1 to `smallest` − 1 people.

    `member` is groups × sets of people, 1 where the set lies in the group; `sizes` how many people each set has. A set
    can be had exactly when it is orthogonal to everything that is orthogonal to all groups.
    """
    free = np.eye(member.shape[1])
    for row in member:
        further = _without(free, row)
        free = free if further is None else further
    return _has_small_zero_sum(free, sizes, smallest)


def _without(free: Floats, row: Floats) -> Floats | None:
    """Return the projector onto what is orthogonal to the row too; None where the row brings nothing new.

    `free` is the projector onto what is orthogonal to all groups so far: sets of people × sets of people.
    """
    rest = free @ row
    length = float(rest @ rest)
    if length < _NEAR_ZERO * _NEAR_ZERO:
        return None
    result: Floats = free - np.outer(rest, rest) / length
    return result


def _has_small_zero_sum(free: Floats, sizes: NDArray[np.intp], smallest: int) -> bool:
    """Say whether one to four columns of the projector of altogether fewer than `smallest` people sum to nothing.

    Halves of one and of two columns meet in the middle: sums are compared by a projection to one number first.
    """
    columns = _that_may_cancel(free, np.flatnonzero(sizes < smallest), smallest - 2)
    weights = sizes[columns].astype(np.int64)
    vectors = free[:, columns]
    if bool((np.abs(vectors) < _NEAR_ZERO).all(axis=0).any()):
        return True
    first, second = np.triu_indices(columns.size, 1)
    light = weights[first] + weights[second] < smallest
    pairs = zip(first[light].tolist(), second[light].tolist(), strict=True)
    halves = [*((one,) for one in range(columns.size)), *pairs]
    single = np.random.default_rng(_SEED).normal(size=free.shape[0]) @ vectors
    along = np.concatenate([single, single[first[light]] + single[second[light]]])
    order = np.argsort(along)
    begins = np.searchsorted(along[order], -along - _NEAR_ZERO)
    ends = np.searchsorted(along[order], -along + _NEAR_ZERO, side="right")
    for number in np.flatnonzero(ends > begins).tolist():
        for other in order[begins[number] : ends[number]].tolist():
            together = [*halves[number], *halves[other]]
            if len(set(together)) < len(together) or weights[together].sum() >= smallest:
                continue
            if bool((np.abs(vectors[:, together].sum(axis=1)) < _NEAR_ZERO).all()):
                return True
    # A sum of two is a sum of one and one as well, so the loop has met it.
    return False


def _that_may_cancel(free: Floats, columns: NDArray[np.intp], others: int) -> NDArray[np.intp]:
    """Return the columns that can sum to nothing with at most so many others.

    Products of a projector's columns are its cells, so a column that vanishes in a sum has a square as great as the
    negative products with the others of that sum. What cannot is left out until nothing more can be.
    """
    kept = columns
    while kept.size:
        products = free[np.ix_(kept, kept)]
        squares = products.diagonal().copy()
        negative = np.minimum(products, 0.0)
        np.fill_diagonal(negative, 0.0)
        most = min(others, kept.size)
        best = np.partition(negative, most - 1, axis=1)[:, :most].sum(axis=1)
        able = squares + best < _NEAR_ZERO
        if able.all():
            break
        kept = kept[able]
    return kept
