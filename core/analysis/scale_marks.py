"""Marks for classes whose file has none, by the mark scale of the work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.blueprints.marks import MarkRule, marks_by_rule
from core.blueprints.tables import MarkScale
from core.intake.matrix import Scores


def marks_by_scale(
    scale: MarkScale | None, codes: Sequence[str], totals: NDArray[np.int16], scores: Scores
) -> NDArray[np.int8] | None:
    """Return the marks 2..5 of n participants by the scale; `totals` (n), `scores` (n × items, parallel to `codes`).

    None where the scale cannot give everybody a mark: there is no scale, it lacks a border (then only some marks would
    be known and every index of marks would be wrong), or the work lacks items that its conditions ask for.
    """
    if scale is None:
        return None
    rule = MarkRule.of(scale)
    if None in (rule.from_3, rule.from_4, rule.from_5) or rule.unchecked(codes):
        return None
    return marks_by_rule(rule, totals, scores, codes)
