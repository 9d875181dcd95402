"""Small groups cannot be found by subtraction: an attacker who adds and subtracts everything that is shown."""

from itertools import chain, combinations

import numpy as np
import pytest

from core.diagnostics.disclosure import gives_away, shown_cells, shown_groups


def rows(people: int, *groups: range | set[int]) -> np.ndarray:
    member = np.zeros((len(groups), people))
    for number, group in enumerate(groups):
        member[number, list(group)] = 1
    return member


def attacked(people: int, groups: list[set[int]]) -> set[frozenset[int]]:
    """Return the sets of one to four people whose sum the shown groups determine, by least squares."""
    if not groups:
        return set()
    member = rows(people, *groups)
    found = set()
    for few in chain.from_iterable(combinations(range(people), size) for size in range(1, 5)):
        wanted = np.zeros(people)
        wanted[list(few)] = 1
        solution = np.linalg.lstsq(member.T, wanted, rcond=None)[0]
        if np.allclose(member.T @ solution, wanted, atol=1e-8):
            found.add(frozenset(few))
    return found


def test_the_difference_of_two_groups_is_a_group_too():
    assert gives_away(rows(13, range(13), range(12)))
    assert gives_away(rows(13, range(13), range(9)))
    assert not gives_away(rows(13, range(13), range(8)))
    assert not gives_away(rows(6, range(6)))
    assert gives_away(rows(4, range(4)))


def test_a_chain_of_three_groups_gives_one_person_away():
    # (A + B) − C is twice nobody and once the person that all share.
    first, second, union = {0, 1, 2, 3, 4, 5}, {5, 6, 7, 8, 9, 10}, set(range(11))
    assert gives_away(rows(11, first, second, union))
    assert not gives_away(rows(11, first, second))


@pytest.mark.parametrize("seed", range(8))
def test_no_attack_succeeds_on_what_is_shown(seed):
    random = np.random.default_rng(seed)
    people = 14
    sizes = random.integers(3, 13, 7)
    groups = {
        number: {int(one) for one in random.choice(people, size, replace=False)} for number, size in enumerate(sizes)
    }
    shown = shown_groups(groups)
    assert shown
    assert not attacked(people, [groups[key] for key in shown])
    for key, members in groups.items():
        if key not in shown and len(members) >= 5:
            before = [groups[one] for one in shown if one < key]
            assert attacked(people, [*before, members]), "hidden without need"


def test_a_small_group_is_hidden_and_the_first_ones_are_preferred():
    subject, association = set(range(13)), set(range(11))
    assert shown_groups({"предмет": subject, "объединение": association, "пара": {0, 1}}) == {"предмет"}
    assert shown_groups({"объединение": association}, [subject]) == frozenset()
    assert shown_groups({"объединение": subject}, [subject]) == {"объединение"}


def test_schools_and_subjects_hide_a_second_cell_with_a_small_one():
    shown = shown_cells([[3, 9, 8], [7, 6, 10]])
    assert not shown.cells[0][0]
    assert sum(not cell for row in shown.cells for cell in row) >= 4, "one hidden cell is found by subtraction"
    assert shown.whole
    assert all(shown.schools)
    assert all(shown.subjects)


def test_the_only_small_cell_of_a_subject_hides_its_total():
    shown = shown_cells([[3], [0]])
    assert not shown.cells[0][0]
    assert not shown.subjects[0]
    assert not shown.whole
    assert not shown.cells[1][0]


def test_big_cells_are_all_shown():
    shown = shown_cells([[5, 9], [6, 7]])
    assert all(chain.from_iterable(shown.cells))
