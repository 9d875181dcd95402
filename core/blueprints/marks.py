"""Primary score -> mark by a scale with its extra conditions; pure numpy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.blueprints.items import normalise_item_code
from core.blueprints.tables import MarkScale

NO_MARK = 0
"""No mark: the scale does not say which one."""


@dataclass(frozen=True, slots=True)
class MarkCondition:
    """What a mark and those above it ask for besides the sum: `at_least` points for these items."""

    mark: int
    at_least: int
    items: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class MarkRule:
    """A mark scale as plain values: the least primary score of each mark, None where it is unknown."""

    from_3: int | None
    from_4: int | None
    from_5: int | None
    conditions: tuple[MarkCondition, ...] = ()

    @classmethod
    def of(cls, scale: MarkScale) -> MarkRule:
        """Return the rule of a stored scale."""
        return cls(scale.from_3, scale.from_4, scale.from_5, tuple(_condition(one) for one in scale.conditions))

    @property
    def gives_marks(self) -> bool:
        """Say whether the scale has borders of marks at all (ЕГЭ has none)."""
        return self.from_3 is not None

    def unchecked(self, codes: Sequence[str]) -> tuple[MarkCondition, ...]:
        """Return the conditions that cannot be checked because the work lacks some of their items."""
        known = {normalise_item_code(code) for code in codes}
        return tuple(one for one in self.conditions if not known.issuperset(one.items))


def marks_by_rule(
    rule: MarkRule, totals: NDArray[np.integer], scores: NDArray[np.integer] | None = None, codes: Sequence[str] = ()
) -> NDArray[np.int8]:
    """Return the marks 2..5 of n participants, 0 where the rule does not say which mark it is.

    `totals` are primary scores (n); `scores` (n × items, parallel to `codes`) are needed for conditions: sentinels
    below zero count as 0 points. A mark is reached when the sum is enough for it and its conditions and those of all
    lower marks hold; otherwise the next lower one is given (Рособрнадзор's recommendations for ОГЭ: «5» without the
    points for literacy becomes «4», any mark without the points for geometry becomes «2»). Conditions whose items the
    work lacks are left out; `MarkRule.unchecked` names them. Where only the least score of «3» is known, those below
    it get «2» and the others 0.
    """
    marks = np.full(totals.shape, 2 if rule.gives_marks else NO_MARK, dtype=np.int8)
    columns = {normalise_item_code(code): place for place, code in enumerate(codes)}
    skipped = set(rule.unchecked(codes))
    reached = np.ones(totals.shape, dtype=np.bool_)
    for mark, start in ((3, rule.from_3), (4, rule.from_4), (5, rule.from_5)):
        if start is None:
            marks[reached] = NO_MARK
            break
        reached &= totals >= start
        for condition in rule.conditions:
            if condition.mark == mark and scores is not None and condition not in skipped:
                parts = scores[:, [columns[code] for code in condition.items]]
                reached &= np.maximum(parts, 0).sum(axis=1, dtype=np.int64) >= condition.at_least
        marks[reached] = mark
    return marks


def _condition(stored: dict[str, object]) -> MarkCondition:
    """Return a condition as `MarkScale.conditions` holds it."""
    items = stored["items"]
    codes = tuple(normalise_item_code(str(code)) for code in items) if isinstance(items, list | tuple) else ()
    return MarkCondition(int(str(stored["mark"])), int(str(stored["at_least"])), codes, str(stored.get("words", "")))
