"""What finders of a cycle's things are asked, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from core.cycle.closing_contract import RIGHTS
from core.cycle.closing_tables import ItemKind
from core.cycle.place import CyclePlace
from core.people.scope import Action, Scope

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose cycle, and what the cycle before carried over: references by kind."""

    place: CyclePlace
    carried: Mapping[ItemKind, frozenset[str]]

    def was_carried(self, kind: ItemKind, reference: str) -> bool:
        """Say whether the cycle before carried the thing over."""
        return reference in self.carried.get(kind, frozenset())


def may_see(scope: Scope, kind: ItemKind, organisation_id: int) -> bool:
    """Say whether the actor sees all things of the kind in the organisation: not those of one subject alone."""
    if not scope.allows(RIGHTS[kind]):
        return False
    reach = scope.require(RIGHTS[kind])
    return reach.sees_organisation(organisation_id) and reach.subjects is None and reach.classes is None


def outsider(units: frozenset[int] | None = None) -> Scope:
    """Return the scope of somebody outside every school: what they are shown, everybody may be.

    With `units` they look at these organisations alone.
    """
    seen = frozenset({Action.VIEW, Action.VIEW_DEFICITS, Action.VIEW_INDICATORS})
    return Scope(None, "", units, frozenset(), None, None, seen)


def reference_of(sort: str, text: str) -> str:
    """Return what tells a thing from others in every year: by its words, which the next year's copy keeps."""
    plain = " ".join(text.casefold().replace("ё", "е").split())
    return f"{sort}:{blake2b(plain.encode(), digest_size=10).hexdigest()}"


def shortened(text: str) -> str:
    """Return a text of people in one line of an honest length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
