"""Which groups of teachers may be shown with their shares, so that no small group can be found by subtraction. Pure.

Schools × subjects are a table with totals: `core.people.suppression` decides there. Associations cut across it: theirs
overlap with schools, subjects and each other, so that the difference of two big groups may be one teacher. An
association is shown only when no set of fewer than five teachers can be had from all shown groups by adding and
subtracting (the audit of sums over overlapping sets: F. Chin, G. Özsoyoğlu, «Auditing and inference control in
statistical databases», IEEE Transactions on Software Engineering 8, 1982).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.people.suppression import SMALLEST_SHOWN, hide_in_table

Floats = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

_NEAR_ZERO = 1e-9
_MOST_TRIED = 100_000
"""More small sets than these are not tried one by one: the group stays hidden then."""


@dataclass(frozen=True, slots=True)
class ShownCells:
    """Which cells of schools × subjects and which totals may be shown; True means shown."""

    cells: tuple[tuple[bool, ...], ...]
    schools: tuple[bool, ...]
    subjects: tuple[bool, ...]
    whole: bool


def shown_cells(counts: Sequence[Sequence[int]]) -> ShownCells:
    """Return what may be shown of a table schools × subjects of numbers of teachers, with its totals.

    A total that equals its only cell stands or falls with it. Empty cells have nothing to show.
    """
    hidden = hide_in_table(counts)
    return ShownCells(
        tuple(
            tuple(count > 0 and not off for count, off in zip(row, gone, strict=True))
            for row, gone in zip(counts, hidden.cells, strict=True)
        ),
        tuple(not off for off in hidden.row_totals),
        tuple(not off for off in hidden.column_totals),
        not hidden.total,
    )


def shown_groups(
    groups: Mapping[Key, Collection[int]], already: Sequence[Collection[int]] = (), smallest: int = SMALLEST_SHOWN
) -> frozenset[Key]:
    """Return the groups that may be shown beside those that are shown `already`, the first ones preferred.

    Groups are sets of teachers by their ids. A group of fewer than `smallest` is never shown; a bigger one is not shown
    when together with the others it would give away a set of fewer than `smallest`.
    """
    people = sorted({one for members in (*already, *groups.values()) for one in members})
    place = {person: number for number, person in enumerate(people)}
    shown = [_row(members, place) for members in already]
    found: set[Key] = set()
    for key, members in groups.items():
        if len(set(members)) < smallest:
            continue
        wider = [*shown, _row(members, place)]
        if not gives_away(np.array(wider), smallest):
            shown = wider
            found.add(key)
    return frozenset(found)


def gives_away(member: Floats, smallest: int = SMALLEST_SHOWN) -> bool:
    """Say whether sums over these groups (groups × people, 1 for a member) give away a set of 1 to smallest − 1.

    People who are in the same groups cannot be told apart, so they are one atom; a set of atoms can be had exactly when
    it is orthogonal to everything that is orthogonal to all groups.
    """
    atoms, sizes = np.unique(member, axis=1, return_counts=True)
    inside = atoms.any(axis=0)
    atoms, sizes = atoms[:, inside], sizes[inside]
    small = [int(column) for column in np.flatnonzero(sizes < smallest)]
    if not small:
        return False
    free = _orthogonal(atoms)[:, small]
    weights = sizes[small]
    if sum(comb(len(small), count) for count in range(1, smallest)) > _MOST_TRIED:
        return True
    for count in range(1, smallest):
        for chosen in combinations(range(len(small)), count):
            picked = list(chosen)
            if weights[picked].sum() < smallest and bool(np.all(np.abs(free[:, picked].sum(axis=1)) < _NEAR_ZERO)):
                return True
    return False


def _orthogonal(rows: Floats) -> Floats:
    """Return an orthonormal basis (rows) of everything orthogonal to the rows."""
    _left, sizes, right = np.linalg.svd(rows, full_matrices=True)
    rank = int((sizes > _NEAR_ZERO * max(rows.shape)).sum())
    basis: Floats = right[rank:]
    return basis


def _row(members: Collection[int], place: Mapping[int, int]) -> Floats:
    row = np.zeros(len(place))
    row[[place[member] for member in members]] = 1.0
    return row
