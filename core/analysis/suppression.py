"""Which figures of a work are not shown to the actor: small groups outside their own schools, and what gives them away.

Everything that screens show of a work asks here, so that no hidden figure can be worked out from what other units,
items, groups, screens or filters show. Why that holds:

- a hidden unit is hidden for every item, key and count, and the units hidden with it are the same everywhere;
- an item that was offered to few in some unit is hidden there together with one more item in the same units, because
  the mean score of the unit gives away a single missing item; keys that hold one of the two, but not the other, too;
- groups by mark: see `core.analysis.group_suppression`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.analysis.group_suppression import hidden_groups
from core.intake.matrix import NOT_ATTEMPTED
from core.people.hidden_units import WHOLE, hidden_units, unit_parents
from core.people.suppression import SMALLEST_SHOWN, Hidden, why_hidden

if TYPE_CHECKING:
    from core.analysis.elements import Key
    from core.analysis.work import Unit, Work

Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

_KEPT = 128


class _Placed(NamedTuple):
    """What a decision depends on, besides numbers of participants: ready to be a key of a cache."""

    school_id: int
    class_name: str
    municipality_id: int | None
    region_id: int | None
    owned: bool
    is_school_seen: bool


@lru_cache(maxsize=_KEPT)
def _hidden_units(classes: tuple[_Placed, ...], counts: tuple[int, ...]) -> Mapping[str, Hidden]:
    """Decide once for the same classes, rights and counts: the works behind one screen are the same ones."""
    return hidden_units(classes, counts, _parents(classes))


@lru_cache(maxsize=_KEPT)
def _parents(classes: tuple[_Placed, ...]) -> Mapping[str, str | None]:
    return unit_parents(classes)


@lru_cache(maxsize=_KEPT)
def _hidden_groups(
    classes: tuple[_Placed, ...], counts: bytes, width: int, hidden: frozenset[str]
) -> Mapping[str, Flags]:
    table = np.frombuffer(counts, dtype=np.int64).reshape(len(classes), width)
    return hidden_groups(classes, table, _parents(classes), hidden)


class Suppression:
    """What of one work is hidden from the actor who loaded it. Arrays hold `Hidden` as numbers.

    Rows of arrays are the units of the work in its order, then one row for everything that the actor sees of it.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self.is_needed = not all(part.owned for part in work.classes)
        """False where the actor may see everything: then nothing is hidden."""
        self._rows: dict[str, int] = {unit.key: row for row, unit in enumerate(work.units)} | {WHOLE: len(work.units)}
        self._known: dict[bytes, Codes] = {}

    @cached_property
    def units(self) -> Codes:
        """Return the units that are hidden altogether."""
        small, companion, limited = self._limited_items
        whole = self._counted(self._sizes)
        return np.maximum(whole, limited) if small and companion < 0 else whole

    def of(self, unit: Unit | None) -> Hidden:
        """Return whether a unit is hidden altogether; None is everything that the actor sees."""
        return Hidden(int(self.units[self.row(unit)]))

    def of_counted(self, unit: Unit | None, counted: Flags) -> Hidden:
        """Return whether figures about some of the unit's participants are hidden: those `counted` in the whole work.

        For those who have a mark, a mark in the journal, a test score.
        """
        if not self.is_needed:
            return Hidden.NO
        of_class = np.add.reduceat(counted, self._work.starts, dtype=np.int64)
        row = self.row(unit)
        return Hidden(int(max(self.units[row], self._counted(of_class)[row])))

    def of_key(self, classes: Sequence[int], key: Key) -> Hidden:
        """Return whether the result of any set of classes on a key is hidden: it is shown if shown units make it up."""
        rest = set(classes)
        if not self.is_needed or not rest:
            return Hidden.NO
        codes = self.keys((key,))[:, 0]
        for row in reversed(range(len(self._work.units))):
            inside = self._work.units[row].classes
            if not codes[row] and rest.issuperset(inside):
                rest.difference_update(inside)
        every = sum(self._work.classes[place].participants for place in classes)
        return why_hidden(every, bool(rest))

    def keys(self, keys: Sequence[Key]) -> Codes:
        """Return what is hidden of each unit and key: rows × keys."""
        found = np.repeat(self.units[:, None], len(keys), axis=1)
        small, companion, limited = self._limited_items
        together = {*small, companion}
        for column, key in enumerate(keys):
            inside = together.intersection(key.items)
            if inside and inside != together:
                found[:, column] = np.maximum(found[:, column], limited)
        return found

    def items(self, unit: Unit | None) -> Codes:
        """Return what is hidden of each item in a unit."""
        small, companion, limited = self._limited_items
        row = self.row(unit)
        found = np.full(len(self._work.items), self.units[row], dtype=np.int8)
        touched = [item for item in (*small, companion) if item >= 0]
        found[touched] = np.maximum(found[touched], limited[row])
        return found

    def groups(self, units: Sequence[Unit | None], keys: Sequence[Key]) -> Flags | None:
        """Return the groups of participants (by mark or test score) that are hidden: units × groups × keys.

        None where nothing is hidden. Of a key with an item that was not offered to everybody no group is shown outside
        the own school.
        """
        if not self.is_needed:
            return None
        rows = [self.row(unit) for unit in units]
        of_keys = (self.keys(keys)[rows] > 0) | (self._incomplete(keys)[None, :] & self._foreign[rows][:, None])
        return self._groups[rows][:, :, None] | of_keys[:, None, :]

    def _incomplete(self, keys: Sequence[Key]) -> Flags:
        """Return the keys with an item that was not offered to everybody."""
        whole = np.array([bool((column == self._sizes).all()) for column in self._offered.T], dtype=np.bool_)
        return np.array([not whole[list(key.items)].all() for key in keys], dtype=np.bool_)

    def row(self, unit: Unit | None) -> int:
        """Return the row of a unit, None for everything that the actor sees."""
        return self._rows[WHOLE if unit is None else unit.key]

    @cached_property
    def _foreign(self) -> Flags:
        """Return the rows with classes that the actor does not own."""
        classes = self._work.classes
        return np.array([*(not all(classes[place].owned for place in unit.classes) for unit in self._work.units), True])

    @cached_property
    def _outline(self) -> tuple[_Placed, ...]:
        return tuple(
            _Placed(
                part.school_id, part.class_name, part.municipality_id, part.region_id, part.owned, part.is_school_seen
            )
            for part in self._work.classes
        )

    @cached_property
    def _sizes(self) -> Integers:
        return np.array([part.participants for part in self._work.classes], dtype=np.int64)

    @cached_property
    def _offered(self) -> Integers:
        """Return to how many participants of each class each item was offered; «не приступал» was offered."""
        scores = self._work.scores
        if int(scores.min(initial=0)) >= NOT_ATTEMPTED:
            return np.repeat(self._sizes[:, None], len(self._work.items), axis=1)
        return np.add.reduceat(scores >= NOT_ATTEMPTED, self._work.starts, axis=0, dtype=np.int64)

    def _counted(self, counts: Integers) -> Codes:
        """Return what must be hidden of a figure about so many participants of each class."""
        key = counts.tobytes()
        if key not in self._known:
            codes = np.zeros(len(self._rows), dtype=np.int8)
            if self.is_needed:
                for unit, why in _hidden_units(self._outline, tuple(counts.tolist())).items():
                    codes[self._rows[unit]] = why
            self._known[key] = codes
        return self._known[key]

    @cached_property
    def _limited_items(self) -> tuple[tuple[int, ...], int, Codes]:
        """Return the items that were offered to few somewhere, one more item, and the units in which they are hidden.

        The further item is the one offered to most; −1 when every item was offered to few: then the units are hidden
        altogether, because their mean scores would say the same.
        """
        whole = self._counted(self._sizes)
        nothing = np.zeros_like(whole)
        if not self.is_needed or int(self._work.scores.min(initial=0)) >= NOT_ATTEMPTED:
            return (), -1, nothing
        small: list[int] = []
        for item, column in enumerate(self._offered.T):
            found = self._counted(np.ascontiguousarray(column))
            further = np.where(whole > 0, 0, found)
            if further.any():
                small.append(item)
                nothing = np.maximum(nothing, further)
        rest = [item for item in range(len(self._work.items)) if item not in small]
        totals = self._offered.sum(axis=0)
        companion = max(rest, key=lambda item: int(totals[item])) if small and rest else -1
        return tuple(small), companion, np.where(nothing > 0, np.int8(Hidden.PROTECTING), nothing)

    @cached_property
    def _groups(self) -> Flags:
        labels = len(self._work.group_labels)
        if not self.is_needed:
            return np.zeros((len(self._rows), labels), dtype=np.bool_)
        classes = len(self._work.classes)
        class_of = np.repeat(np.arange(classes), self._sizes)
        cells = class_of * (labels + 1) + np.where(self._work.groups < 0, labels, self._work.groups)
        counts = np.bincount(cells, minlength=classes * (labels + 1)).reshape(classes, labels + 1)
        hidden_keys = frozenset(key for key, row in self._rows.items() if self.units[row])
        found = _hidden_groups(self._outline, counts.tobytes(), labels + 1, hidden_keys)
        rows = np.zeros((len(self._rows), labels), dtype=np.bool_)
        for unit, hidden in found.items():
            rows[self._rows[unit]] = hidden[:labels]
        known = self._counted(np.add.reduceat(self._work.groups >= 0, self._work.starts, dtype=np.int64))
        return rows | ((known > 0) | (self.units > 0))[:, None]


def with_few(codes: Codes, participants: NDArray[np.integer], owned: Flags) -> Codes:
    """Return the codes with cells hidden too that have few participants because «не приступал» left the denominator.

    Such a cell is part of a shown group, and the share of those who did not attempt the item is shown: it gives nobody
    away, but a facility of one to four participants is not shown outside their school.
    """
    few = (codes == Hidden.NO) & (participants > 0) & (participants < SMALLEST_SHOWN) & ~owned
    return np.where(few, np.int8(Hidden.SMALL), codes)
