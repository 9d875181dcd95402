"""Hidden cells: an attacker who knows every shown figure tries to find them, on many random tables."""

import itertools
import random
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.optimize import linprog

from core.people.suppression import SMALLEST_SHOWN, hide_in_list, hide_in_table, hide_in_tree


def bounds(
    equations: Sequence[dict[int, int]], values: Sequence[int], hidden: Sequence[int], told: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Return what an attacker finds for each hidden figure: the least and the greatest value that is possible.

    `equations` say which figures add up to nothing; shown figures are known, hidden ones are counts of people. Of the
    figures in `told` the attacker knows whether they are below five.
    """
    few = SMALLEST_SHOWN - 1
    limits = [
        (1, 1000) if figure not in told else (1, few) if values[figure] <= few else (SMALLEST_SHOWN, 1000)
        for figure in hidden
    ]
    place = {figure: number for number, figure in enumerate(hidden)}
    left = np.zeros((len(equations), len(hidden)))
    right = np.zeros(len(equations))
    for number, equation in enumerate(equations):
        for figure, sign in equation.items():
            if figure in place:
                left[number, place[figure]] = sign
            else:
                right[number] -= sign * values[figure]
    found = {}
    for figure in hidden:
        goal = np.zeros(len(hidden))
        goal[place[figure]] = 1
        ends = []
        for sign in (1, -1):
            answer = linprog(sign * goal, A_eq=left, b_eq=right, bounds=limits, method="highs")
            assert answer.status == 0
            ends.append(round(float(answer.x[place[figure]])))
        found[figure] = (ends[0], ends[1])
    return found


def check(
    equations: Sequence[dict[int, int]], values: Sequence[int], masks: Sequence[bool], totals: set[int]
) -> None:
    """Fail where a hidden figure can be worked out. A small total is never said to be small: see `why_hidden`."""
    hidden = [figure for figure, mask in enumerate(masks) if mask]
    assert all(masks[figure] for figure, value in enumerate(values) if 0 < value < SMALLEST_SHOWN)
    assert not any(masks[figure] for figure, value in enumerate(values) if value == 0), "empty cells are about nobody"
    if not any(0 < value < SMALLEST_SHOWN for value in values):
        assert not hidden
        return
    cells = [figure for figure in hidden if values[figure] >= SMALLEST_SHOWN or figure not in totals]
    for told in ([], cells):
        for figure, (least, greatest) in bounds(equations, values, hidden, told).items():
            assert least < greatest, f"{values} can be worked out"
            if values[figure] < SMALLEST_SHOWN and figure in told:
                assert (least, greatest) == (1, SMALLEST_SHOWN - 1), f"{values}: more is known than «fewer than five»"
            elif values[figure] < SMALLEST_SHOWN and not told:
                assert greatest >= SMALLEST_SHOWN, f"{values}: the attacker knows that it is small"


def random_count(rng: random.Random) -> int:
    return rng.choice((0, 1, 2, 3, 4, 5, 6, 9, 14, 25, 31))


def test_no_hidden_cell_of_a_table_can_be_worked_out() -> None:
    rng = random.Random(20261122)
    for _ in range(150):
        rows, columns = rng.randint(1, 5), rng.randint(1, 5)
        table = [[random_count(rng) for _ in range(columns)] for _ in range(rows)]
        found = hide_in_table(table)
        wide = [[*row, sum(row)] for row in table]
        wide.append([sum(column) for column in zip(*wide, strict=True)])
        values = [value for row in wide for value in row]
        masks = [
            mask
            for row, total in zip((*found.cells, found.column_totals), (*found.row_totals, found.total), strict=True)
            for mask in (*row, total)
        ]
        width = columns + 1
        equations = [{i * width + j: -1 if j == columns else 1 for j in range(width)} for i in range(rows + 1)] + [
            {i * width + j: -1 if i == rows else 1 for i in range(rows + 1)} for j in range(width)
        ]
        totals = {i * width + j for i in range(rows + 1) for j in range(width) if j == columns or i == rows}
        check(equations, values, masks, totals)


def test_no_hidden_part_of_a_whole_can_be_worked_out_whatever_the_parts() -> None:
    """Every list of up to four parts of these sizes."""
    for length in (1, 2, 3, 4, 5):
        for counts in itertools.product((0, 1, 2, 4, 5, 7, 30), repeat=length):
            parts, whole = hide_in_list(counts)
            hidden = [count for count, mask in zip(counts, parts, strict=True) if mask]
            small = [count for count in counts if 0 < count < SMALLEST_SHOWN]
            assert all(count for count in hidden) and len(hidden) >= len(small), counts
            if not small:
                assert not hidden and not whole
            elif not whole:
                # The hidden parts together are known by subtraction, so they must be several and not few.
                assert len(hidden) > 1 and sum(hidden) >= SMALLEST_SHOWN, counts


def test_no_hidden_node_of_a_tree_can_be_worked_out() -> None:
    rng = random.Random(7)
    for _ in range(200):
        parents: dict[int, int | None] = {0: None}
        counts = {}
        for school in range(1, rng.randint(2, 4)):
            parents[school] = 0
            for number in range(rng.randint(1, 4)):
                leaf = 10 * school + number
                parents[leaf] = school
                counts[leaf] = random_count(rng)
        found = hide_in_tree(counts, parents)
        nodes = list(parents)
        place = {node: number for number, node in enumerate(nodes)}
        sums = {node: counts.get(node, 0) for node in nodes}
        for node in reversed(nodes):
            parent = parents[node]
            if parent is not None:
                sums[parent] += sums[node]
        equations = [
            {place[child]: 1 for child in nodes if parents[child] == node} | {place[node]: -1}
            for node in nodes
            if node in parents.values()
        ]
        totals = {place[node] for node in nodes if node in parents.values()}
        check(equations, [sums[node] for node in nodes], [found[node] for node in nodes], totals)


@pytest.mark.parametrize(
    ("counts", "parts", "whole"),
    [
        ((30, 28, 25), (False, False, False), False),
        ((30, 28, 3), (False, True, True), False),
        ((30, 3, 2), (True, True, True), False),
        ((30, 2, 2), (True, True, True), False),
        ((30, 28, 0), (False, False, False), False),
        ((3,), (True,), True),
        ((30, 0, 3), (True, False, True), False),
        ((), (), False),
    ],
)
def test_as_few_participants_as_possible_are_hidden(
    counts: tuple[int, ...], parts: tuple[bool, ...], whole: bool
) -> None:
    assert hide_in_list(counts) == (parts, whole)


def test_a_small_cell_of_a_table_takes_a_rectangle_with_it() -> None:
    found = hide_in_table([[3, 20, 30], [22, 16, 40], [30, 30, 30]])
    assert found.cells == ((True, True, False), (True, True, False), (False, False, False))
    assert not any((*found.row_totals, *found.column_totals, found.total))


def test_large_tables_are_quick_and_negative_counts_are_refused() -> None:
    rng = random.Random(1)
    table = [[rng.choice((3, 8, 20, 25)) for _ in range(15)] for _ in range(60)]
    assert any(any(row) for row in hide_in_table(table).cells)
    with pytest.raises(ValueError, match="negative"):
        hide_in_list([5, -1])
