"""Which groups of teachers may be shown with their shares, so that no small group can be found by subtraction. Pure.

How many teachers a school has is no secret; what they answered is. Subjects, schools and associations overlap, so the
difference of two big groups may be one teacher. A group is shown only when no set of fewer than five teachers can be
had from all shown groups by adding and subtracting (the audit of sums over overlapping sets: F. Chin, G. Özsoyoğlu,
«Auditing and inference control in statistical databases», IEEE Transactions on Software Engineering 8, 1982). The
suppression of `core.people.suppression` hides counts too, and for that nearly all of a small district.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.people.suppression import SMALLEST_SHOWN

Floats = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

_NEAR_ZERO = 1e-8
_SEED = 20261122
"""Of the projection by which sets are compared; every hit is checked on all coordinates."""


def shown_groups(groups: Mapping[Key, Collection[int]], smallest: int = SMALLEST_SHOWN) -> frozenset[Key]:
    """Return the groups that may be shown together, the first ones preferred.

    Groups are sets of teachers by any numbers. A group of fewer than `smallest` is never shown; a bigger one is not
    shown when together with the others it would give away a set of fewer than `smallest`.
    """
    people = sorted({one for members in groups.values() for one in members})
    place = {person: number for number, person in enumerate(people)}
    # People who are in the same groups cannot be told apart by anything, so each such set is counted as one.
    member = np.zeros((len(groups), len(people)))
    for number, members in enumerate(groups.values()):
        member[number, [place[one] for one in members]] = 1.0
    atoms, sizes = np.unique(member, axis=1, return_counts=True)
    shown: list[int] = []
    found: set[Key] = set()
    for number, key in enumerate(groups):
        if len(set(groups[key])) >= smallest and not gives_away(atoms[[*shown, number]], sizes, smallest):
            shown.append(number)
            found.add(key)
    return frozenset(found)


def gives_away(member: Floats, sizes: NDArray[np.intp], smallest: int = SMALLEST_SHOWN) -> bool:
    """Say whether sums over groups give away a set of 1 to `smallest` − 1 people.

    `member` is groups × sets of people, 1 where the set lies in the group; `sizes` how many people each set has. Sets
    that are in the same groups are taken together first. A set can be had exactly when it is orthogonal to everything
    that is orthogonal to all groups.
    """
    atoms, places = np.unique(member, axis=1, return_inverse=True)
    weights = np.bincount(places.reshape(-1), weights=sizes).astype(np.int64)
    inside = atoms.any(axis=0)
    atoms, weights = atoms[:, inside], weights[inside]
    small = np.flatnonzero(weights < smallest)
    free = _orthogonal(atoms)[:, small]
    return _has_small_zero_sum(free, weights[small], smallest)


def _has_small_zero_sum(vectors: Floats, weights: NDArray[np.int64], smallest: int) -> bool:
    """Say whether one to four columns of altogether fewer than `smallest` people sum to nothing.

    Halves of one and of two columns meet in the middle: sums are compared by a projection to one number first.
    """
    count = weights.size
    if not count:
        return False
    singles = [(place,) for place in range(count)]
    pairs = [
        (one, other)
        for one in range(count)
        for other in range(one + 1, count)
        if weights[one] + weights[other] < smallest
    ]
    halves = [*singles, *pairs]
    sums = np.array([vectors[:, list(half)].sum(axis=1) for half in halves]).reshape(len(halves), -1)
    if bool((np.abs(sums) < _NEAR_ZERO).all(axis=1).any()):
        return True
    along = sums @ np.random.default_rng(_SEED).normal(size=sums.shape[1])
    order = np.argsort(along)
    for number, half in enumerate(halves):
        first = int(np.searchsorted(along[order], -along[number] - _NEAR_ZERO))
        for other in order[first:]:
            if along[other] > -along[number] + _NEAR_ZERO:
                break
            if set(half) & set(halves[other]) or weights[[*half, *halves[other]]].sum() >= smallest:
                continue
            if bool((np.abs(sums[number] + sums[other]) < _NEAR_ZERO).all()):
                return True
    return False


def _orthogonal(rows: Floats) -> Floats:
    """Return an orthonormal basis (rows) of everything orthogonal to the rows."""
    _left, sizes, right = np.linalg.svd(rows, full_matrices=True)
    rank = int((sizes > _NEAR_ZERO * max(rows.shape)).sum())
    basis: Floats = right[rank:]
    return basis
