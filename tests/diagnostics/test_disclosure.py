"""Small groups cannot be found by subtraction: an attacker who adds and subtracts everything that is shown."""

from itertools import chain, combinations

import numpy as np
import pytest

from core.diagnostics.disclosure import gives_away, shown_groups


def rows(people: int, *groups: range | set[int]) -> np.ndarray:
    member = np.zeros((len(groups), people))
    for number, group in enumerate(groups):
        member[number, list(group)] = 1
    return member


def found_out(people: int, *groups: range | set[int]) -> bool:
    return gives_away(rows(people, *groups), np.ones(people, dtype=np.intp))


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
    assert found_out(13, range(13), range(12))
    assert found_out(13, range(13), range(9))
    assert not found_out(13, range(13), range(8))
    assert not found_out(6, range(6))
    assert found_out(4, range(4))


def test_a_chain_of_three_groups_gives_one_person_away():
    # (A + B) − C is twice nobody and once the person that all share.
    first, second, union = {0, 1, 2, 3, 4, 5}, {5, 6, 7, 8, 9, 10}, set(range(11))
    assert found_out(11, first, second, union)
    assert not found_out(11, first, second)


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
    assert shown_groups({"предмет": subject, "объединение": subject}) == {"предмет", "объединение"}


def test_a_small_subject_hides_the_sum_of_all_and_not_the_other_subjects():
    subjects = {"Математика": set(range(13)), "Физика": set(range(13, 25)), "Астрономия": {25, 26, 27}}
    assert shown_groups({**subjects, "все": set(range(28))}) == {"Математика", "Физика"}


def test_a_region_is_audited_quickly():
    random = np.random.default_rng(5)
    people = [(int(random.integers(20)), int(random.integers(8))) for _ in range(600)]
    groups: dict[object, set[int]] = {}
    for person, (school, subject) in enumerate(people):
        for key in (subject + 100, (school, subject), f"школа {school}"):
            groups.setdefault(key, set()).add(person)
    ordered = {key: groups[key] for key in sorted(groups, key=lambda key: (not isinstance(key, int), str(key)))}
    shown = shown_groups(ordered)
    assert {key for key in groups if isinstance(key, int)} <= shown
    assert 0 < len(shown) < len(groups)
