"""Small cells: which figures of a table must not be shown outside the school, so that nobody can work them out.

A cell of fewer than five participants is hidden. A hidden cell that can be found by subtraction is not hidden, so
further cells are hidden with it (complementary suppression), as few participants as possible. After that, whoever
knows every shown figure and adds and subtracts as they like, can say of no small cell that it is below five, and of no
hidden cell how great it is.

The table is seen as a network in which the counts flow from totals to cells (D. Gusfield, «A graph theoretic approach
to statistical data security», SIAM J. Comput. 17, 1988; J. Castro, «Recent advances in optimization techniques for
statistical tabular data protection», EJOR 216, 2012). The greatest value that the shown figures allow for a hidden
cell is its value plus the greatest flow that can go round through other hidden cells.

The masks hold for every figure of the cell: the number of participants, a facility, a mean mark.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 5
"""Fewest participants of a cell that is shown outside the school (design §4)."""
_PRICE_OF_A_TOTAL = 1_000_000
"""Totals are what a table is read for: they are hidden only where nothing else helps."""


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
    counts: Mapping[int, int], parents: Mapping[int, int | None], smallest: int = SMALLEST_SHOWN
) -> dict[int, bool]:
    """Return what is hidden in a tree in which every node is shown: classes, schools, municipalities, a region.

    `counts` are the participants of the lowest nodes by id; `parents` names the parent of every node, None at the top.
    Nodes above are sums of what is below them; several tops are independent of each other.
    """
    sums: dict[int, int] = dict.fromkeys(parents, 0)
    for leaf, count in counts.items():
        node: int | None = leaf
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
    return dict(zip(nodes, hidden_arcs(arcs, smallest), strict=True))


def hidden_arcs(arcs: Sequence[Arc], smallest: int = SMALLEST_SHOWN) -> list[bool]:
    """Return for each arc of a circulation whether it is hidden. Empty cells are shown: they are about nobody.

    Raises ValueError for a negative count.
    """
    if any(arc.count < 0 for arc in arcs):
        raise ValueError("counts cannot be negative")
    small = [number for number, arc in enumerate(arcs) if 0 < arc.count < smallest]
    hidden = [0 < arc.count < smallest for arc in arcs]
    for number in sorted(small, key=lambda number: arcs[number].count):
        _protect(arcs, hidden, number, smallest - arcs[number].count)
    return hidden


def _protect(arcs: Sequence[Arc], hidden: list[bool], number: int, need: int) -> None:
    """Hide further arcs until the hidden ones allow the arc `number` to be greater by `need`."""
    flow = [0] * len(arcs)
    while need > 0:
        path = _cheapest_way(arcs, hidden, flow, number)
        if not path:
            # Nothing else has participants: the arc is the whole of what is shown, and it is hidden.
            return
        room = min((arcs[arc].count + flow[arc] for arc, direction in path if direction < 0), default=need)
        step = min(room, need)
        for arc, direction in path:
            hidden[arc] = True
            flow[arc] += direction * step
        need -= step


def _cheapest_way(
    arcs: Sequence[Arc], hidden: Sequence[bool], flow: Sequence[int], number: int
) -> list[tuple[int, int]]:
    """Return the way from the head of the arc back to its tail that hides the fewest participants more.

    Along an arc the count grows (+1), against it the count shrinks (-1), as long as anything is left of it.
    """
    start, end = arcs[number].head, arcs[number].tail
    ways: dict[Hashable, list[tuple[int, int, Hashable]]] = {}
    for place, arc in enumerate(arcs):
        if place == number or arc.count == 0:
            continue
        ways.setdefault(arc.tail, []).append((place, 1, arc.head))
        if arc.count + flow[place] > 0:
            ways.setdefault(arc.head, []).append((place, -1, arc.tail))
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
        for place, direction, following in ways.get(node, ()):
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


def _price(arc: Arc) -> int:
    return arc.count + (_PRICE_OF_A_TOTAL if arc.is_total else 0)
