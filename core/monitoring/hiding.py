"""Which figures on few people are not shown outside their school, so that sums do not give them away either."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.people.organisations import Tree
from core.people.scope import Scope
from core.people.suppression import SMALLEST_SHOWN, Hidden, hide_in_tree, why_hidden


def hidden_of(
    scope: Scope, tree: Tree, counts: Mapping[int, float], organisations: Collection[int]
) -> dict[int, Hidden]:
    """Return why the figure of each organisation is hidden; `counts` are the denominators of their own parts.

    Nothing is hidden from somebody who owns every one of the organisations that have anybody.
    """
    people = {key: round(count) for key, count in counts.items() if count > 0}
    if all(scope.owns(key) for key in people):
        return {}
    known = {key for key in organisations if key in tree.organisations}
    parents = {key: parent if (parent := tree.parents.get(key)) in known else None for key in known}
    inner = {parent for parent in parents.values() if parent is not None}
    # Records of the organisation itself, beside those of its schools, are a leaf of their own.
    leaves: dict[tuple[int, bool], int] = {}
    nodes: dict[tuple[int, bool], tuple[int, bool] | None] = {
        (key, False): None if parent is None else (parent, False) for key, parent in parents.items()
    }
    for key, count in people.items():
        if key in inner:
            nodes[key, True] = (key, False)
        if key in known:
            leaves[key, key in inner] = count
    hidden = hide_in_tree(leaves, nodes, SMALLEST_SHOWN)
    members = members_of(tree)
    return {
        key: why_hidden(sum(people.get(one, 0) for one in members[key]), hidden[key, False])
        for key in known
        if hidden[key, False]
    }


def members_of(tree: Tree) -> dict[int, frozenset[int]]:
    """Return every organisation of the tree with the ids of itself and of everything below it."""
    found: dict[int, set[int]] = {key: {key} for key in tree.organisations}
    for key in tree.organisations:
        above = tree.parents.get(key)
        while above is not None and above in found and key not in found[above]:
            found[above].add(key)
            above = tree.parents.get(above)
    return {key: frozenset(members) for key, members in found.items()}
