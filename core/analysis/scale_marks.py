"""Marks for classes whose file has none, by the mark scale of the work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.blueprints.marks import MarkRule, marks_by_rule
from core.blueprints.tables import MarkScale
from core.intake.matrix import Scores


def fill_marks(
    marks: NDArray[np.int8], sizes: Sequence[int], totals: NDArray[np.int16], scores: Scores, scale: MarkScale | None,
    codes: Sequence[str],
) -> tuple[NDArray[np.int8], tuple[bool, ...]]:
    """Return the marks with those of classes without any given by the scale, and which classes these are.

    `marks` and `totals` have one value a participant, `scores` is participants × items (parallel to `codes`); the
    classes stand one after another, `sizes` says how large they are. Where the scale cannot give everybody a mark, the
    marks come back as they are: there is no scale, it lacks a border (then only some marks would be known and every
    index of marks would be wrong), or the work lacks items that its conditions ask for.
    """
    starts = np.cumsum([0, *sizes[:-1]], dtype=np.intp)
    empty = ~np.logical_or.reduceat(marks != 0, starts) if sizes else np.zeros(0, dtype=np.bool_)
    rule = _complete_rule(scale, codes)
    if rule is None or not empty.any():
        return marks, (False,) * len(sizes)
    given = marks_by_rule(rule, totals, scores, codes)
    return np.where(np.repeat(empty, sizes), given, marks), tuple(bool(one) for one in empty)


def scale_words(scale: MarkScale | None, codes: Sequence[str]) -> str:
    """Return the scale in words: «2: 0–9, 3: 10–15, 4: 16–20, 5: 21–24», then its conditions and years; "" without
    a scale that can give marks to a work of these items.
    """
    rule = _complete_rule(scale, codes)
    if scale is None or rule is None:
        return ""
    starts = [0, *(border for border in (rule.from_3, rule.from_4, rule.from_5) if border is not None)]
    ends = [*(start - 1 for start in starts[1:]), scale.max_score]
    ranges = [
        f"{mark}: {start}–{end}" if end is not None else f"{mark}: от {start}"
        for mark, (start, end) in enumerate(zip(starts, ends, strict=True), start=2)
    ]
    asked = [f"для «{condition.mark}» — {condition.words}" for condition in rule.conditions]
    first, last = scale.year_from, scale.year_to
    years = f"шкала {first} года" if first == last else f"шкала {first}–{last} годов"
    return "; ".join([", ".join(ranges), *asked, years])


def _complete_rule(scale: MarkScale | None, codes: Sequence[str]) -> MarkRule | None:
    """Return the rule of the scale if it says the mark of everybody who wrote a work of these items."""
    if scale is None:
        return None
    rule = MarkRule.of(scale)
    return None if None in (rule.from_3, rule.from_4, rule.from_5) or rule.unchecked(codes) else rule
