"""Which classes, schools, municipalities and regions of a work are not shown to a person, with the reason of each.

The units of a work are a tree: what is known of a school and of all its classes but one is known of that class too.
One function decides for every screen (numbers of participants of uploads, results, problem fields), so that figures
of one screen do not give away what another one hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from core.people.suppression import SMALLEST_SHOWN, Hidden, hide_in_tree

WHOLE = ""
"""Key of everything that the person sees of the work."""


class PlacedClass(Protocol):
    """A class of a work and where it stands; ids are of organisations."""

    @property
    def school_id(self) -> int:
        """Its school."""

    @property
    def class_name(self) -> str:
        """Its name without the grade."""

    @property
    def municipality_id(self) -> int | None:
        """The municipality of the school, if the person knows it."""

    @property
    def region_id(self) -> int | None:
        """The region of the school, if the person knows it."""

    @property
    def owned(self) -> bool:
        """Whether small groups of the class may be shown to the person: all its figures are known then."""

    @property
    def is_school_seen(self) -> bool:
        """Whether the person sees the whole school, not single classes of it."""


def class_key(school_id: int, class_name: str) -> str:
    """Return the key of a class: «class:12:А»."""
    return f"class:{school_id}:{class_name}"


def organisation_key(organisation_id: int) -> str:
    """Return the key of a school, a municipality or a region: «organisation:12»."""
    return f"organisation:{organisation_id}"


def unit_parents(classes: Sequence[PlacedClass]) -> dict[str, str | None]:
    """Return every unit of a work and the unit above it; `WHOLE` stands above all.

    A school is a unit when the person sees all of it, a municipality when at least two of such schools are seen, a
    region when they lie in at least two municipalities.
    """
    whole_schools = [part for part in classes if part.is_school_seen]
    municipalities = _several((part.municipality_id, part.school_id) for part in whole_schools)
    regions = _several((part.region_id, part.municipality_id) for part in whole_schools)
    parents: dict[str, str | None] = {WHOLE: None}
    for part in classes:
        chain = [class_key(part.school_id, part.class_name)]
        if part.is_school_seen:
            chain.append(organisation_key(part.school_id))
            if part.municipality_id in municipalities:
                chain.append(organisation_key(part.municipality_id))
            if part.region_id in regions:
                chain.append(organisation_key(part.region_id))
        parents |= dict(zip(chain, [*chain[1:], WHOLE], strict=True))
    return parents


def hidden_units(
    classes: Sequence[PlacedClass], counts: Sequence[int], parents: Mapping[str, str | None] | None = None
) -> dict[str, Hidden]:
    """Return the units that are not shown, by key; what is not among them is shown.

    `counts` are the participants of each class; other counts than those who wrote the work (who have a mark, to whom an
    item was offered) are judged alike. Classes that the person owns are known to them, so they protect nobody: what is
    left of a bigger unit without them must not be small. `parents` as `unit_parents` gives them.
    """
    foreign = {
        class_key(part.school_id, part.class_name): 0 if part.owned else count
        for part, count in zip(classes, counts, strict=True)
    }
    if not any(0 < count < SMALLEST_SHOWN for count in foreign.values()):
        return {}
    above = unit_parents(classes) if parents is None else parents
    hidden = {key for key, is_hidden in hide_in_tree(foreign, above).items() if is_hidden}
    small = _of_one_small_class(classes, counts, above)
    return {key: Hidden.SMALL if key in small else Hidden.PROTECTING for key in hidden}


def _of_one_small_class(
    classes: Sequence[PlacedClass], counts: Sequence[int], parents: Mapping[str, str | None]
) -> set[str]:
    """Return the units whose participants are those of one class of fewer than five.

    A bigger unit is never said to be small: the numbers of its classes would follow from that.
    """
    classes_below: dict[str, list[int]] = {}
    for part, count in zip(classes, counts, strict=True):
        if not count:
            continue
        node: str | None = class_key(part.school_id, part.class_name)
        while node is not None:
            classes_below.setdefault(node, []).append(count)
            node = parents[node]
    return {key for key, below in classes_below.items() if len(below) == 1 and below[0] < SMALLEST_SHOWN}


def _several(pairs: Iterable[tuple[int | None, int | None]]) -> set[int]:
    """Return the first ids that stand with at least two different second ones."""
    found: dict[int, set[int | None]] = {}
    for first, second in pairs:
        if first is not None:
            found.setdefault(first, set()).add(second)
    return {key for key, members in found.items() if len(members) > 1}
