"""Which groups of participants (by mark or test score) are hidden in which units: small ones must stay unknown. Pure.

How many participants have which mark is a result of the unit and is shown with it. Hidden is how a small group did the
single items: «двое с отметкой „2“» are two pupils. Groups and units are a table with totals: schools and what is above
them in rows, groups in columns, the units themselves as totals. A group of fewer than ten is never shown; where a set
of fewer than five could be found by subtraction, the smallest suitable further groups are hidden with it.

The table is a network (see `core.people.suppression`). What adding and subtracting shown cells gives are cuts of the
network of hidden cells, so a small cell is safe when every cut through it holds at least five participants: when that
many, less its own, can flow round it (L. R. Ford, D. R. Fulkerson, «Maximal flow through a network», Canadian Journal
of Mathematics 8, 1956).
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.analysis.reasons import SMALL_GROUP
from core.people.hidden_units import WHOLE, PlacedClass, class_key
from core.people.suppression import SMALLEST_SHOWN

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_TOTAL = -1


def hidden_groups(
    classes: Sequence[PlacedClass], counts: NDArray[np.integer], parents: Mapping[str, str | None],
    hidden_units: Collection[str],
) -> dict[str, Flags]:
    """Return the hidden groups of every unit by key.

    `counts` are classes × groups; the last column are participants without a group, who are never shown. Inside a
    class groups are shown to those only who own it; so in the network the schools are the lowest rows, with the
    participants of classes that the actor does not own.
    """
    width = counts.shape[1]
    kinds = {owned: np.full(width, not owned) for owned in (True, False)}
    found: dict[str, Flags] = {}
    members: dict[str, list[int]] = {}
    for place, part in enumerate(classes):
        key = class_key(part.school_id, part.class_name)
        found[key] = kinds[part.owned]
        if (above := parents[key]) is not None:
            members.setdefault(above, []).append(place)
    strange = np.array([not part.owned for part in classes])[:, None]
    every = _sums(members, counts.astype(np.int64), parents)
    foreign = _sums(members, np.where(strange, counts, 0), parents)
    lowest = {key for key, places in members.items() if strange[places].any()}
    for key, known in every.items():
        others = foreign[key]
        few = (others > 0) & ((known < SMALL_GROUP) | (others < SMALLEST_SHOWN))
        found[key] = few | (key in hidden_units)
        found[key][-1] = True
    if WHOLE in lowest and len(foreign) > 1:
        # Single classes stand beside schools: the whole is not made of rows.
        lowest.remove(WHOLE)
        found[WHOLE][:] = True
    network = _network(foreign, parents, lowest)
    network.hidden = [
        key in hidden_units if group == _TOTAL else bool(found[key][group]) for key, group in network.cells
    ]
    for key, group in _protected(network):
        found[key][group] = True
    return found


def _sums(
    members: Mapping[str, Sequence[int]], counts: Integers, parents: Mapping[str, str | None]
) -> dict[str, Integers]:
    """Return the sums of the rows of each unit above the classes; `members` are the rows directly below a unit."""
    found: dict[str, Integers] = {}
    nobody = np.zeros(counts.shape[1], dtype=np.int64)
    for key, places in members.items():
        own = counts[places].sum(axis=0)
        above: str | None = key
        while above is not None:
            found[above] = found.get(above, nobody) + own
            above = parents[above]
    return found


@dataclass
class _Network:
    """Edges between two nodes; of each its unit and group (`_TOTAL` for the unit itself) and its participants."""

    edges: list[tuple[Hashable, Hashable]] = field(default_factory=list)
    cells: list[tuple[str, int]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)

    def add(self, start: Hashable, end: Hashable, cell: tuple[str, int], count: int) -> None:
        self.edges.append((start, end))
        self.cells.append(cell)
        self.counts.append(count)

    def ways(self) -> dict[Hashable, list[tuple[int, int, Hashable]]]:
        """Return from each node (edge, +1 along it or −1 against it, other end); shown totals stay shown."""
        found: dict[Hashable, list[tuple[int, int, Hashable]]] = {}
        for number, (start, end) in enumerate(self.edges):
            if self.hidden[number] or self.cells[number][1] != _TOTAL:
                found.setdefault(start, []).append((number, 1, end))
                found.setdefault(end, []).append((number, -1, start))
        return found


def _network(
    foreign: Mapping[str, Integers], parents: Mapping[str, str | None], lowest: Collection[str]
) -> _Network:
    """Return the network without the cells in which nobody is.

    Totals flow from the whole down to the lowest units, divide there into groups, and each group flows up again.
    """
    network = _Network()
    for key, counts in foreign.items():
        if not counts.any():
            continue
        above = parents[key]
        is_lowest = key in lowest
        begin: Hashable = ("total", above) if above is not None else "end"
        network.add(begin, ("row" if is_lowest else "total", key), (key, _TOTAL), int(counts.sum()))
        for group in np.flatnonzero(counts).tolist():
            start: Hashable = ("row", key) if is_lowest else (key, group)
            end: Hashable = (above, group) if above is not None else "end"
            network.add(start, end, (key, group), int(counts[group]))
    return network


def _protected(network: _Network) -> list[tuple[str, int]]:
    """Return the groups that are hidden further, so that no set of fewer than five follows from what is shown."""
    ways = network.ways()
    found: list[tuple[str, int]] = []
    small = [
        number
        for number, (_key, group) in enumerate(network.cells)
        if group != _TOTAL and network.hidden[number] and network.counts[number] < SMALLEST_SHOWN
    ]
    for number in small:
        need, flow = SMALLEST_SHOWN - network.counts[number], dict[int, int]()
        while need > 0:
            way = _cheapest_way(network, ways, flow, number)
            if not way:
                break
            step = min(need, *(network.counts[edge] - along * flow.get(edge, 0) for edge, along in way))
            for edge, along in way:
                flow[edge] = flow.get(edge, 0) + along * step
                if not network.hidden[edge]:
                    network.hidden[edge] = True
                    found.append(network.cells[edge])
            need -= step
    return found


def _cheapest_way(
    network: _Network, ways: Mapping[Hashable, Sequence[tuple[int, int, Hashable]]], flow: Mapping[int, int],
    number: int,
) -> list[tuple[int, int]]:
    """Return the way round an edge that hides the fewest participants more; nothing when there is none."""
    start, end = network.edges[number]
    best: dict[Hashable, int] = {start: 0}
    came: dict[Hashable, tuple[int, int, Hashable]] = {}
    queue: list[tuple[int, int, Hashable]] = [(0, 0, start)]
    order = 0
    while queue:
        price, _order, node = heapq.heappop(queue)
        if node == end:
            break
        if price > best[node]:
            continue
        for edge, along, following in ways.get(node, ()):
            if edge == number or network.counts[edge] <= along * flow.get(edge, 0):
                continue
            there = price if network.hidden[edge] else price + network.counts[edge]
            if there < best.get(following, there + 1):
                best[following] = there
                came[following] = (edge, along, node)
                order += 1
                heapq.heappush(queue, (there, order, following))
    if end not in came:
        return []
    way: list[tuple[int, int]] = []
    node = end
    while node != start:
        edge, along, node = came[node]
        way.append((edge, along))
    return way
