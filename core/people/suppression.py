"""Small cells: which figures of a table must not be shown outside the school, so that nobody can work them out.

A cell of fewer than five participants is hidden. A hidden cell that can be found by subtraction is not hidden, so
further cells are hidden with it (complementary suppression), as few participants as possible. After that, whoever
knows every shown figure and adds and subtracts as they like, cannot say of a hidden cell how great it is. They may
even be told why a cell is hidden: of a small one they learn no more than that it holds one to four participants, of
another one that it holds five or more.

The table is seen as a network in which the counts flow from totals to cells (D. Gusfield, «A graph theoretic approach
to statistical data security», SIAM J. Comput. 17, 1988; J. Castro, «Recent advances in optimization techniques for
statistical tabular data protection», EJOR 216, 2012). The greatest value that the shown figures allow for a hidden
cell is its value plus the greatest flow that can go round through other hidden cells, the least one its value minus
the greatest flow the other way round.

The masks hold for every figure of the cell: the number of participants, a facility, a mean mark.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import TypeAlias, TypeVar

SMALLEST_SHOWN = 5
"""Fewest participants of a cell that is shown outside the school (design §4)."""
_PRICE_OF_A_TOTAL = 1_000_000
"""Totals are what a table is read for: they are hidden only where nothing else helps."""
_ANY_NUMBER = 1_000_000_000
_KEPT = 128

_Node = TypeVar("_Node", bound=Hashable)
_Ways: TypeAlias = Mapping[Hashable, Sequence[tuple[int, int, Hashable]]]
"""From a node: (arc, +1 along it or -1 against it, node at its other end)."""


class Hidden(IntEnum):
    """Whether a figure is shown, and if not, why; the numbers stand in arrays."""

    NO = 0
    SMALL = 1
    PROTECTING = 2

    @property
    def words(self) -> str:
        """Return what stands in the place of the figure; "" for a shown one."""
        return _HIDDEN_WORDS[self]


_HIDDEN_WORDS = {
    Hidden.NO: "",
    Hidden.SMALL: f"скрыто: меньше {SMALLEST_SHOWN} участников",
    Hidden.PROTECTING: "скрыто, чтобы малую группу нельзя было вычислить",
}


def why_hidden(count: int, is_hidden: bool, smallest: int = SMALLEST_SHOWN) -> Hidden:
    """Return why a cell of so many participants is hidden, `Hidden.NO` for a shown one."""
    if not is_hidden:
        return Hidden.NO
    return Hidden.SMALL if 0 < count < smallest else Hidden.PROTECTING


@dataclass(frozen=True, slots=True)
class Arc:
    """A count that flows from one sum of the table to another: a cell or a total."""

    tail: Hashable
    head: Hashable
    count: int
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class HiddenTable:
    """What must be hidden in a table of rows and columns with totals; True means hidden."""

    cells: tuple[tuple[bool, ...], ...]
    row_totals: tuple[bool, ...]
    column_totals: tuple[bool, ...]
    total: bool


def hide_in_list(counts: Sequence[int], smallest: int = SMALLEST_SHOWN) -> tuple[tuple[bool, ...], bool]:
    """Return which parts of a whole are hidden, and whether the whole is: classes of a school, schools of a district.

    `counts` are the participants of each part; their sum is shown beside them.
    """
    arcs = [Arc("whole", "parts", count) for count in counts]
    arcs.append(Arc("parts", "whole", sum(counts), is_total=True))
    hidden = hidden_arcs(arcs, smallest)
    return tuple(hidden[:-1]), hidden[-1]


def hide_in_table(counts: Sequence[Sequence[int]], smallest: int = SMALLEST_SHOWN) -> HiddenTable:
    """Return what is hidden in a table that is shown with the totals of its rows and columns and the whole."""
    rows, columns = len(counts), len(counts[0]) if counts else 0
    arcs = [Arc(("row", i), ("column", j), counts[i][j]) for i in range(rows) for j in range(columns)]
    arcs += [Arc("by rows", ("row", i), sum(counts[i]), is_total=True) for i in range(rows)]
    arcs += [Arc(("column", j), "by columns", sum(row[j] for row in counts), is_total=True) for j in range(columns)]
    arcs.append(Arc("by columns", "by rows", sum(map(sum, counts)), is_total=True))
    hidden = hidden_arcs(arcs, smallest)
    cells = tuple(tuple(hidden[i * columns : (i + 1) * columns]) for i in range(rows))
    totals = rows * columns
    return HiddenTable(
        cells, tuple(hidden[totals : totals + rows]), tuple(hidden[totals + rows : totals + rows + columns]), hidden[-1]
    )


def hide_in_tree(
    counts: Mapping[_Node, int], parents: Mapping[_Node, _Node | None], smallest: int = SMALLEST_SHOWN
) -> dict[_Node, bool]:
    """Return what is hidden in a tree in which every node is shown: classes, schools, municipalities, a region.

    `counts` are the participants of the lowest nodes by id; `parents` names the parent of every node, None at the top.
    Nodes above are sums of what is below them; several tops are independent of each other.
    """
    hidden = _hidden_in_tree(tuple(counts.items()), tuple(parents.items()), smallest)
    return dict(zip(parents, hidden, strict=True))


@lru_cache(maxsize=_KEPT)
def _hidden_in_tree(
    leaves: tuple[tuple[Hashable, int], ...], links: tuple[tuple[Hashable, Hashable | None], ...], smallest: int
) -> tuple[bool, ...]:
    """Decide once for the same counts: many figures of a screen are about the same people."""
    counts, parents = dict(leaves), dict(links)
    sums: dict[Hashable, int] = dict.fromkeys(parents, 0)
    for leaf, count in counts.items():
        node: Hashable | None = leaf
        while node is not None:
            sums[node] += count
            node = parents[node]
    inner = {parent for parent in parents.values() if parent is not None}
    nodes = list(parents)
    arcs: list[Arc] = []
    for node in nodes:
        above = parents[node]
        tail: Hashable = ("node", above) if above is not None else "outside"
        head: Hashable = ("node", node) if node in inner else "outside"
        arcs.append(Arc(tail, head, sums[node], is_total=node in inner))
    return tuple(hidden_arcs(arcs, smallest))


def hidden_arcs(arcs: Sequence[Arc], smallest: int = SMALLEST_SHOWN) -> list[bool]:
    """Return for each arc of a circulation whether it is hidden. Empty cells are shown: they are about nobody.

    Raises ValueError for a negative count.
    """
    if any(arc.count < 0 for arc in arcs):
        raise ValueError("counts cannot be negative")
    hidden = [0 < arc.count < smallest for arc in arcs]
    small = [number for number, is_small in enumerate(hidden) if is_small]
    if not small:
        return hidden
    ways: dict[Hashable, list[tuple[int, int, Hashable]]] = {}
    for number, arc in enumerate(arcs):
        if arc.count:
            ways.setdefault(arc.tail, []).append((number, 1, arc.head))
            ways.setdefault(arc.head, []).append((number, -1, arc.tail))
    limits = [_limits(arc, smallest) for arc in arcs]
    for number in sorted(small, key=lambda number: arcs[number].count):
        _protect(arcs, limits, ways, hidden, number, smallest - arcs[number].count)
        _protect(arcs, limits, ways, hidden, number, 1 - arcs[number].count)
    return hidden


def _limits(arc: Arc, smallest: int) -> tuple[int, int]:
    """Return what a hidden count may be for somebody who is told why it is hidden; no total is said to be small."""
    if arc.count >= smallest:
        return smallest, _ANY_NUMBER
    return 1, _ANY_NUMBER if arc.is_total else smallest - 1


def _protect(
    arcs: Sequence[Arc], limits: Sequence[tuple[int, int]], ways: _Ways, hidden: list[bool], number: int, change: int
) -> None:
    """Hide further arcs until the hidden ones allow the count of the arc `number` to change by `change`."""
    flow: dict[int, int] = {}
    need, sign = abs(change), -1 if change > 0 else 1
    while need > 0:
        path = _cheapest_way(arcs, limits, ways, hidden, flow, number, sign)
        if not path:
            # Nothing else has participants: the arc is the whole of what is shown, and it is hidden.
            return
        step = min(need, *(_room(arcs, limits, flow, arc, direction) for arc, direction in path))
        for arc, direction in path:
            hidden[arc] = True
            flow[arc] = flow.get(arc, 0) + direction * step
        need -= step


def _cheapest_way(
    arcs: Sequence[Arc], limits: Sequence[tuple[int, int]], ways: _Ways, hidden: Sequence[bool],
    flow: Mapping[int, int], number: int, sign: int,
) -> list[tuple[int, int]]:
    """Return the way from the tail of the arc to its head that hides the fewest participants more.

    With `sign` +1 the count of an arc grows along it and shrinks against it: what the other arcs do when the arc
    `number` shrinks. With -1 it is the other way round.
    """
    start, end = arcs[number].tail, arcs[number].head
    best: dict[Hashable, tuple[int, int]] = {start: (0, 0)}
    came: dict[Hashable, tuple[int, int, Hashable]] = {}
    queue: list[tuple[int, int, int, Hashable]] = [(0, 0, 0, start)]
    order = 0
    while queue:
        price, steps, _order, node = heapq.heappop(queue)
        if node == end:
            break
        if (price, steps) > best[node]:
            continue
        for place, along, following in ways.get(node, ()):
            direction = along * sign
            if place == number or _room(arcs, limits, flow, place, direction) <= 0:
                continue
            there = (price + (0 if hidden[place] else _price(arcs[place])), steps + 1)
            if following not in best or there < best[following]:
                best[following] = there
                came[following] = (place, direction, node)
                order += 1
                heapq.heappush(queue, (*there, order, following))
    if end not in came:
        return []
    path: list[tuple[int, int]] = []
    node = end
    while node != start:
        place, direction, node = came[node]
        path.append((place, direction))
    return path


def _room(
    arcs: Sequence[Arc], limits: Sequence[tuple[int, int]], flow: Mapping[int, int], place: int, direction: int
) -> int:
    """Return by how much the count of the arc may still grow (+1) or shrink (-1)."""
    count = arcs[place].count + flow.get(place, 0)
    least, most = limits[place]
    return most - count if direction > 0 else count - least


def _price(arc: Arc) -> int:
    return arc.count + (_PRICE_OF_A_TOTAL if arc.is_total else 0)
